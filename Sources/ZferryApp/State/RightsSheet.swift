public import ReplicationModel
public import ReplicationPlanner

/// What a task needs on both sides, as lines to type or to put into files.
public struct RightsSheet: Hashable, Sendable {
  /// One side of the task.
  public struct Place: Hashable, Sendable {
    public var side: TaskRights.Side
    /// `this system`, or the host of the connection.
    public var host: String
    public var user: String
    /// Root may do all of it.
    public var isRoot: Bool
    /// Whether zfs runs through sudo there.
    public var usesSudo: Bool
    public var allow: [Command]
    public var sudoers: [String]
    /// Nil on this system.
    public var confinement: KeyConfinement?
    /// What was proved; empty where nobody asked.
    public var findings: [RightFinding]
    /// Why the side could not be asked.
    public var failure: Failure?

    public init(
      side: TaskRights.Side, host: String, user: String, isRoot: Bool, usesSudo: Bool,
      allow: [Command] = [], sudoers: [String] = [], confinement: KeyConfinement? = nil,
      findings: [RightFinding] = [], failure: Failure? = nil
    ) {
      self.side = side
      self.host = host
      self.user = user
      self.isRoot = isRoot
      self.usesSudo = usesSudo
      self.allow = allow
      self.sudoers = sudoers
      self.confinement = confinement
      self.findings = findings
      self.failure = failure
    }

    /// What was proved and is not there.
    public var missing: [RightFinding] { findings.filter { $0.state != .have } }
  }
  public var task: String
  /// Source, then target.
  public var places: [Place]
  /// Other tasks whose connection uses the same key: a key that is confined to this task stops them.
  public var sharing: [String]

  public init(task: String, places: [Place], sharing: [String] = []) {
    self.task = task
    self.places = places
    self.sharing = sharing
  }
}

/// A task's rights, while they are on the screen.
struct RightsLook: Hashable, Sendable {
  var order: TaskOrder
  var request: RequestID?
  var isProving = false
  var result: Result<RightsSheet, Failure>?
}
