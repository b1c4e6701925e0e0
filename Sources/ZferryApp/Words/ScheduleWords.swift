public import ReplicationModel

extension Schedule {
  /// When it comes, in plain English; its five fields where they cannot be read.
  public var words: String { CronWords.words(self) ?? "cron \(Words.escaped(cron))" }
}

extension Lifetime {
  /// `2 weeks`.
  var words: String { Amount.count(value, unit.rawValue.lowercased()) }
}

extension SnapshotTask {
  /// How long a snapshot stays, as `2 weeks`.
  public var lifetimeWords: String { Lifetime(lifetimeValue, lifetimeUnit).words }
}
