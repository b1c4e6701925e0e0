public import ReplicationModel

/// Which snapshots of a source are replicated.
public enum SnapshotSelection: Hashable, Sendable {
  case all
  /// Those whose name parses with one of the schemas, to a minute that all timetables match.
  case schemas([NamingSchema], at: [Timetable] = [])
  /// Those whose whole name matches.
  case regex(String)

  /// A test for names, compiled once. A regular expression that cannot be read selects nothing.
  public func matcher(zone: Zone) -> (String) -> Bool {
    switch self {
    case .all: return { _ in true }
    case .schemas(let schemas, let timetables):
      return { name in
        schemas.contains { schema in
          guard let time = schema.instant(of: name, in: zone) else { return false }
          return timetables.allSatisfy { $0.matches(time, in: zone) }
        }
      }
    case .regex(let pattern):
      guard let regex = try? NameRegex(pattern) else { return { _ in false } }
      return { name in regex.matches(name) }
    }
  }
}
