public import ReplicationModel

/// What a person chose in the wizard, as they chose it: texts are kept as typed.
///
/// `Composer` makes a task of it. The wizard and an answers file fill the same value.
public struct WizardChoices: Hashable, Sendable {
  /// Where a side is.
  public enum Location: String, CaseIterable, Sendable {
    case local, remote
  }
  /// How the stream travels between two systems.
  public enum Security: String, CaseIterable, Sendable {
    case encrypted, plain
  }
  /// How snapshots are chosen by name.
  public enum Selection: String, CaseIterable, Sendable {
    case schema, regex
  }
  /// Whether copies are made again and again.
  public enum Method: String, CaseIterable, Sendable {
    case schedule, once
  }
  /// How often, in words.
  public enum Preset: String, CaseIterable, Sendable {
    case hourly, daily, weekly, monthly, custom
  }

  public var sourceLocation: Location?
  /// Fixed to local where the source is remote: at most one side is another machine.
  public var destinationLocation: Location?
  /// The name of a stored connection.
  public var connection: String?
  public var sources: [String] = []
  public var recursive = false
  /// A local source only: select snapshots that no snapshot task of ours makes.
  public var customSnapshots = false
  public var selection = Selection.schema
  public var namingSchema = WizardChoices.defaultSchema
  public var nameRegex = ""
  public var destination = ""
  public var taskName = ""
  /// Whether a person typed the name: then it is never replaced by a suggestion.
  public var nameIsTyped = false
  public var sudo = false
  /// Whether the data goes through SSH too, or past it, unencrypted.
  public var security = Security.encrypted
  public var encryption = EncryptionChoices()
  public var method = Method.schedule
  public var preset = Preset.daily
  /// Five cron fields, for the preset `custom`.
  public var cron = "0 0 * * *"
  /// The window of the day, `HH:MM`, for runs that come by the hour or oftener.
  public var begin = "00:00"
  public var end = "23:59"
  public var readonlyOnce = true
  public var sourceLifetimeValue = "2"
  public var sourceLifetimeUnit = Lifetime.Unit.week
  public var retention = TaskDraft.Retention.source
  public var lifetimeValue = "2"
  public var lifetimeUnit = Lifetime.Unit.week

  public init() {}

  /// The naming schema of a snapshot task made here (engine.md 1.3).
  public static let defaultSchema = "auto-%Y-%m-%d_%H-%M"

  /// Where the copies go, after the rule that a remote source has a local destination.
  public var effectiveDestination: Location? {
    sourceLocation == .remote ? .local : destinationLocation
  }

  /// Whether another machine takes part.
  public var needsConnection: Bool {
    sourceLocation == .remote || effectiveDestination == .remote
  }

  public var isPull: Bool { sourceLocation == .remote }

  /// Whether the person says by name which snapshots are sent.
  public var selectsByName: Bool { isPull || customSnapshots }

  public var usesRegex: Bool { selectsByName && selection == .regex }

  /// Whether the wizard makes (or binds) a snapshot task per source.
  public var makesSnapshotTasks: Bool {
    sourceLocation == .local && method == .schedule && !usesRegex
  }
}

/// How a destination that has yet to be made is encrypted (ui.md 1.3, 13 to 20).
public struct EncryptionChoices: Hashable, Sendable {
  public var isOn = false
  /// Whether it takes the encryption of the dataset above it.
  public var inherits = false
  public var format = TaskDraft.KeyFormat.hex
  public var passphrase = Secret("")
  /// A path on the destination.
  public var keyLocation = ""

  public init() {}
}
