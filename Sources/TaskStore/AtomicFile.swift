internal import Glibc
internal import ReplicationEngine

/// Files that are either the old or the new text, whatever happens while they are written.
enum AtomicFile {
  /// Writes beside the file, syncs, and renames over it; the mode is set before the first byte.
  static func write(_ text: String, to path: String, mode: mode_t) throws(StoreError) {
    let part = try writePart(text, of: path, mode: mode)
    guard rename(part, path) == 0 else {
      let error = systemError(path)
      unlink(part)
      throw error
    }
    syncFolder(of: path)
  }

  /// Writes a file that must not be there yet, whole or not at all.
  static func create(_ text: String, at path: String, mode: mode_t) throws(StoreError) {
    let part = try writePart(text, of: path, mode: mode)
    defer { unlink(part) }
    // Unlike a rename, a second name replaces nothing.
    if link(part, path) != 0 {
      let hasNoLinks = errno == EPERM || errno == EOPNOTSUPP
      let error = systemError(path)
      // A stick's filesystem knows no second names.
      guard hasNoLinks, access(path, F_OK) != 0, rename(part, path) == 0 else { throw error }
    }
    syncFolder(of: path)
  }

  /// The whole text in a file beside the one that is meant, on the disk; nothing is left where that fails.
  private static func writePart(_ text: String, of path: String, mode: mode_t) throws(StoreError)
    -> String
  {
    let part = "\(path).\(getpid()).part"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw systemError(path) }
    do throws(StoreError) {
      defer { close(descriptor) }
      guard fchmod(descriptor, mode) == 0 else { throw systemError(path) }
      try writeAll(Array(text.utf8), to: descriptor, path: path)
      guard fsync(descriptor) == 0 else { throw systemError(path) }
    } catch {
      unlink(part)
      throw error
    }
    return part
  }

  static func read(_ path: String) throws(StoreError) -> String {
    // A pipe that nobody writes into is not waited for; what somebody writes is.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw systemError(path) }
    defer { close(descriptor) }
    guard fcntl(descriptor, F_SETFL, O_RDONLY) == 0 else { throw systemError(path) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw systemError(path)
      }
      bytes += chunk[..<count]
      guard bytes.count <= YAMLText.largest else {
        throw StoreError(.invalid, subject: path, detail: "the file is larger than 1 MiB")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw StoreError(.invalid, subject: path, detail: "the file is not UTF-8 text")
    }
    return text
  }

  static func delete(_ path: String) throws(StoreError) {
    guard unlink(path) == 0 else { throw systemError(path) }
    syncFolder(of: path)
  }

  /// Makes the folder and those above it; the last one gets `mode`.
  static func makeFolder(_ path: String, mode: mode_t) throws(StoreError) {
    if mkdir(path, mode) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw systemError(path)
    }
    try makeFolder(String(path[..<slash]), mode: 0o755)
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw systemError(path) }
  }

  /// The names in a folder, sorted; none where the folder is not there yet.
  static func names(in folder: String) throws(StoreError) -> [String] {
    guard let stream = opendir(folder) else {
      if errno == ENOENT { return [] }
      throw systemError(folder)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String)
    throws(StoreError)
  {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw systemError(path)
      }
      start += count
    }
  }

  /// A rename is safe against a power cut only once its folder is synced too.
  private static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The last system call's failure as a store error.
  static func systemError(_ path: String) -> StoreError {
    let number = errno
    let code: StoreError.Code =
      switch number {
      case ENOENT: .notFound
      case EEXIST: .exists
      case EACCES, EPERM, EROFS: .permission
      case ENOSPC, EDQUOT: .full
      default: .system
      }
    return StoreError(code, subject: path, detail: String(cString: strerror(number)))
  }
}
