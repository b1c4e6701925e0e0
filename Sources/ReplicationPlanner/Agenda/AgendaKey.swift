/// What has a turn of its own: a snapshot task or a replication task, by name.
public struct AgendaKey: Hashable, Sendable, Comparable {
  /// Which of the two it names; the raw values are kept in the history.
  public enum Kind: String, CaseIterable, Sendable {
    case snapshot
    case replication
  }
  public var kind: Kind
  public var name: String

  public init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  public static func snapshot(_ name: String) -> AgendaKey { AgendaKey(.snapshot, name) }
  public static func replication(_ name: String) -> AgendaKey { AgendaKey(.replication, name) }

  public static func < (a: AgendaKey, b: AgendaKey) -> Bool {
    (a.kind.rawValue, a.name) < (b.kind.rawValue, b.name)
  }
}
