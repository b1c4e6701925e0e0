internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// How fast somebody wants a run to send, beside its lock, with the number of the run it is meant for:
/// it ends with that run.
struct SpeedNote {
  private let path: String?

  init(task: String, in folder: String) {
    path = (try? FileStore.fileName(task)).map { "\(folder)/\($0).speed" }
  }

  /// Wishes a speed of the run, or with nil the task's own again.
  func write(_ wish: SpeedWish?, for run: RunID) throws(StoreError) {
    guard let path else { return }
    guard let wish else { return clear() }
    let text = wish.bytes.map { "\($0)" } ?? "none"
    try AtomicFile.write("\(run.value) \(text)\n", to: path, mode: 0o600)
  }

  /// What is wished of this run; nil where nothing is.
  func wish(for run: RunID) -> SpeedWish? {
    guard let path, let text = try? AtomicFile.read(path), text.last == "\n" else { return nil }
    let words = text.dropLast().split(separator: " ")
    guard words.count == 2, words[0] == "\(run.value)" else { return nil }
    if words[1] == "none" { return .unlimited }
    return UInt64(words[1]).flatMap { $0 > 0 ? .limit($0) : nil }
  }

  func clear() {
    if let path { unlink(path) }
  }
}
