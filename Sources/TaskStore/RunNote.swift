internal import Glibc
internal import ReplicationEngine

/// A word for a run from another process, beside the task's lock: with the number of the run it is meant
/// for, so that it never reaches another one, and ends with it.
///
/// No signal ever goes to a process that only has the number of one of ours.
struct RunNote {
  /// What a note may be about; the raw value ends its file's name.
  enum Kind: String, CaseIterable {
    case stop
    case speed
  }
  private let path: String?

  init(_ kind: Kind, task: String, in folder: String) {
    path = (try? FileStore.fileName(task)).map { "\(folder)/\($0).\(kind.rawValue)" }
  }

  func write(_ word: String, for run: RunID) throws(StoreError) {
    guard let path else { return }
    try AtomicFile.write("\(run.value) \(word)\n", to: path, mode: 0o600)
  }

  /// What is written for this run; nil where nothing is.
  func word(for run: RunID) -> Substring? {
    guard let path, let text = try? AtomicFile.read(path), text.last == "\n" else { return nil }
    let words = text.dropLast().split(separator: " ")
    return words.count == 2 && words[0] == "\(run.value)" ? words[1] : nil
  }

  func clear() {
    if let path { unlink(path) }
  }
}
