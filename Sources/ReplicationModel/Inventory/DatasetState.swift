/// What one side told about one dataset, in the listing of this run.
public struct DatasetState: Hashable, Sendable {
  /// What a dataset is: ZFS tells it as `type`.
  public enum Kind: String, Sendable {
    case filesystem
    case volume
  }

  public var name: DatasetName
  public var kind: Kind
  public var guid: GUID
  /// By createtxg, oldest first.
  public var snapshots: [Snapshot]
  /// By createtxg, oldest first.
  public var bookmarks: [Bookmark]
  /// The token of a receive that was cut, which `zfs send -t` takes.
  public var resumeToken: String?
  public var isReadonly: Bool
  /// Where `readonly` comes from: set here, or inherited, or the default.
  public var readonlyIsLocal: Bool
  public var isEncrypted: Bool
  /// The dataset whose key this one uses; nil where not encrypted.
  public var encryptionRoot: String?
  /// Whether its key is there; true where it needs none.
  public var isKeyLoaded: Bool
  /// Where ZFS looks for the key of an encryption root, as `prompt` or `file:///path`.
  public var keyLocation: String?
  /// Bytes written since the newest snapshot; all bytes where there is none.
  public var written: UInt64
  /// Bytes that this dataset alone refers to.
  public var referenced: UInt64
  /// Bytes of it with its snapshots and children.
  public var used: UInt64
  /// Bytes that may still be written here.
  public var available: UInt64
  /// For a clone: the snapshot it came from, `dataset@name`.
  public var origin: String?
  /// Whether a filesystem holds no file at all; nil where nobody looked, or could not tell.
  public var isEmpty: Bool?
  /// When snapshots last came or went, as ZFS tells it, in seconds; nil where it was not asked, or
  /// does not say.
  public var snapshotsChanged: UInt64?

  public init(
    name: DatasetName, kind: Kind = .filesystem, guid: GUID, snapshots: [Snapshot] = [],
    bookmarks: [Bookmark] = [], resumeToken: String? = nil, isReadonly: Bool = false,
    readonlyIsLocal: Bool = false, isEncrypted: Bool = false, encryptionRoot: String? = nil,
    isKeyLoaded: Bool = true, keyLocation: String? = nil,
    written: UInt64 = 0, referenced: UInt64 = 0, used: UInt64 = 0, available: UInt64 = 0,
    origin: String? = nil, isEmpty: Bool? = nil
  ) {
    self.name = name
    self.kind = kind
    self.guid = guid
    self.snapshots = snapshots
    self.bookmarks = bookmarks
    self.resumeToken = resumeToken
    self.isReadonly = isReadonly
    self.readonlyIsLocal = readonlyIsLocal
    self.isEncrypted = isEncrypted
    self.encryptionRoot = encryptionRoot
    self.isKeyLoaded = isKeyLoaded
    self.keyLocation = keyLocation
    self.written = written
    self.referenced = referenced
    self.used = used
    self.available = available
    self.origin = origin
    self.isEmpty = isEmpty
  }
}
