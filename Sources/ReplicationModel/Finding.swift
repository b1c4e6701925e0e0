/// Something that is wrong, or doubtful, with what a user entered: made by one rule, shown the same
/// way by the wizard, the command line and the task file.
public struct Finding: Hashable, Sendable {
  /// Whether a finding keeps a task from being saved.
  public enum Severity: String, Sendable {
    /// Saving and running are refused.
    case error
    /// Shown, and repeated on the review; nothing is refused.
    case warning
  }

  /// The field's path in the task file, as `source_datasets.0` or `schedule.minute`.
  public var field: String
  public var severity: Severity
  /// A stable name for the rule, as `M20` or `target.overlap`.
  public var code: String
  /// What is wrong, why, and what to do: a sentence that names the field by its label.
  public var message: String

  public init(_ field: String, _ severity: Severity = .error, code: String, _ message: String) {
    self.field = field
    self.severity = severity
    self.code = code
    self.message = message
  }
}

extension Finding {
  /// A finding on a field of a replication task: its message is the field's label and `words`.
  ///
  /// `part` is what follows the field in the path: an index, or `minute` of a schedule.
  init(
    _ field: TaskField, _ part: String? = nil, _ severity: Severity = .error, code: String,
    _ words: String
  ) {
    self.init(
      Self.path(field.rawValue, part), severity, code: code, "\(field.label) \(words)")
  }

  /// A finding on a field of a snapshot task.
  init(snapshotTask field: SnapshotTaskField, _ part: String? = nil, code: String, _ words: String)
  {
    self.init(Self.path(field.rawValue, part), code: code, "\(field.label) \(words)")
  }

  /// A finding on a field of a connection.
  init(connection field: ConnectionField, _ part: String? = nil, code: String, _ words: String) {
    self.init(Self.path(field.rawValue, part), code: code, "\(field.label) \(words)")
  }

  private static func path(_ field: String, _ part: String?) -> String {
    part.map { "\(field).\($0)" } ?? field
  }
}
