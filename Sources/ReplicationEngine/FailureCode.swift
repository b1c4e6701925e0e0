import ReplicationPlanner
import ZFSText

/// Every code a failure of a run can have, so that the message catalogue can be held to them.
public enum FailureCode {
  /// A listing had a line that is not of the form we asked for.
  public static let listing = "listing.unreadable"
  /// Both commands ended well, and the target does not list the snapshot all the same.
  public static let notVerified = "verify.missing"
  /// The process of an earlier run ended without a word.
  public static let killed = "run.killed"
  /// Others came to the port of a stream, and were turned away.
  public static let strangers = "link.strangers"
  /// An empty target could be written to again before it was filled.
  public static let notSealed = "seal.opened"
  /// A program that packs or unpacks a stream failed.
  public static let packer = "packer.failed"
  /// A copy that was to make way is not the one that was looked at, or is there again.
  public static let inTheWay = "from_scratch.changed"
  /// An old copy could not be destroyed after a new one had taken its place.
  public static let oldLeft = "from_scratch.old_left"
  /// A copy that holds more than the new one would have keeps its place.
  public static let keeps = "from_scratch.keeps"
  /// What the three choices of a beginning from scratch may tell.
  public static let fromScratch = [inTheWay, oldLeft, keeps]
  /// The file that a key is to be in holds another one.
  public static let keyFileOther = "key_file.other"
  /// The file for a key could not be written on the target.
  public static let keyFile = "key_file.failed"
  /// A key's file could not be taken away, or its dataset still looks for it there.
  public static let keyFileLeft = "key_file.left"
  /// The key of a task's copies is not there.
  public static let keyMissing = "key.missing"
  /// What the keys of targets may tell.
  public static let keys = [keyFileOther, keyFile, keyFileLeft, keyMissing]
  /// A person stopped the run.
  public static let cancelled = "cancelled"
  /// A dataset waits for one that failed.
  public static let parentFailed = "parent.failed"
  /// The bookmark that keeps the base could not be made; what was sent is safe.
  public static let bookmark = "bookmark.failed"
  /// Read-only could not be set on the target; what was sent is safe.
  public static let readonly = "readonly.failed"
  /// What a decision was made about has changed since it was shown.
  public static let changed = "resolve.changed"
  /// A hold, a clone or a lack of space is in the way of a decision.
  public static let blocked = "resolve.blocked"
  /// A decision was carried out, and the target is not as it has to be then.
  public static let notResolved = "resolve.unfinished"

  /// A snapshot could not be destroyed.
  public static let pruneFailed = "prune.failed"
  /// More than half of a dataset's snapshots would be lost at once.
  public static let pruneTooMany = "prune.too_many"
  /// What keeps the snapshots could not be asked, so nothing was let go.
  public static let pruneUnlisted = "prune.unlisted"
  /// A base was to be destroyed, which no plan may ever say: a fault of zferry.
  public static let pruneBase = "prune.base"
  /// What kept snapshots from being let go; what was sent is safe.
  public static let pruning = [pruneFailed, pruneTooMany, pruneUnlisted, pruneBase]
  /// A snapshot task's names cannot be made.
  public static let namingSchema = "snapshot.schema"
  /// A snapshot task excludes all there is.
  public static let nothingLeft = "snapshot.nothing_left"
  /// A person keeps the task from running.
  public static let paused = "task.paused"
  /// Another task's run is at work on the same datasets.
  public static let placeTaken = "run.place"
  /// The task's file cannot be read.
  public static let unreadable = "task.unreadable"

  public static let own =
    [
      listing, notVerified, killed, strangers, notSealed, packer, cancelled, parentFailed, bookmark,
      readonly,
      changed,
      blocked, notResolved, namingSchema, nothingLeft, paused, placeTaken, unreadable,
    ] + pruning + fromScratch + keys

  /// All of them: our own, what `zfs` says, and what stands in the way of a plan.
  public static var all: [String] {
    own + ZFSFailure.allCases.map(\.rawValue) + Conflict.Code.allCases.map(\.rawValue)
  }
}

/// A failure with what the retry needs to know.
struct Trouble: Error {
  var failure: RunFailure
  var isTransient: Bool

  init(_ failure: RunFailure, isTransient: Bool) {
    self.failure = failure
    self.isTransient = isTransient
  }

  init(_ error: HostError) {
    failure = RunFailure(code: error.code.rawValue, subject: error.subject, detail: error.detail)
    isTransient = error.isTransient
  }

  /// A command that ran and failed.
  init(_ result: CommandResult, subject: String) {
    let kind = ZFSFailure(result.errors)
    if case .signal = result.exit, kind == .other {
      self.init(
        RunFailure(code: ZFSFailure.interrupted.rawValue, subject: subject, detail: result.errors),
        isTransient: true)
    } else {
      self.init(
        RunFailure(code: kind.rawValue, subject: subject, detail: result.errors),
        isTransient: kind.isTransient)
    }
  }

  /// Whether ZFS said that it cannot go on with this token, rather than that something broke.
  ///
  /// A receiver words a stream that begins elsewhere than its state ends as one that it is too old for.
  var refusesToResume: Bool {
    let refusals: [ZFSFailure] = [
      .tokenInvalid, .destinationHasSnapshots, .noMatchingBase, .featureMissing,
    ]
    return refusals.contains { $0.rawValue == failure.code }
  }

  init(_ error: StoreError) {
    self.init(
      RunFailure(
        code: "store.\(error.code.rawValue)", subject: error.subject, detail: error.detail),
      isTransient: false)
  }
}
