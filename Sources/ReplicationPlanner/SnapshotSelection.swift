public import ReplicationModel

/// Which snapshots of a source are replicated.
public enum SnapshotSelection: Hashable, Sendable {
  case all
  /// Those whose name parses with one of the schemas.
  case schemas([NamingSchema])
  /// Those whose whole name matches.
  case regex(String)
}
