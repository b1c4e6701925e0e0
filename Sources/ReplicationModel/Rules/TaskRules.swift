/// What the rules may look at beside the task itself.
public struct RuleContext: Sendable {
  /// Names of the other tasks: a task's name is its file's.
  public var otherTaskNames: Set<String>
  public var snapshotTasks: [String: SnapshotTask]
  public var connections: [String: Connection]
  public var zone: Zone
  public var now: Instant

  public init(
    otherTaskNames: Set<String> = [], snapshotTasks: [String: SnapshotTask] = [:],
    connections: [String: Connection] = [:], zone: Zone = .utc, now: Instant = Instant(0)
  ) {
    self.otherTaskNames = otherTaskNames
    self.snapshotTasks = snapshotTasks
    self.connections = connections
    self.zone = zone
    self.now = now
  }
}

/// A rule looks at a draft and reports what is wrong with it; one rule a file.
public struct TaskRule: Sendable {
  public let check: @Sendable (TaskDraft, RuleContext) -> [Finding]
  public init(_ check: @escaping @Sendable (TaskDraft, RuleContext) -> [Finding]) {
    self.check = check
  }

  /// A rule with one thing to say, about one field.
  ///
  /// `words` is what follows the field's label in the message.
  init(
    _ field: TaskField, code: String, _ words: String,
    where isBroken: @escaping @Sendable (TaskDraft, RuleContext) -> Bool
  ) {
    self.init { draft, context in
      isBroken(draft, context) ? [Finding(field, code: code, words)] : []
    }
  }
}

/// All rules of a replication task: R1 to R22 and M1 to M48 of engine.md, and what upstream misses.
///
/// Without a rule here: M11, for there are no roles; D1, for the zone is the host's; D3, for no
/// cipher can be turned off; D5, for a lifetime is a number and a unit; D8, for the codec knows the
/// policies there are. D4 is a rule of connections.
public enum TaskRules {
  public static let all: [TaskRule] = [
    .sourceRequired,
    .sourceNames,
    .sourceUnique,
    .connectionRequired,
    .connectionKnown,
    .connectionNeedless,
    .targetName,
    .noOverlap,
    .nameUsable,
    .nameUnique,
    .excludeNeedsRecursive,
    .excludeNames,
    .excludeBelowSource,
    .excludeAsSnapshotTasks,
    .sourceInSnapshotTask,
    .snapshotTasksKnown,
    .snapshotTasksUnique,
    .snapshotTasksEnabled,
    .pullBindsNothing,
    .pushNeedsSelection,
    .pullNeedsSelection,
    .pushHasNoNamingSchema,
    .pullHasNoAlsoInclude,
    .namingSchemas,
    .nameRegexReadable,
    .nameRegexWithoutTasks,
    .nameRegexWithoutSchemas,
    .nameRegexWithoutLifetime,
    .nameRegexWithoutSchedules,
    .pullHoldsNothing,
    .pushAutoNeedsTrigger,
    .pullAutoNeedsSchedule,
    .scheduleNeedsAuto,
    .matchingNeedsSchedule,
    .cronSyntax,
    .timesOfDay,
    .windowOrder,
    .scheduleComes,
    .lifetimeRequired,
    .lifetimeNeedless,
    .lifetimeRange,
    .replicateIsRecursive,
    .replicateExcludesNothing,
    .replicateSendsProperties,
    .replicateKeepsAsSource,
    .replicateNotNested,
    .replicateSnapshotTasks,
    .netcatSideRequired,
    .netcatPortOrder,
    .netcatPortRange,
    .netcatNeedless,
    .netcatAddresses,
    .compressionNeedsSSH,
    .compressionTwice,
    .speedLimitNeedsSSH,
    .speedLimitRange,
    .bandwidthNeedsSSH,
    .bandwidthWindows,
    .parallelRange,
    .streamsNeedSSH,
    .streamsRange,
    .streamsInAll,
    .encryptionKeyRequired,
    .encryptionKeyUsable,
    .propertyNames,
    .retriesRange,
    .retryMinutesRange,
    .notifyChannels,
    .notifyLag,
  ]

  /// Every finding of every rule, errors and warnings, in the order of the rules.
  public static func findings(for draft: TaskDraft, in context: RuleContext) -> [Finding] {
    all.flatMap { $0.check(draft, context) }
  }
}
