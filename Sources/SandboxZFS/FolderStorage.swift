internal import Foundation
internal import Glibc

/// A practice machine in a folder: people find their files under `mnt/POOL/DATASET`, volumes under
/// `dev/POOL/DATASET`, and can compare a copy with its source.
public final class FolderStorage: SandboxStorage {
  private let root: String
  private let files = FileManager.default
  private var locks: [String: CInt] = [:]

  public init(_ root: String) throws {
    self.root = root
    for folder in ["mnt", "dev", "blobs", "partial"] {
      try files.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
    }
  }

  private func place(_ dataset: String, _ isVolume: Bool) -> String {
    "\(root)/\(isVolume ? "dev" : "mnt")/\(dataset)"
  }

  public func head(of dataset: String, except children: [String], isVolume: Bool) throws -> [String:
    (
      size: UInt64, stamp: String
    )]
  {
    let place = place(dataset, isVolume)
    if isVolume {
      // A volume that was never written to holds nothing.
      return stamp(place).map { ["": $0] } ?? [:]
    }
    var result: [String: (size: UInt64, stamp: String)] = [:]
    let below = Set(children.map { "\(root)/mnt/\($0)" })
    var folders = [""]
    while let folder = folders.popLast() {
      for name in (try? files.contentsOfDirectory(atPath: "\(place)/\(folder)")) ?? [] {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        if below.contains("\(place)/\(path)") { continue }
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: "\(place)/\(path)", isDirectory: &isFolder) else { continue }
        if isFolder.boolValue {
          folders.append(path)
        } else if let found = stamp("\(place)/\(path)") {
          result[path] = found
        }
      }
    }
    return result
  }

  /// A file is the same as long as it is the same inode, of the same size, changed at the same time.
  private func stamp(_ path: String) -> (size: UInt64, stamp: String)? {
    var information = stat()
    guard lstat(path, &information) == 0 else { return nil }
    let time = information.st_mtim
    return (
      UInt64(information.st_size),
      "\(information.st_ino):\(information.st_size):\(time.tv_sec):\(time.tv_nsec)"
    )
  }

  private func headFile(_ file: String, _ dataset: String) -> String {
    file.isEmpty ? place(dataset, true) : "\(place(dataset, false))/\(file)"
  }

  private func blob(_ number: Int) -> String { "\(root)/blobs/\(number)" }
  private func partial(_ key: String) -> String { "\(root)/partial/\(key)" }

  public func keep(_ file: String, of dataset: String, as number: Int) throws {
    try files.copyItem(atPath: headFile(file, dataset), toPath: blob(number))
  }

  public func keep(partial key: String, from offset: UInt64, count: UInt64, as number: Int) throws {
    _ = files.createFile(atPath: blob(number), contents: nil)
    guard count > 0, let from = FileHandle(forReadingAtPath: partial(key)),
      let to = FileHandle(forWritingAtPath: blob(number))
    else { return }
    defer {
      try? from.close()
      try? to.close()
    }
    try from.seek(toOffset: offset)
    var missing = Int(count)
    while missing > 0, let chunk = try from.read(upToCount: min(1 << 20, missing)), !chunk.isEmpty {
      try to.write(contentsOf: chunk)
      missing -= chunk.count
    }
  }

  public func read(blob number: Int, from offset: UInt64, count: Int) throws -> [UInt8] {
    guard let file = FileHandle(forReadingAtPath: blob(number)) else { return [] }
    defer { try? file.close() }
    try file.seek(toOffset: offset)
    return Array(try file.read(upToCount: count) ?? Data())
  }

  public func replaceHead(
    of dataset: String, except children: [String], isVolume: Bool, with wanted: [String: Int]
  ) throws -> [String: String] {
    let place = place(dataset, isVolume)
    if isVolume {
      try files.createDirectory(
        atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    } else {
      try files.createDirectory(atPath: place, withIntermediateDirectories: true)
    }
    for path in try head(of: dataset, except: children, isVolume: isVolume).keys
    where wanted[path] == nil {
      try files.removeItem(atPath: headFile(path, dataset))
    }
    var stamps: [String: String] = [:]
    for (path, number) in wanted {
      let file = headFile(path, dataset)
      try files.createDirectory(
        atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      if files.fileExists(atPath: file) { try files.removeItem(atPath: file) }
      try files.copyItem(atPath: blob(number), toPath: file)
      stamps[path] = stamp(file)?.stamp
    }
    return stamps
  }

  public func moveHead(of dataset: String, to other: String) throws {
    for isVolume in [false, true] where files.fileExists(atPath: place(dataset, isVolume)) {
      let target = place(other, isVolume)
      try files.createDirectory(
        atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      if !files.fileExists(atPath: target) {
        try files.moveItem(atPath: place(dataset, isVolume), toPath: target)
      }
    }
  }

  public func deleteHead(of dataset: String) {
    for isVolume in [false, true] { try? files.removeItem(atPath: place(dataset, isVolume)) }
  }

  public func delete(blob number: Int) { try? files.removeItem(atPath: blob(number)) }

  public func append(_ bytes: ArraySlice<UInt8>, toPartial key: String) throws {
    guard let file = fopen(partial(key), "ab") else { throw CocoaError(.fileWriteUnknown) }
    defer { fclose(file) }
    let written = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    guard written == bytes.count else { throw CocoaError(.fileWriteOutOfSpace) }
  }

  public func sizeOfPartial(_ key: String) -> UInt64 { stamp(partial(key))?.size ?? 0 }

  public func deletePartial(_ key: String) { try? files.removeItem(atPath: partial(key)) }

  public func lockPartial(_ key: String) -> Bool {
    let descriptor = open("\(partial(key)).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if descriptor >= 0 { close(descriptor) }
      return false
    }
    locks[key] = descriptor
    return true
  }

  public func unlockPartial(_ key: String) {
    if let descriptor = locks.removeValue(forKey: key) { close(descriptor) }
    unlink("\(partial(key)).lock")
  }
}
