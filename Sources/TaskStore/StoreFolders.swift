/// Where zferry keeps its files: what a person writes, and what it remembers.
public struct StoreFolders: Hashable, Sendable {
  /// Tasks, snapshot tasks, connections, keys.
  public var config: String
  /// History, locks and drafts.
  public var state: String

  public init(config: String, state: String) {
    self.config = config
    self.state = state
  }

  /// The folders for a user: `/etc/zferry` and `/var/lib/zferry` for root, XDG's for others.
  ///
  /// `ZFERRY_CONFIG` and `ZFERRY_STATE` win over both.
  public init(environment: [String: String], isRoot: Bool) {
    let home = environment["HOME"] ?? "/"
    let xdgConfig = environment["XDG_CONFIG_HOME"] ?? "\(home)/.config"
    let xdgState = environment["XDG_STATE_HOME"] ?? "\(home)/.local/state"
    config = environment["ZFERRY_CONFIG"] ?? (isRoot ? "/etc/zferry" : "\(xdgConfig)/zferry")
    state = environment["ZFERRY_STATE"] ?? (isRoot ? "/var/lib/zferry" : "\(xdgState)/zferry")
  }

  var tasks: String { "\(config)/tasks" }
  var snapshotTasks: String { "\(config)/snapshot-tasks" }
  var connections: String { "\(config)/connections" }
  var keys: String { "\(config)/keys" }
  /// The keys of encrypted copies.
  var datasetKeys: String { "\(config)/dataset-keys" }
  var settings: String { "\(config)/settings.yaml" }
  var locks: String { "\(state)/locks" }
  var drafts: String { "\(state)/drafts" }
  var listings: String { "\(state)/listings" }
  var history: String { "\(state)/history.sqlite" }
}
