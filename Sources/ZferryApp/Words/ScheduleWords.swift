public import ReplicationModel

extension Schedule {
  /// `Every day at 02:30`; the five fields where they cannot be read.
  public var words: String { Words.escaped(CronWords.words(self) ?? "cron \(cron)") }
}

extension Lifetime {
  /// `2 weeks`.
  var words: String { Amount.count(value, unit.rawValue.lowercased()) }
}

extension SnapshotTask {
  /// How long a snapshot stays, as `2 weeks`.
  public var lifetimeWords: String { Lifetime(lifetimeValue, lifetimeUnit).words }
}
