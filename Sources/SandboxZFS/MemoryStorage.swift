/// Files as bytes in memory.
public final class MemoryStorage: SandboxStorage {
  private var heads: [String: [String: (bytes: [UInt8], stamp: Int)]] = [:]
  private var blobs: [Int: [UInt8]] = [:]
  private var partials: [String: [UInt8]] = [:]
  private var changes = 0
  /// Files outside the pools, by path.
  public var files: [String: String] = [:]

  public init() {}

  /// Another one with the same in it.
  package func copy() -> MemoryStorage {
    let other = MemoryStorage()
    other.take(self)
    return other
  }

  /// Holds from now on what the other one holds.
  package func take(_ other: MemoryStorage) {
    (heads, blobs, partials) = (other.heads, other.blobs, other.partials)
    (changes, files) = (other.changes, other.files)
  }

  /// Writes a file into a dataset's head, as a person would.
  public func write(_ text: String, to file: String, of dataset: String) {
    write(Array(text.utf8), to: file, of: dataset)
  }

  /// Writes bytes into a dataset's head; the empty name is a volume's own content.
  public func write(_ bytes: [UInt8], to file: String, of dataset: String) {
    changes += 1
    heads[dataset, default: [:]][file] = (bytes, changes)
  }

  /// A file of a dataset's head.
  public func text(_ file: String, of dataset: String) -> String? {
    bytes(file, of: dataset).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a file of a dataset's head.
  public func bytes(_ file: String, of dataset: String) -> [UInt8]? {
    heads[dataset]?[file]?.bytes
  }

  public func head(of dataset: String, except children: [String], isVolume: Bool) -> [String: (
    size: UInt64, stamp: String
  )] {
    (heads[dataset] ?? [:]).mapValues { (UInt64($0.bytes.count), "\($0.stamp)") }
  }

  public func keep(_ file: String, of dataset: String, as blob: Int) {
    blobs[blob] = heads[dataset]?[file]?.bytes ?? []
  }

  public func keep(partial: String, from offset: UInt64, count: UInt64, as blob: Int) {
    blobs[blob] = Array((partials[partial] ?? [])[Int(offset)..<Int(offset + count)])
  }

  public func read(blob: Int, from offset: UInt64, count: Int) -> [UInt8] {
    let bytes = blobs[blob] ?? []
    return Array(bytes[min(Int(offset), bytes.count)..<min(Int(offset) + count, bytes.count)])
  }

  public func replaceHead(
    of dataset: String, except children: [String], isVolume: Bool, with files: [String: Int]
  ) -> [String: String] {
    changes += 1
    heads[dataset] = files.mapValues { (blobs[$0] ?? [], changes) }
    return files.mapValues { _ in "\(changes)" }
  }

  public func moveHead(of dataset: String, to other: String) {
    heads[other] = heads.removeValue(forKey: dataset)
  }

  public func deleteHead(of dataset: String) { heads[dataset] = nil }
  public func delete(blob: Int) { blobs[blob] = nil }

  public func keyFile(_ path: String) -> String? { files[path] }
  public func append(_ bytes: ArraySlice<UInt8>, toPartial key: String) {
    partials[key, default: []] += bytes
  }

  public func sizeOfPartial(_ key: String) -> UInt64 { UInt64(partials[key]?.count ?? 0) }
  public func deletePartial(_ key: String) { partials[key] = nil }
  public func lockPartial(_ key: String) -> Bool { true }
  public func unlockPartial(_ key: String) {}
}
