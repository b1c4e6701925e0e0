internal import Glibc

/// A practice machine in a folder: people find their files under `mnt/POOL/DATASET`, volumes under
/// `dev/POOL/DATASET`, and can compare a copy with its source.
public final class FolderStorage: SandboxStorage {
  private let root: String
  private var locks: [String: OpenFile] = [:]

  /// - Parameter root: the folder, made where there is none.
  /// - Throws: `DiskProblem` where it cannot be made.
  public init(_ root: String) throws {
    self.root = root
    for folder in ["mnt", "dev", "blobs", "partial", "locks"] {
      try Disk.makeFolder("\(root)/\(folder)")
    }
  }

  private func place(_ dataset: String, _ isVolume: Bool) -> String {
    "\(root)/\(isVolume ? "dev" : "mnt")/\(dataset)"
  }

  public func head(of dataset: String, except children: [String], isVolume: Bool) -> [String: (
    size: UInt64, stamp: String
  )] {
    let place = place(dataset, isVolume)
    if isVolume {
      // A volume that was never written to holds nothing.
      return stamp(place).map { ["": $0] } ?? [:]
    }
    var result: [String: (size: UInt64, stamp: String)] = [:]
    let below = Set(children.map { self.place($0, false) })
    var folders = [""]
    while let folder = folders.popLast() {
      for name in Disk.names(in: "\(place)/\(folder)") {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        let whole = "\(place)/\(path)"
        guard !below.contains(whole), let found = Disk.information(whole) else { continue }
        if Disk.isFolder(found) {
          folders.append(path)
        } else if let stamp = stamp(whole) {
          result[path] = stamp
        }
      }
    }
    return result
  }

  /// A file is the same as long as it is the same inode, of the same size, changed at the same time.
  private func stamp(_ path: String) -> (size: UInt64, stamp: String)? {
    guard let found = Disk.information(path), found.st_mode & S_IFMT == S_IFREG else { return nil }
    let time = found.st_mtim
    return (
      UInt64(found.st_size), "\(found.st_ino) \(found.st_size) \(time.tv_sec).\(time.tv_nsec)"
    )
  }

  private func headFile(_ file: String, _ dataset: String) -> String {
    file.isEmpty ? place(dataset, true) : "\(place(dataset, false))/\(file)"
  }

  private func blob(_ number: Int) -> String { "\(root)/blobs/\(number)" }
  private func partial(_ key: String) -> String { "\(root)/partial/\(key)" }

  public func keep(_ file: String, of dataset: String, as number: Int) throws {
    try Disk.copy(headFile(file, dataset), to: blob(number))
  }

  public func keep(partial key: String, from offset: UInt64, count: UInt64, as number: Int) throws {
    if count > 0 {
      try Disk.copy(partial(key), from: offset, count: count, to: blob(number))
    } else {
      try Disk.replace(blob(number), with: [])
    }
  }

  public func read(blob number: Int, from offset: UInt64, count: Int) throws -> [UInt8] {
    guard let file = try OpenFile.ifPresent(blob(number)) else { return [] }
    try file.seek(to: offset)
    return try file.read(count)
  }

  public func replaceHead(
    of dataset: String, except children: [String], isVolume: Bool, with wanted: [String: Int]
  ) throws -> [String: String] {
    let place = place(dataset, isVolume)
    if isVolume { try Disk.makeFolderAbove(place) } else { try Disk.makeFolder(place) }
    for path in head(of: dataset, except: children, isVolume: isVolume).keys
    where wanted[path] == nil {
      try Disk.remove(headFile(path, dataset))
    }
    var stamps: [String: String] = [:]
    for (path, number) in wanted {
      let file = headFile(path, dataset)
      try Disk.makeFolderAbove(file)
      try Disk.remove(file)
      try Disk.copy(blob(number), to: file)
      stamps[path] = stamp(file)?.stamp
    }
    return stamps
  }

  public func moveHead(of dataset: String, to other: String) throws {
    for isVolume in [false, true] where Disk.information(place(dataset, isVolume)) != nil {
      let target = place(other, isVolume)
      try Disk.makeFolderAbove(target)
      if Disk.information(target) == nil { try Disk.move(place(dataset, isVolume), to: target) }
    }
  }

  public func deleteHead(of dataset: String) throws {
    for isVolume in [false, true] { try Disk.remove(place(dataset, isVolume)) }
  }

  public func delete(blob number: Int) { try? Disk.remove(blob(number)) }

  public func keyFile(_ path: String) -> String? {
    (try? Disk.bytes(of: path)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
  }

  public func append(_ bytes: ArraySlice<UInt8>, toPartial key: String) throws {
    try OpenFile(partial(key), O_WRONLY | O_CREAT | O_APPEND).write(bytes)
  }

  public func sizeOfPartial(_ key: String) -> UInt64 { stamp(partial(key))?.size ?? 0 }

  public func deletePartial(_ key: String) { try? Disk.remove(partial(key)) }

  public func lockPartial(_ key: String) -> Bool {
    guard let file = try? OpenFile("\(root)/locks/\(key)", O_RDWR | O_CREAT),
      file.lock(waits: false)
    else { return false }
    locks[key] = file
    return true
  }

  // The file stays: were it removed, two processes could each lock one of that name.
  public func unlockPartial(_ key: String) { locks[key] = nil }
}
