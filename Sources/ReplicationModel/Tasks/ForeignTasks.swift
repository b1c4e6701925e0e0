/// Tasks that were read from what another program left, and all that could not be carried over.
public struct ForeignTasks: Hashable, Sendable {
  /// Whose settings they are.
  public enum Form: String, CaseIterable, Sendable {
    /// JSON, as TrueNAS prints it for `midclt call replication.query`.
    case truenas
    /// A definition of zettarepl, in YAML.
    case zettarepl
    /// Lines that call syncoid, also those of a crontab.
    case syncoid
    /// A sanoid.conf, or the snapshots that sanoid took.
    case sanoid
    /// A zrepl.yml, or the snapshots and bookmarks that zrepl made.
    case zrepl
    /// Lines that call zfs-autobackup, and the properties that select its datasets.
    case autobackup = "zfs-autobackup"

    /// Whether it leaves what tells of it on datasets: then listings of `zfs` can be read too.
    public var leavesTraces: Bool {
      switch self {
      case .truenas, .zettarepl, .syncoid: false
      case .sanoid, .zrepl, .autobackup: true
      }
    }
  }

  public var tasks: [TaskDraft] = []
  /// Those that the tasks are bound to and that are not stored yet.
  public var snapshotTasks: [SnapshotTask] = []
  /// An error keeps everything from being saved; a warning says what was left out, by its field.
  public var findings: [Finding] = []

  /// Nothing was read.
  public init() {}

  /// Has all tasks that are not local go over one connection, where it is given.
  public mutating func use(connection: String?) {
    guard let connection else { return }
    for index in tasks.indices where tasks[index].transport != .local {
      tasks[index].connection = connection
    }
  }

  /// Which form a text seems to have; nil where nobody can tell.
  public static func form(of text: String) -> Form? {
    let start = text.first { !$0.isWhitespace }
    if start == "{" || (start == "[" && isJSONList(text)) { return .truenas }
    if text.contains("replication-tasks:") { return .zettarepl }
    func has(_ marks: String...) -> Bool { marks.contains { text.contains($0) } }
    if has("use_template", "@autosnap_") { return .sanoid }
    if has("zfs-autobackup", "autobackup:") { return .autobackup }
    if has("syncoid") { return .syncoid }
    if has("jobs:", "@zrepl_", "#zrepl_CURSOR_") { return .zrepl }
    return start == "[" || has("\n[") ? .sanoid : nil
  }

  /// A list of JSON goes on with an object; a section of an ini file with a name.
  private static func isJSONList(_ text: String) -> Bool {
    let inside = text.drop { $0.isWhitespace }.dropFirst().first { !$0.isWhitespace }
    return inside == nil || inside.map { "{]\"0123456789-".contains($0) } == true
  }
}

/// What is to be read of another program, and what its settings do not say.
public struct ForeignWish: Hashable, Sendable {
  public var form: ForeignTasks.Form?
  /// The texts of its files, or what `zfs list` and `zfs get` printed.
  public var texts: [String]
  /// The dataset below which zrepl keeps copies: only its receiving side says so.
  public var target: String?

  public init(form: ForeignTasks.Form? = nil, texts: [String], target: String? = nil) {
    self.form = form
    self.texts = texts
    self.target = target
  }
}
