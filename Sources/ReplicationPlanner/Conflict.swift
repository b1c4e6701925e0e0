public import ReplicationModel

/// Why a dataset cannot be replicated without a decision: a result with both timelines, not a text.
public struct Conflict: Hashable, Sendable {
  /// What stands in the way. The raw value is the `code` of `plan --json`.
  public enum Code: String, CaseIterable, Sendable {
    case sourceMissing = "source_missing"
    case noMatchingSnapshots = "no_matching_snapshots"
    /// Both have snapshots, and share none.
    case noCommonBase = "no_common_base"
    /// The copy is where the task had it with other sources than it has now.
    case copyElsewhere = "copy_elsewhere"
    /// The target has snapshots newer than the base.
    case targetHasNewerSnapshots = "target_has_newer_snapshots"
    /// The target was written to since the base.
    case targetModified = "target_modified"
    /// The target exists, holds data, and has no snapshots.
    case targetHasForeignData = "target_has_foreign_data"
    case typeMismatch = "type_mismatch"
    /// A partial receive on the target that this source cannot go on with.
    case deadResumeToken = "dead_resume_token"
    case targetNotReadonly = "target_not_readonly"
    case encryption = "encryption"
    /// The destination is to be encrypted, and the source is so already, with a key of its own.
    case sourceEncrypted = "source_encrypted"
    /// A copy that is not encrypted would come below a dataset that is.
    case parentEncrypted = "parent_encrypted"
    /// The encryption is to be inherited from a dataset that has none.
    case parentNotEncrypted = "parent_not_encrypted"
    /// The destination is to be encrypted, and is there without.
    case targetNotEncrypted = "target_not_encrypted"
    /// The key of the destination is not loaded, and zferry does not have it.
    case keyNotLoaded = "key_not_loaded"
    /// Source and target are the same dataset, or one is inside the other, also through SSH.
    case overlap = "overlap"
    case targetPoolMissing = "target_pool_missing"
  }

  /// What a person may decide (product.md: `resolve --by`).
  public enum Choice: String, CaseIterable, Sendable {
    case rollback
    case keepAside = "keep-aside"
    case skip
    case full
  }

  public var code: Code
  public var source: DatasetName
  public var target: DatasetName
  /// The facts for the sentence: a name, a size, a count. The words are in the message catalogue.
  public var detail: String
  public var choices: [Choice]
  /// The newest snapshot of the target that the source still holds, itself or as a bookmark.
  public var base: Snapshot?
  /// Oldest first.
  public var sourceTimeline: [Snapshot]
  /// Oldest first.
  public var targetTimeline: [Snapshot]

  public init(
    code: Code, source: DatasetName, target: DatasetName, detail: String = "",
    choices: [Choice] = [], base: Snapshot? = nil, sourceTimeline: [Snapshot] = [],
    targetTimeline: [Snapshot] = []
  ) {
    self.code = code
    self.source = source
    self.target = target
    self.detail = detail
    self.choices = choices
    self.base = base
    self.sourceTimeline = sourceTimeline
    self.targetTimeline = targetTimeline
  }
}
