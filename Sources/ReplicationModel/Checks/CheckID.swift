/// The checks of the list "Before you begin" and of `zferry doctor`, in the order they are shown:
/// the one place that names them. A raw value is the id in `doctor --json`.
public enum CheckID: String, CaseIterable, Hashable, Sendable {
  /// `zfs` on this system.
  case localZFS = "local_zfs"
  case keyFile = "key_file"
  case resolve
  case connect
  case banner
  case keyExchange = "key_exchange"
  case hostKey = "host_key"
  case login
  /// Whether the login shell runs what it is given, and says nothing else.
  case shell
  case home
  /// `zfs` on the other system.
  case remoteZFS = "remote_zfs"
  case sudo
  /// Whether the users of both sides may do with `zfs` what the task needs.
  case rights
  case clock
  /// Whether large packets get through, both ways.
  case transfer
  case sources
  case destination
  case readonly
  case space
  case features
  case tools
  /// Whether a connection for unencrypted data comes about.
  case link
  case snapshotTask = "snapshot_task"

  /// What it asks, in a few words.
  public var title: String {
    switch self {
    case .localZFS: "OpenZFS on this system"
    case .keyFile: "Private key"
    case .resolve: "Name of the host"
    case .connect: "Connection to the port"
    case .banner: "SSH answers"
    case .keyExchange: "Encryption in common"
    case .hostKey: "Key of the host"
    case .login: "SSH login with the key"
    case .shell: "Login shell"
    case .home: "Home directory"
    case .remoteZFS: "OpenZFS on the other system"
    case .sudo: "sudo without a password"
    case .rights: "Rights to use zfs"
    case .clock: "Clocks agree"
    case .transfer: "Large packets get through"
    case .sources: "Source datasets exist"
    case .destination: "Destination can be written"
    case .readonly: "Destination is read-only"
    case .space: "Room at the destination"
    case .features: "Pool features of both sides"
    case .tools: "Tools for compression"
    case .link: "Connection for the data"
    case .snapshotTask: "Snapshots are taken"
    }
  }

  /// The way to a shell on the other system: each of these needs all before it.
  public static let reaching: [CheckID] = [
    .keyFile, .resolve, .connect, .banner, .keyExchange, .hostKey, .login, .shell,
  ]

  /// Where one of these fails no run can succeed: a task is then saved only as disabled.
  public static let blocking: Set<CheckID> = Set(reaching + [.sudo, .rights])
}
