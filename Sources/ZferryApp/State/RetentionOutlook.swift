public import ReplicationModel
public import ReplicationPlanner

/// A dataset of a task and its copy, as a forecast is made of them.
public struct KeptPair: Hashable, Sendable {
  public var source: DatasetName
  public var target: DatasetName
  public var setup: RetentionSetup

  public init(source: DatasetName, target: DatasetName, setup: RetentionSetup) {
    self.source = source
    self.target = target
    self.setup = setup
  }
}

/// What a forecast is asked for: the task, the day, and how long an outage it has to survive.
public struct RetentionQuestion: Hashable, Sendable {
  public var order: TaskOrder
  /// All that take and prune snapshots here.
  public var snapshotTasks: [SnapshotTask]
  /// Both sides as they were listed already; nil where they have to be looked at.
  public var pairs: [KeptPair]?
  public var now: Instant
  /// Days from now.
  public var days: Int
  /// Days in which no run gets through.
  public var outageDays: Int

  public init(
    order: TaskOrder, snapshotTasks: [SnapshotTask], pairs: [KeptPair]? = nil, now: Instant,
    days: Int, outageDays: Int
  ) {
    self.order = order
    self.snapshotTasks = snapshotTasks
    self.pairs = pairs
    self.now = now
    self.days = days
    self.outageDays = outageDays
  }

  /// The moment the forecast is of.
  public var moment: Instant { now + Int64(days) * 86_400 }

  /// The most days it looks ahead: ten years.
  public static let mostDays = 3_650

  /// What both sides will hold if a run begins now, and all goes on as it is set up.
  ///
  /// Slow where tens of thousands of snapshots come until then.
  public func forecast(of pair: KeptPair, in zone: Zone) -> RetentionForecast {
    pair.setup.forecast(at: moment, now: now, in: zone, runningNow: true)
  }

  /// One row of the answer; as slow as `forecast`.
  public func row(of pair: KeptPair, in zone: Zone) -> RetentionOutlook.Row {
    let forecast = forecast(of: pair, in: zone)
    return RetentionOutlook.Row(
      source: pair.source, target: pair.target,
      onSource: RetentionOutlook.Side(now: pair.setup.source, then: forecast.source),
      onTarget: RetentionOutlook.Side(now: pair.setup.target, then: forecast.target),
      base: forecast.base,
      outage: pair.setup.outage(days: outageDays, now: now, in: zone))
  }
}

/// What the datasets of a task will hold on a day, in numbers.
public struct RetentionOutlook: Hashable, Sendable {
  /// How many snapshots one side holds now and then, and which of those of now are gone by then.
  public struct Side: Hashable, Sendable {
    public var now: Int
    public var then: Int
    public var goes: Int
    /// The first of them, oldest first: at most `Side.told`.
    public var next: [RetentionForecast.Holding]

    static let told = 3

    init(now: [Snapshot], then: [RetentionForecast.Holding]) {
      let gone = RetentionOutlook.gone(now, then)
      self.now = now.count
      self.then = then.count
      goes = gone.count
      next = Array(gone.prefix(Self.told))
    }
  }
  /// A dataset with its copy.
  public struct Row: Hashable, Sendable {
    public var source: DatasetName
    public var target: DatasetName
    public var onSource: Side
    public var onTarget: Side
    /// The newest snapshot that both sides will hold; nil where there is none.
    public var base: RetentionForecast.Holding?
    public var outage: OutageForecast
  }

  /// Those of now that are not there then.
  public static func gone(
    _ now: [Snapshot], _ then: [RetentionForecast.Holding]
  ) -> [RetentionForecast.Holding] {
    let staying = Set(then.compactMap(\.guid))
    return now.filter { !staying.contains($0.guid) }.map(RetentionForecast.Holding.init)
  }

  /// What it was made of, so that another day needs no second look at both sides.
  public var pairs: [KeptPair]
  public var rows: [Row]

  public init(pairs: [KeptPair], rows: [Row]) {
    self.pairs = pairs
    self.rows = rows
  }
}

/// A snapshot of a forecast: which side has it then, and which lets it go until then.
public struct HeldSnapshot: Hashable, Sendable {
  /// What becomes of it on one side.
  public enum Fate: Hashable, Sendable {
    /// It is there on the day.
    case stays
    /// It is there now, and not any more on the day.
    case goes
    /// It is there neither now nor then.
    case none
  }
  /// The part after `@`.
  public var name: String
  public var creation: Instant
  public var onSource: Fate
  public var onTarget: Fate
  /// Whether it is the newest that both sides hold on the day.
  public var isBase: Bool

  /// All of a pair that are there now or on the day, oldest first.
  public static func all(of pair: KeptPair, _ forecast: RetentionForecast) -> [HeldSnapshot] {
    struct Key: Hashable {
      var name: String
      var guid: GUID?
    }
    var found: [Key: HeldSnapshot] = [:]
    func note(
      _ holding: RetentionForecast.Holding, _ fate: Fate, _ side: WritableKeyPath<Self, Fate>
    ) {
      let key = Key(name: holding.name, guid: holding.guid)
      let new = HeldSnapshot(
        name: holding.name, creation: holding.creation, onSource: .none, onTarget: .none,
        isBase: holding == forecast.base)
      found[key, default: new][keyPath: side] = fate
    }
    for snapshot in pair.setup.source { note(.init(snapshot), .goes, \.onSource) }
    for snapshot in pair.setup.target { note(.init(snapshot), .goes, \.onTarget) }
    for holding in forecast.source { note(holding, .stays, \.onSource) }
    for holding in forecast.target { note(holding, .stays, \.onTarget) }
    return found.values.sorted { ($0.creation, $0.name) < ($1.creation, $1.name) }
  }
}
