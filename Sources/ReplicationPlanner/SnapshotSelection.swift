public import ReplicationModel

/// Which snapshots of a source are replicated.
public enum SnapshotSelection: Hashable, Sendable {
  case all
  /// Those whose name parses with one of the schemas.
  case schemas([NamingSchema])
  /// Those whose whole name matches.
  case regex(String)

  /// A test for names, compiled once. A regular expression that cannot be read selects nothing.
  public func matcher(zone: Zone) -> (String) -> Bool {
    switch self {
    case .all: return { _ in true }
    case .schemas(let schemas):
      return { name in schemas.contains { $0.instant(of: name, in: zone) != nil } }
    case .regex(let pattern):
      guard let regex = try? Regex(pattern) else { return { _ in false } }
      return { name in (try? regex.wholeMatch(in: name)) != nil }
    }
  }
}
