public import ReplicationModel

/// What a valid task asks of the planner, in typed values.
///
/// Made from a draft and the snapshot tasks it is bound to; a draft with error findings makes none.
public struct ReplicationRequest: Hashable, Sendable {
  public var task: String
  public var direction: TaskDraft.Direction
  public var sources: [DatasetName]
  public var target: DatasetName
  public var recursive: Bool
  /// Exact names with all below them, or globs over whole names (engine.md 3.2).
  public var exclude: [String]
  public var selection: SnapshotSelection
  public var properties: Bool
  /// `recv -x`, beside mountpoint, sharenfs and sharesmb.
  public var propertiesExclude: [String]
  public var propertiesOverride: [String: String]
  public var readonly: TaskDraft.Readonly
  /// What a run does where both sides have nothing in common.
  public var fromScratch: TaskDraft.FromScratch
  /// What a run does where a dataset needs a decision.
  public var onConflict: TaskDraft.ConflictPolicy
  /// How a target is encrypted when it is made.
  public var encryption: TargetEncryption
  /// Whether clones stay clones, and renames on the source are followed.
  public var replicate: Bool
  public var largeBlock: Bool
  public var compressed: Bool
  public var embed: Bool
  /// What packs streams on their way; nil also where nothing leaves this system.
  public var compression: TaskDraft.Compression?
  /// Set where streams get a connection of their own, without encryption.
  public var netcat: Netcat?
  public var retention: Retention
  /// Set where the way is back: a copy is sent to where its source was.
  public var restoration: Restoration?

  public init(
    task: String, direction: TaskDraft.Direction = .push, sources: [DatasetName],
    target: DatasetName, recursive: Bool = true, exclude: [String] = [],
    selection: SnapshotSelection = .all, properties: Bool = true,
    propertiesExclude: [String] = [], propertiesOverride: [String: String] = [:],
    readonly: TaskDraft.Readonly = .set, fromScratch: TaskDraft.FromScratch = .refuse,
    onConflict: TaskDraft.ConflictPolicy = .stop,
    encryption: TargetEncryption = .asSource, replicate: Bool = false, largeBlock: Bool = true,
    compressed: Bool = true, embed: Bool = false, compression: TaskDraft.Compression? = nil,
    netcat: Netcat? = nil, retention: Retention = Retention(), restoration: Restoration? = nil
  ) {
    self.task = task
    self.direction = direction
    self.sources = sources
    self.target = target
    self.recursive = recursive
    self.exclude = exclude
    self.selection = selection
    self.properties = properties
    self.propertiesExclude = propertiesExclude
    self.propertiesOverride = propertiesOverride
    self.readonly = readonly
    self.fromScratch = fromScratch
    self.onConflict = onConflict
    self.encryption = encryption
    self.replicate = replicate
    self.largeBlock = largeBlock
    self.compressed = compressed
    self.embed = embed
    self.compression = compression
    self.netcat = netcat
    self.retention = retention
    self.restoration = restoration
  }
}
