public import ReplicationModel

/// Looks at a host the way a doctor does: one login, few questions, and nothing changed there.
public protocol InspectionPort: Sendable {
  /// Logs in with the connection's key and asks. Each step of `CheckID.reaching` is told as soon as it
  /// is taken; the error thrown is about the first that was not. `keyPath` is the private key's file.
  func inspect(
    _ connection: Connection, keyPath: String, _ question: InspectionQuestion,
    told: @escaping @Sendable (CheckResult) -> Void
  ) async throws(HostError) -> Inspection
  /// The same, and a host that goes on with that login, where it can: whoever asks closes it.
  func inspectStaying(
    _ connection: Connection, keyPath: String, _ question: InspectionQuestion,
    told: @escaping @Sendable (CheckResult) -> Void
  ) async throws(HostError) -> (found: Inspection, host: (any HostPort)?)
  /// Makes a connection as the streams of a task would, for `zfs version` alone, and ends it.
  func tryLink(_ connection: Connection, keyPath: String, _ netcat: Netcat) async throws(HostError)
}

extension InspectionPort {
  /// For one that has no connections to make.
  public func tryLink(_ connection: Connection, keyPath: String, _ netcat: Netcat)
    async throws(HostError)
  {}

  /// Without going on: further questions need a login of their own.
  public func inspectStaying(
    _ connection: Connection, keyPath: String, _ question: InspectionQuestion,
    told: @escaping @Sendable (CheckResult) -> Void
  ) async throws(HostError) -> (found: Inspection, host: (any HostPort)?) {
    (try await inspect(connection, keyPath: keyPath, question, told: told), nil)
  }
}

/// What is asked beside the facts of the host itself.
public struct InspectionQuestion: Hashable, Sendable {
  /// Datasets to look at; those that are missing are told too.
  public var datasets: [String]
  /// Pools whose features are wanted.
  public var pools: [String]
  /// Programs that should be there.
  public var tools: [String]
  /// The side that listens for the data, where these have a connection of their own.
  public var listener: TaskDraft.Side?

  public init(
    datasets: [String] = [], pools: [String] = [], tools: [String] = [],
    listener: TaskDraft.Side? = nil
  ) {
    self.datasets = datasets
    self.pools = pools
    self.tools = tools
    self.listener = listener
  }
}

/// What a host told. All texts are data from outside.
public struct Inspection: Hashable, Sendable {
  /// The home directory of the user.
  public struct Home: Hashable, Sendable {
    public var path: String
    /// As `ls -l` shows it, `drwxr-xr-x`; nil where it does not exist.
    public var mode: String?
    public var owner: Int?
    public var isWritable: Bool

    public init(path: String, mode: String?, owner: Int?, isWritable: Bool) {
      self.path = path
      self.mode = mode
      self.owner = owner
      self.isWritable = isWritable
    }
  }
  public var facts: HostFacts
  /// All that `zfs version` printed, on one line.
  public var version: String
  /// What `zfs version`, or sudo in its place, wrote to standard error.
  public var errors: String
  public var home: Home
  /// The path of the login shell.
  public var shell: String
  /// What the login shell printed before it did as it was told.
  public var chatter: String
  public var datasets: DatasetLook
  /// `feature@…` with its state, by pool.
  public var features: PoolFeatures
  public var missingTools: [String]
  /// What would make a connection for the data; empty where nothing can.
  public var linkTool = ""
  /// Why 64 KiB did not get through both ways; nil where they did.
  public var transferError: HostError?

  public init(
    facts: HostFacts, version: String = "", errors: String = "",
    home: Home = Home(path: "", mode: nil, owner: nil, isWritable: false), shell: String = "",
    chatter: String = "", datasets: DatasetLook = DatasetLook(),
    features: PoolFeatures = PoolFeatures(), missingTools: [String] = [],
    transferError: HostError? = nil
  ) {
    self.facts = facts
    self.version = version
    self.errors = errors
    self.home = home
    self.shell = shell
    self.chatter = chatter
    self.datasets = datasets
    self.features = features
    self.missingTools = missingTools
    self.transferError = transferError
  }
}
