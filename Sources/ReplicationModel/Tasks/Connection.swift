/// How a host is reached over SSH: one file `connections/NAME.yaml`.
public struct Connection: Hashable, Sendable {
  public var name = ""
  public var host = ""
  public var port = 22
  public var username = "root"
  /// The name of a key pair: `keys/NAME` and `keys/NAME.pub`.
  public var key = ""
  /// Lines `algorithm base64`, each shown to a person and accepted by one.
  public var hostKey: [String] = []
  /// Seconds.
  public var connectTimeout = 10
  /// Whether `zfs` is run through `sudo -n` there.
  public var sudo = false

  /// Over how many connections one stream goes at the most: standard input, and the descriptors of one
  /// digit that POSIX lets a script open on the other side.
  public static let mostForOneStream = 8
  /// The most that all streams of a run may have together.
  public static let mostForOneRun = 64

  public init() {}
}
