public import ReplicationEngine
public import ReplicationModel

// The key of an encrypted copy, in a file of its own that only its owner can read. A task's file never
// holds one, so that it can be shown, copied and sent.
extension FileStore {
  /// The key of a task's copies; nil where none is kept.
  public func datasetKey(_ task: String) throws(StoreError) -> Secret? {
    do {
      let text = try AtomicFile.read(try keyPath(task))
      return text.split(separator: "\n").first.map { Secret(String($0)) }
    } catch  where error.code == .notFound {
      return nil
    }
  }

  /// A task with the key that is kept for it.
  func withKey(_ task: TaskDraft) throws(StoreError) -> TaskDraft {
    guard task.hasOwnKey, task.encryptionKey == nil else { return task }
    var task = task
    task.encryptionKey = try datasetKey(task.name)
    return task
  }

  /// Keeps a task's key, and makes one where it asks for one and has none. A key that was there before
  /// stays beside it: a copy may have been made with it.
  func keepKey(of task: TaskDraft) throws(StoreError) {
    guard task.hasOwnKey else { return }
    let kept = try datasetKey(task.name)
    guard let key = task.encryptionKey ?? kept ?? Self.made(task.encryptionKeyFormat),
      key != kept
    else { return }
    let path = try keyPath(task.name)
    try AtomicFile.makeFolder(folders.datasetKeys, mode: 0o700)
    if let kept { try keepOld(kept, beside: path) }
    try AtomicFile.write(key.revealed + "\n", to: path, mode: 0o600)
  }

  private func keepOld(_ key: Secret, beside path: String) throws(StoreError) {
    for number in 1... {
      do {
        return try AtomicFile.create(key.revealed + "\n", at: "\(path).\(number)", mode: 0o600)
      } catch  where error.code == .exists {
        continue
      }
    }
  }

  private func keyPath(_ task: String) throws(StoreError) -> String {
    "\(folders.datasetKeys)/\(try Self.fileName(task)).key"
  }

  /// 256 random bits, as 64 digits; a passphrase is a person's own.
  private static func made(_ format: TaskDraft.KeyFormat?) -> Secret? {
    guard format == .hex else { return nil }
    var generator = SystemRandomNumberGenerator()
    return Secret(
      (0..<32).map { _ in
        let byte = String(UInt8.random(in: 0...255, using: &generator), radix: 16)
        return byte.count == 1 ? "0" + byte : byte
      }.joined())
  }
}

extension TaskDraft {
  /// Whether its copies are made with a key of their own.
  fileprivate var hasOwnKey: Bool { encryption && encryptionInherit != true }
}
