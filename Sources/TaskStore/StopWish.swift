internal import Glibc
internal import ReplicationEngine

/// A wish that a run may stop, beside its lock: the number of the run it is meant for, so that it never
/// stops another one, and no signal ever goes to a process that only has the number of one of ours.
struct StopWish {
  private let path: String?

  init(task: String, in folder: String) {
    path = (try? FileStore.fileName(task)).map { "\(folder)/\($0).stop" }
  }

  /// Asks the run to stop.
  func ask(_ run: RunID) throws(StoreError) {
    guard let path else { return }
    try AtomicFile.write("\(run.value)\n", to: path, mode: 0o600)
  }

  /// Whether this run is asked to stop.
  func isMeant(for run: RunID) -> Bool {
    guard let path, let text = try? AtomicFile.read(path) else { return false }
    return text == "\(run.value)\n"
  }

  /// Nobody asks any more.
  func clear() {
    if let path { unlink(path) }
  }
}
