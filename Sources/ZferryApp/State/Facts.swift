public import ReplicationModel
public import ReplicationPlanner

/// Which machine a question goes to: this one, or the one behind a connection.
public enum HostChoice: Hashable, Sendable {
  case local
  case remote(Connection)
}

/// A dataset as the browser shows it.
public struct DatasetRow: Hashable, Sendable {
  /// The whole name, `pool/path`.
  public var name: String
  public var kind: DatasetState.Kind
  /// Bytes of it with its snapshots and children, or nil where it was not told.
  public var used: UInt64?
  /// Bytes that may still be written there, or nil where it was not told.
  public var available: UInt64?

  public init(
    name: String, kind: DatasetState.Kind = .filesystem, used: UInt64? = nil,
    available: UInt64? = nil
  ) {
    self.name = name
    self.kind = kind
    self.used = used
    self.available = available
  }
}

/// A host's public key as a person has to compare it.
public struct ShownHostKey: Hashable, Sendable {
  /// As `ssh-ed25519`.
  public var algorithm: String
  /// `SHA256:…`, as `ssh-keygen -l` prints it.
  public var fingerprint: String
  /// `algorithm base64`: what a connection keeps.
  public var line: String
  public var standing: HostKeyStanding

  public init(
    algorithm: String, fingerprint: String, line: String, standing: HostKeyStanding = .unknown
  ) {
    self.algorithm = algorithm
    self.fingerprint = fingerprint
    self.line = line
    self.standing = standing
  }
}

/// What a host told when a connection was proved.
public struct ProvedHost: Hashable, Sendable {
  /// `uname -s`.
  public var system: String
  public var user: String
  /// What `zfs version` printed first, or nil where there is no `zfs`.
  public var zfsVersion: String?
  /// Whether `sudo -n zfs` works; nil where sudo is not asked for.
  public var sudoWorks: Bool?
  /// Their clock less ours, in seconds.
  public var clockSkew: Int64

  public init(
    system: String, user: String, zfsVersion: String?, sudoWorks: Bool?, clockSkew: Int64 = 0
  ) {
    self.system = system
    self.user = user
    self.zfsVersion = zfsVersion
    self.sudoWorks = sudoWorks
    self.clockSkew = clockSkew
  }
}

/// Something did not work, as facts. `Words.explain` makes the sentences.
public struct Failure: Error, Hashable, Sendable {
  /// A `HostError`, `Conflict` or engine code, or a `StoreError`'s behind `store.`.
  public var code: String
  /// The host, file or dataset it concerns.
  public var subject: String
  /// What the system or the other side said. Data from outside: escaped before it is shown.
  public var detail: String
  /// Where a file was refused: what is wrong with it, field by field.
  public var findings: [Finding]

  public init(
    _ code: String, subject: String = "", detail: String = "", findings: [Finding] = []
  ) {
    self.code = code
    self.subject = subject
    self.detail = detail
    self.findings = findings
  }
}

/// What is stored: read at the start and after every save.
public struct Library: Hashable, Sendable {
  public var tasks: [TaskDraft]
  public var snapshotTasks: [SnapshotTask]
  public var connections: [Connection]
  public var keys: [KeyPair]
  /// What each task does and did, by its name.
  public var facts: [String: TaskFacts]
  /// `SHA256:…` of each public key and host key, by its `algorithm base64`.
  public var fingerprints: [String: String]
  /// What was entered once and not saved.
  public var drafts: [KeptDraft] = []
  /// Files that could not be read; they harm no others.
  public var failures: [Failure]
  /// Whether a timer calls zferry, so that what has a schedule runs.
  public var isTicking = true

  public init(
    tasks: [TaskDraft] = [], snapshotTasks: [SnapshotTask] = [], connections: [Connection] = [],
    keys: [KeyPair] = [], facts: [String: TaskFacts] = [:], fingerprints: [String: String] = [:],
    failures: [Failure] = []
  ) {
    self.tasks = tasks
    self.snapshotTasks = snapshotTasks
    self.connections = connections
    self.keys = keys
    self.facts = facts
    self.fingerprints = fingerprints
    self.failures = failures
  }

  /// The part of a key's line that says which key it is: `algorithm base64`, without the comment.
  public static func keyID(_ line: String) -> String {
    line.split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// The fingerprint of a key's line; the line itself where none is known.
  func fingerprint(_ line: String) -> String {
    fingerprints[Self.keyID(line)] ?? Self.keyID(line)
  }

  /// The task of this name, or nil.
  func task(_ name: String) -> TaskDraft? { tasks.first { $0.name == name } }

  /// The tasks that use a connection.
  func tasks(usingConnection name: String) -> [String] {
    tasks.filter { $0.connection == name }.map(\.name)
  }

  /// The tasks that are bound to a snapshot task.
  func tasks(boundTo snapshotTask: String) -> [TaskDraft] {
    tasks.filter { $0.periodicSnapshotTasks.contains(snapshotTask) }
  }

  /// The connections that log in with a key.
  func connections(usingKey name: String) -> [String] {
    connections.filter { $0.key == name }.map(\.name)
  }

  /// The connection of this name, or nil.
  public func connection(_ name: String?) -> Connection? {
    connections.first { $0.name == name }
  }
}

/// What a look at both sides brought, for the review.
public struct Preview: Hashable, Sendable {
  public var plan: Plan
  /// Bytes each source dataset refers to: the size of a first copy that has no snapshot yet.
  public var referenced: [DatasetName: UInt64]
  /// Bytes a second of earlier runs to the same place, or nil where none was measured.
  public var measuredRate: Double?
  /// What the run does once first snapshots were taken, without estimates; nil where none are.
  public var afterFirst: Plan?

  public init(
    plan: Plan, referenced: [DatasetName: UInt64] = [:], measuredRate: Double? = nil
  ) {
    self.plan = plan
    self.referenced = referenced
    self.measuredRate = measuredRate
  }
}

/// How many snapshots of a marked dataset match, with what is below it where that is sent too.
public struct SnapshotCount: Hashable, Sendable {
  /// The marked dataset.
  public var dataset: String
  public var matching: Int
  public var total: Int
  /// Datasets below it that were counted with it.
  public var below: Int
  /// How many of all these have no snapshot that matches.
  public var without: Int

  public init(dataset: String, matching: Int, total: Int, below: Int = 0, without: Int = 0) {
    self.dataset = dataset
    self.matching = matching
    self.total = total
    self.below = below
    self.without = without
  }
}

/// A snapshot that is taken before the first run, because nothing matches yet.
public struct FirstSnapshot: Hashable, Sendable {
  public var dataset: String
  /// The part after `@`.
  public var name: String
  public var recursive: Bool

  public init(dataset: String, name: String, recursive: Bool) {
    self.dataset = dataset
    self.name = name
    self.recursive = recursive
  }
}

/// The zone of this host; two with the same name are the same.
public struct LocalZone: Hashable, Sendable {
  public let zone: Zone
  public init(_ zone: Zone) { self.zone = zone }
  public static func == (a: LocalZone, b: LocalZone) -> Bool { a.zone.name == b.zone.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(zone.name) }
}
