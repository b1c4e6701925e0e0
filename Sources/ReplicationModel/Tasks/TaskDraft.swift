/// Everything a user decides about a replication task. Every way in (wizard, answers file, task
/// file) only fills this value; texts are kept as typed, and `TaskRules` says what is wrong with them.
///
/// The names in the task file are TrueNAS' (engine.md 1.5) and stand in `TaskField`.
public struct TaskDraft: Hashable, Sendable {
  /// Which way snapshots go, seen from this host.
  public enum Direction: String, CaseIterable, Sendable {
    case push = "PUSH"
    case pull = "PULL"
  }
  /// How streams reach the other side.
  public enum Transport: String, CaseIterable, Sendable {
    case ssh = "SSH"
    case sshNetcat = "SSH+NETCAT"
    case local = "LOCAL"
  }
  /// Which side opens the port of a netcat transfer.
  public enum Side: String, CaseIterable, Sendable {
    case local = "LOCAL"
    case remote = "REMOTE"
  }
  /// Whose lifetime the snapshots of the copy have.
  public enum Retention: String, CaseIterable, Sendable {
    case source = "SOURCE"
    case custom = "CUSTOM"
    case none = "NONE"
  }
  /// What is done about `readonly` of the copy.
  public enum Readonly: String, CaseIterable, Sendable {
    case set = "SET"
    case require = "REQUIRE"
    case ignore = "IGNORE"
  }
  /// What a run does with a copy that has nothing in common with its source.
  public enum FromScratch: String, CaseIterable, Sendable {
    /// It stops, and changes nothing.
    case refuse = "REFUSE"
    /// It gives the copy another name, and sends everything anew.
    case keepAside = "ASIDE"
    /// It sends everything anew beside the copy, which goes once the new one is complete.
    case replace = "REPLACE"
  }
  /// What a run does when a dataset of it needs a decision that nobody is there to make. Neither of them
  /// destroys anything.
  public enum ConflictPolicy: String, CaseIterable, Sendable {
    /// It sends nothing at all.
    case stop = "STOP"
    /// It leaves that dataset and what hangs on it as they are, and sends the others.
    case skip = "SKIP"
  }
  /// What compresses a stream on its way.
  public enum Compression: String, CaseIterable, Sendable {
    case lz4 = "LZ4"
    case pigz = "PIGZ"
    case plzip = "PLZIP"
    case zstd = "ZSTD"
    case adaptive = "ADAPTIVE"
  }
  /// How the key of an encrypted copy is written.
  public enum KeyFormat: String, CaseIterable, Sendable {
    case hex = "HEX"
    case passphrase = "PASSPHRASE"
  }
  /// How much of a run goes to its log.
  public enum LogLevel: String, CaseIterable, Sendable {
    case debug = "DEBUG"
    case info = "INFO"
    case warning = "WARNING"
    case error = "ERROR"
  }

  public var name = ""
  public var direction = Direction.push
  public var transport = Transport.ssh
  /// The name of a connection; TrueNAS' `ssh_credentials`.
  public var connection: String?
  public var sourceDatasets: [String] = []
  public var targetDataset = ""
  public var recursive = false
  public var exclude: [String] = []

  public var periodicSnapshotTasks: [String] = []
  public var namingSchema: [String] = []
  public var alsoIncludeNamingSchema: [String] = []
  public var nameRegex: String?
  public var restrictSchedule: Schedule?
  public var onlyMatchingSchedule = false
  public var holdPendingSnapshots = false

  public var auto = true
  public var schedule: Schedule?
  public var enabled = true

  public var retentionPolicy = Retention.none
  public var lifetimeValue: Int?
  public var lifetimeUnit: Lifetime.Unit?
  public var lifetimes: [ScheduledLifetime] = []

  public var readonly = Readonly.set
  public var allowFromScratch = FromScratch.refuse
  public var conflict = ConflictPolicy.stop
  public var properties = true
  public var propertiesExclude: [String] = []
  public var propertiesOverride: [String: String] = [:]
  public var replicate = false

  public var encryption = false
  public var encryptionInherit: Bool?
  public var encryptionKey: Secret?
  public var encryptionKeyFormat: KeyFormat?
  public var encryptionKeyLocation: String?

  public var sudo = false
  public var netcatActiveSide: Side?
  public var netcatActiveSideListenAddress: String?
  public var netcatActiveSidePortMin: Int?
  public var netcatActiveSidePortMax: Int?
  public var netcatPassiveSideConnectAddress: String?
  public var compression: Compression?
  /// Bytes a second.
  public var speedLimit: Int?
  /// Limits by the time of day, in place of that one.
  public var bandwidth: [BandwidthWindow] = []
  /// How many datasets are sent at the same time.
  public var parallel = TaskDraft.standardParallel
  /// Over how many connections a large stream goes; nil for what `settings.yaml` says, or the line needs.
  public var streams: Int?
  public var largeBlock = true
  public var compressed = true
  public var embed = false
  /// Attempts, not repetitions (engine.md 9.5, 27).
  public var retries = 5
  /// How long a run goes on trying without progress, in minutes.
  public var retryMinutes = 30
  public var loggingLevel: LogLevel?
  public var notify: Notify?

  public init() {}

  /// One dataset's end is waited for while the next one's stream runs. More would make the heads of a pool
  /// of disks wander between streams, and who has such a pool need not know of this field.
  public static let standardParallel = 2
  /// More streams than this only wait for one another.
  public static let mostParallel = 16
}
