internal import Glibc

/// A call of the operating system that failed.
public struct DiskProblem: Error, CustomStringConvertible {
  /// What was tried, and with which file.
  public var subject: String
  /// The number that the system gave.
  public var code: Int32

  init(_ subject: String) {
    self.subject = subject
    code = errno
  }

  public var description: String { "\(subject): \(String(cString: strerror(code)))" }
}

/// Files and folders, by path.
enum Disk {
  static func makeFolder(_ path: String) throws {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += made.isEmpty && part.isEmpty ? "/" : made.hasSuffix("/") ? "\(part)" : "/\(part)"
      if made == "/" || mkdir(made, 0o755) == 0 || errno == EEXIST { continue }
      throw DiskProblem("make folder \(made)")
    }
  }

  static func makeFolderAbove(_ path: String) throws {
    if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
  }

  /// What lies in a folder; nothing where there is none.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      // The name is the tail of a C structure, as long as it happens to be.
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  static func information(_ path: String) -> stat? {
    var found = stat()
    return lstat(path, &found) == 0 ? found : nil
  }

  static func isFolder(_ information: stat) -> Bool { information.st_mode & S_IFMT == S_IFDIR }

  /// Removes a file, or a folder with all in it. What is not there is no failure.
  static func remove(_ path: String) throws {
    guard let found = information(path) else { return }
    if isFolder(found) {
      for name in names(in: path) { try remove("\(path)/\(name)") }
      guard rmdir(path) == 0 || errno == ENOENT else { throw DiskProblem("remove \(path)") }
    } else {
      guard unlink(path) == 0 || errno == ENOENT else { throw DiskProblem("remove \(path)") }
    }
  }

  static func move(_ path: String, to other: String) throws {
    guard rename(path, other) == 0 else { throw DiskProblem("move \(path)") }
  }

  /// The whole of a file, or nil where there is none.
  static func bytes(of path: String) throws -> [UInt8]? {
    guard let file = try OpenFile.ifPresent(path) else { return nil }
    return try file.read(Int.max)
  }

  /// Writes a file so that others see either the old one or the new one, never half of it.
  static func replace(_ path: String, with bytes: [UInt8]) throws {
    let file = try OpenFile(path + ".new", O_WRONLY | O_CREAT | O_TRUNC)
    try file.write(bytes[...])
    try move(path + ".new", to: path)
  }

  /// Copies bytes of a file into a new one; up to its end without a count.
  static func copy(_ path: String, from offset: UInt64 = 0, count: UInt64 = .max, to other: String)
    throws
  {
    let source = try OpenFile(path, O_RDONLY)
    let target = try OpenFile(other, O_WRONLY | O_CREAT | O_TRUNC)
    try source.seek(to: offset)
    var missing = count
    while missing > 0 {
      let chunk = try source.read(Int(min(1 << 20, missing)))
      if chunk.isEmpty { break }
      try target.write(chunk[...])
      missing -= UInt64(chunk.count)
    }
  }
}

/// An open file, closed with its last user.
final class OpenFile {
  let path: String
  private let descriptor: CInt

  init(_ path: String, _ flags: CInt) throws {
    self.path = path
    descriptor = open(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw DiskProblem("open \(path)") }
  }

  static func ifPresent(_ path: String) throws -> OpenFile? {
    do { return try OpenFile(path, O_RDONLY) } catch let problem as DiskProblem {
      if problem.code == ENOENT { return nil }
      throw problem
    }
  }

  deinit { close(descriptor) }

  /// Locks the file until it is closed, which a killed process does too.
  ///
  /// - Parameter waits: whether to wait for another's lock to go.
  /// - Returns: whether the lock is ours.
  func lock(waits: Bool) -> Bool {
    while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }

  func seek(to offset: UInt64) throws {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw DiskProblem("read \(path)") }
  }

  /// Up to so many bytes; fewer only at the end.
  func read(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let wanted = min(count - bytes.count, 1 << 20)
      var failed = false
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
        let got = Glibc.read(descriptor, buffer.baseAddress, wanted)
        failed = got < 0 && errno != EINTR
        filled = max(0, got)
      }
      if failed { throw DiskProblem("read \(path)") }
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return bytes
  }

  func write(_ bytes: ArraySlice<UInt8>) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw DiskProblem("write \(path)")
      }
      rest = rest.dropFirst(count)
    }
  }
}
