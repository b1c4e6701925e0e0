public import ReplicationModel

/// How a target is encrypted when it is made (engine.md 3.7).
public enum TargetEncryption: Hashable, Sendable {
  /// As its source is.
  case asSource
  /// As the dataset above it is.
  case inherited
  /// With a key of its own.
  case own(DatasetKey)
}

/// The key of an encrypted target.
public struct DatasetKey: Hashable, Sendable {
  public var format: TaskDraft.KeyFormat
  /// Nil where none is kept, as before a task is saved: then nothing can be made with it.
  public var secret: Secret?
  /// The file there that keeps it; nil where only zferry does.
  public var location: String?

  public init(format: TaskDraft.KeyFormat, secret: Secret?, location: String? = nil) {
    self.format = format
    self.secret = secret
    self.location = location
  }

  /// As a file or standard input has it: its last byte is a newline.
  var line: Secret? { secret.map { Secret($0.revealed + "\n") } }
}

/// A key that has to be in a file of the target while datasets are made with it: `receive` has its
/// stream on standard input, and so cannot ask for it.
public struct KeyDelivery: Hashable, Sendable {
  public var key: DatasetKey
  /// Where the file is.
  public var path: String
  /// Datasets that are made with it, or were by a run that was cut.
  public var roots: [DatasetName]
  /// Whether any of them is still to be made.
  public var isNeeded: Bool

  /// Whether the file goes once the datasets are there.
  public var isTemporary: Bool { key.location == nil }

  /// Writes the file, for its owner only. What is there already stays: status 3 where that is not this
  /// key. The key comes by standard input, its last byte a newline, so that half a key is known as such.
  public var write: Command {
    var command = Command("sh", ["-c", isTemporary ? Self.dropped : Self.kept, "sh", path])
    command.input = key.line
    return command
  }

  /// Takes the file away again; nil where it is to stay.
  public var remove: Command? {
    isTemporary ? Command("sh", ["-c", Self.removing, "sh", path]) : nil
  }

  /// What tells the datasets that their key is in no file.
  public var settle: [Command] {
    isTemporary ? roots.map { .zfs("set", "keylocation=prompt", $0.text) } : []
  }

  /// What every script of a key's file begins with, and how it goes on once the folder is there.
  private static let folder = "umask 077; d=${1%/*}; "
  private static let file =
    "if [ -e \"$1\" ]; then cmp -s - \"$1\" || exit 3; exit 0; fi; rm -f \"$1.new\"; set -C; "
    + "cat > \"$1.new\" && [ \"$(tail -c 1 \"$1.new\" | wc -l)\" -eq 1 ] && mv \"$1.new\" \"$1\""

  static let kept = folder + "mkdir -p \"${d:-/}\" || exit 4; " + file
  /// A folder of this name that is another user's, or leads elsewhere, is not written to.
  static let dropped =
    folder + "mkdir \"$d\" 2>/dev/null; [ -h \"$d\" ] && exit 4; [ -O \"$d\" ] || exit 4; " + file
  static let removing = folder + "rm -f \"$1\" \"$1.new\"; [ -d \"$d\" ] || exit 0; rmdir \"$d\""
  static let scripts = [kept, dropped, removing]

  /// Where a key lies that is in a file only for as long as it is needed. The source's GUID tells two
  /// hosts apart whose tasks have the same name.
  static func drop(task: String, target: DatasetName, source: GUID) -> String {
    "\(drop(task: task, target: target))\(Hexadecimal.text(source.value, 16))/key"
  }

  /// What such a path begins with, whatever the source.
  static func drop(task: String, target: DatasetName) -> String {
    "/tmp/zferry-key-\(BaseBookmark.hash(task: task, target: target))-"
  }
}

/// The key of an encryption root that is loaded, so that its copies can be added to.
public struct Unlocking: Hashable, Sendable {
  public var root: DatasetName
  public var key: DatasetKey

  /// Loads it; the key comes by standard input.
  public var command: Command {
    var command = Command.zfs("load-key", "-L", "prompt", root.text)
    command.input = key.line
    return command
  }
}

extension TargetEncryption {
  /// What a draft asks for; nil where it lacks what `TaskRules` reports.
  init?(_ draft: TaskDraft) {
    guard draft.encryption else {
      self = .asSource
      return
    }
    if draft.encryptionInherit == true {
      self = .inherited
      return
    }
    guard let format = draft.encryptionKeyFormat else { return nil }
    self = .own(DatasetKey(format: format, secret: draft.encryptionKey, location: draft.keyFile))
  }
}
