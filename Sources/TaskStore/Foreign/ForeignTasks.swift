public import ReplicationEngine
public import ReplicationModel

/// Tasks that were read from another program's settings, and all that could not be carried over.
public struct ForeignTasks: Hashable, Sendable {
  /// Whose settings they are.
  public enum Form: String, CaseIterable, Sendable {
    /// JSON, as TrueNAS prints it for `midclt call replication.query`.
    case truenas
    /// A definition of zettarepl, in YAML.
    case zettarepl
    /// Lines that call syncoid, also those of a crontab.
    case syncoid
  }

  public var tasks: [TaskDraft] = []
  /// Those that the tasks are bound to and that are not stored yet.
  public var snapshotTasks: [SnapshotTask] = []
  /// An error keeps its task from being saved; a warning says what was left out, by its field.
  public var findings: [Finding] = []

  /// Nothing was read.
  public init() {}

  /// Which form a text seems to have; nil where nobody can tell.
  public static func form(of text: String) -> Form? {
    let start = text.first { !$0.isWhitespace }
    if start == "[" || start == "{" { return .truenas }
    if text.contains("replication-tasks:") { return .zettarepl }
    return text.contains("syncoid") ? .syncoid : nil
  }

  /// Reads a text. `known` are the snapshot tasks that are stored: one that does the same is used.
  ///
  /// Throws `.invalid` where the text has not that form at all.
  public static func read(_ text: String, as form: Form, known: [SnapshotTask]) throws(StoreError)
    -> ForeignTasks
  {
    do {
      switch form {
      case .truenas: return try TrueNASReader(known: known).read(text)
      case .zettarepl: return try ZettareplReader().read(text)
      case .syncoid: return SyncoidReader.read(text)
      }
    } catch {
      throw StoreError(
        .invalid, subject: form.rawValue, detail: error.words,
        findings: [
          Finding(
            "file", code: "import.unreadable",
            "The text is not what \(form.rawValue) writes (\(error.words)). Check it, or name its form with --from."
          )
        ])
    }
  }

  /// What zferry has nothing like is left out with a warning; all else that is wrong is an error.
  mutating func note(_ found: [Finding]) {
    findings += found.map { finding in
      finding.code == "file.unknown_key" ? .leftOut(finding.field) : finding
    }
  }
}

extension Finding {
  /// Something that is not carried over, with the reason.
  static func leftOut(
    _ field: String, _ why: String = "zferry has nothing like it. See whether you need it."
  ) -> Finding {
    Finding(field, .warning, code: "import.left_out", "`\(field)` is left out: \(why)")
  }
}
