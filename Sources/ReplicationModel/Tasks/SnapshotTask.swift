/// A periodic snapshot task (engine.md 1.3): what is snapshotted when, under which name, for how long.
public struct SnapshotTask: Hashable, Sendable {
  public var name = ""
  public var dataset = ""
  public var recursive = false
  public var exclude: [String] = []
  public var lifetimeValue = 2
  public var lifetimeUnit = Lifetime.Unit.week
  public var namingSchema = "auto-%Y-%m-%d_%H-%M"
  public var schedule = Schedule()
  public var allowEmpty = true
  public var enabled = true

  public init() {}
}
