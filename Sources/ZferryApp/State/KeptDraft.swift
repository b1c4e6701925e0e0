public import ReplicationModel

/// What was entered and not saved, kept for another time. It never holds a secret.
public struct KeptDraft: Hashable, Sendable {
  /// Which screen it is from, with what was entered there.
  public enum Content: Hashable, Sendable {
    case wizard(Answers)
    /// `was` is the stored task that was being edited; nil for a new one.
    case advanced(TaskDraft, snapshotTasks: [SnapshotTask], was: String?)
  }
  public let content: Content
  /// Whether something was left out of it because it is secret.
  public let leftOutSecret: Bool

  /// A draft of `content`, without its secrets.
  public init(_ content: Content) {
    switch content {
    case .wizard(var answers):
      leftOutSecret = !answers.choices.encryption.passphrase.revealed.isEmpty
      answers.choices.encryption.passphrase = Secret("")
      self.content = .wizard(answers)
    case .advanced(var task, let snapshotTasks, let was):
      leftOutSecret = task.encryptionKey != nil
      task.encryptionKey = nil
      self.content = .advanced(task, snapshotTasks: snapshotTasks, was: was)
    }
  }

  /// The name it is kept under: one for the wizard, one for a new task of the advanced screen, and
  /// one for each task that is edited.
  public var name: String {
    switch content {
    case .wizard: "wizard"
    case .advanced(_, _, let was?): "edit-\(was)"
    case .advanced: "advanced"
    }
  }

  /// The stored task that was being edited; nil for a new one.
  var edited: String? {
    if case .advanced(_, _, let was) = content { return was }
    return nil
  }

  /// What it is, so that it is recognised.
  var words: String {
    switch content {
    case .wizard(let answers):
      "A task from the wizard: \(Self.words(answers.choices.sources, answers.choices.destination))."
    case .advanced(let task, _, nil):
      "A task from the advanced screen: \(Self.words(task.sourceDatasets, task.targetDataset))."
    case .advanced(_, _, let was?): "Changes of the task \(Words.escaped(was))."
    }
  }

  private static func words(_ sources: [String], _ destination: String) -> String {
    let from = sources.isEmpty ? "no source yet" : sources.joined(separator: ", ")
    return Words.escaped("\(from) -> \(destination.isEmpty ? "no destination yet" : destination)")
  }
}
