/// The fields of a connection; a raw value is the field's name in its file.
public enum ConnectionField: String, CaseIterable, Sendable {
  case name
  case host
  case port
  case username
  case key
  case hostKey = "host_key"
  case connectTimeout = "connect_timeout"
  case sudo

  /// What people call it: the words on the screens (ui.md).
  public var label: String {
    switch self {
    case .name: "Connection Name"
    case .host: "Host"
    case .port: "Port"
    case .username: "Username"
    case .key: "Private Key"
    case .hostKey: "Remote Host Key"
    case .connectTimeout: "Connect Timeout"
    case .sudo: "Use Sudo For ZFS Commands"
    }
  }

  /// What it is for, in one line of at most 76 characters.
  public var help: String {
    switch self {
    case .name: "The name of the connection, which is also that of its file."
    case .host: "The other system's name or address."
    case .port: "The port its sshd listens on; mostly 22."
    case .username: "The user to log in as."
    case .key: "The name of the key pair to log in with."
    case .hostKey: "The keys that prove it is the right system, as type and base64."
    case .connectTimeout: "How many seconds to wait for the system to answer."
    case .sudo: "Runs zfs through sudo there."
    }
  }
}
