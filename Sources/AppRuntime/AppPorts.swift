public import ReplicationEngine
public import ReplicationModel
public import ReplicationPlanner
public import ZferryApp

/// What is to be pruned.
public struct PruneWish: Sendable {
  /// A stored task.
  public var task: String
  /// Whether more than half of a dataset's snapshots may be lost at once.
  public var allowsMany: Bool

  public init(task: String, allowsMany: Bool) {
    self.task = task
    self.allowsMany = allowsMany
  }
}

/// What `prune` would do, and what a forecast is made from.
public struct PruneLook: Sendable {
  public var plan: Plan
  public var pairs: [KeptPair]

  public init(plan: Plan, pairs: [KeptPair] = []) {
    self.plan = plan
    self.pairs = pairs
  }
}

/// All the app can do outside itself. The program puts real things here, tests others.
public struct AppPorts: Sendable {
  /// Tasks, snapshot tasks, connections and keys.
  public var files: any TaskFilesPort
  /// What was entered and not saved.
  public var drafts: any DraftsPort = NoDrafts()
  /// Scanning, installing a key, proving a login.
  public var pairing: any PairingPort
  /// What a doctor asks the other system.
  public var inspection: any InspectionPort
  /// Where `zfs` runs: this host for nil, else the one behind the connection. Whoever asks closes it.
  public var host: @Sendable (Connection?) async throws(HostError) -> any HostPort
  /// Looks at both sides and plans; writes nothing.
  public var preview: @Sendable (TaskOrder) async throws -> Preview
  /// Looks at both sides of each dataset of a task, for a forecast; writes nothing.
  public var pairs: @Sendable (TaskOrder, [SnapshotTask]) async throws -> [KeptPair] = { _, _ in []
  }
  /// Looks once at both sides for what `prune` would do, and for a forecast; writes nothing.
  public var pruning:
    @Sendable (TaskOrder, [SnapshotTask], _ allowsMany: Bool) async throws -> PruneLook = {
      order, _, _ in PruneLook(plan: Plan(task: order.task.name, direction: order.task.direction))
    }
  /// Prunes a stored task after a look that sends nothing; nil where the plan was not accepted. Ends
  /// early where the Swift task is cancelled.
  public var prune:
    @Sendable (
      PruneWish, _ accepts: @Sendable (Plan) async throws -> Bool,
      _ report: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> RunSummary? = { wish, _, _ in
      throw Failure("store.notFound", subject: wish.task)
    }
  /// Runs a stored task to its end, and tells what it does. Cancelling the Swift task ends the run,
  /// with a `finished` event all the same.
  public var run:
    @Sendable (
      _ task: String, _ starter: RunStarter, _ report: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> Void
  /// Looks at both sides, and says what may be decided about each conflict; writes nothing.
  public var conflicts: @Sendable (TaskOrder) async throws -> ConflictLook = { _ in ConflictLook() }
  /// Carries out a decision as it was shown; throws where things have changed since.
  public var resolve: @Sendable (TaskOrder, Resolution) async throws -> Void = { _, _ in }
  /// Looks at both sides and plans the way back; writes nothing.
  public var restorePreview: @Sendable (RestoreOrder) async throws -> Preview = {
    Preview(plan: Plan(task: $0.order.task.name, direction: .pull))
  }
  /// Sends a copy back to its end, and tells what it does, as `run` does.
  public var restore:
    @Sendable (RestoreOrder, _ report: @escaping @Sendable (RunEvent) -> Void) async throws ->
      Void = { _, _ in }
  /// Keeps a passphrase for the key in this file, until the program ends.
  public var unlock: @Sendable (_ path: String, _ passphrase: Secret) -> Void = { _, _ in }
  /// Confines a key to the commands of a task; nil where that is not done.
  public var confine:
    @Sendable (_ key: String, _ task: String, [CommandPattern], _ sudo: Bool) ->
      KeyConfinement? = { _, _, _, _ in nil }
  /// What ran, and what it wrote to its log.
  public var records: any RunRecordPort
  /// What runs tell each other across processes.
  public var control: any RunControlPort = NoControl()
  /// What ticks remember; nil where none come.
  public var schedule: (any ScheduleRecordPort)?
  /// Remembers whether the wizard asks only what is needed.
  public var keepAsks: @Sendable (_ less: Bool) throws -> Void = { _ in }
  /// Remembers whether screens are basic on this kind of terminal; nil where it is to be found out.
  public var keepMode: @Sendable (_ isBasic: Bool?) throws -> Void = { _ in }
  /// Tells people how tasks fare; nil where nobody is told anything.
  public var notices: NoticeDesk?
  public var clock: any ClockPort
  /// Reads the times in snapshot names.
  public var zone: Zone

  public init(
    files: any TaskFilesPort, pairing: any PairingPort, inspection: any InspectionPort,
    records: any RunRecordPort,
    host: @escaping @Sendable (Connection?) async throws(HostError) -> any HostPort,
    preview: @escaping @Sendable (TaskOrder) async throws -> Preview,
    run:
      @escaping @Sendable (
        _ task: String, _ starter: RunStarter, _ report: @escaping @Sendable (RunEvent) -> Void
      ) async throws -> Void,
    clock: any ClockPort, zone: Zone = .utc
  ) {
    self.files = files
    self.pairing = pairing
    self.inspection = inspection
    self.records = records
    self.host = host
    self.preview = preview
    self.run = run
    self.clock = clock
    self.zone = zone
  }
}

extension AppPorts {
  /// Checks what a task, a connection or this system needs.
  public var doctor: Doctor {
    Doctor(
      inspection: inspection, clock: clock,
      keyPath: { [files] in files.privateKeyPath($0) }, host: host)
  }
}
