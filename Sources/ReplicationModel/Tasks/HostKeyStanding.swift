/// What this user's and this system's `known_hosts` say of a host's key.
public enum HostKeyStanding: String, Hashable, Sendable {
  /// They do not name the host, or no key of this kind.
  case unknown
  /// They hold this very key.
  case same
  /// They hold another key of this kind: someone may be in between.
  case other
}
