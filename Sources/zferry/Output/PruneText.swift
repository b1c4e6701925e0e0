internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// A forecast of retention, for people: what each side holds and lets go, dataset by dataset.
enum PruneText {
  static func lines(
    _ question: RetentionQuestion, _ outlook: RetentionOutlook, zone: Zone
  ) -> [String] {
    let day = RunText.time(question.moment, zone: zone)
    var lines = ["On \(day), if a run began now and all went on as it is set up:"]
    for row in outlook.rows {
      lines.append("\(Words.escaped(row.source.text)) -> \(Words.escaped(row.target.text))")
      lines.append("  source  \(words(row.onSource))")
      lines.append("  copy    \(words(row.onTarget))")
      lines.append("  \(outageWords(row.outage, days: question.outageDays, zone: zone))")
    }
    if outlook.rows.isEmpty { lines.append("The task's sources are not there.") }
    return lines + ["Nothing was removed: this only looked."]
  }

  /// What goes and why the rest stays, for each side of a dataset that has a say.
  static func lines(_ plan: Plan) -> [String] {
    var lines = plan.undecided.map { "[!] " + Words.conflict($0).message }
    lines += plan.warnings.filter { $0.code.hasPrefix("prune.") }
      .map { "[!] " + Words.warning($0).text }
    return lines + self.lines(plan.retention)
  }

  /// The same of snapshots alone.
  static func lines(_ plan: RetentionPlan) -> [String] {
    var lines: [String] = []
    for share in plan.shares {
      if share.fates.contains(.goes) { lines.append("[!!] destroy \(Words.destroys(share))") }
      lines.append(
        "     \(Words.escaped(share.dataset.text)) on the \(share.side.words) keeps \(kept(share))")
    }
    return lines
  }

  private static func kept(_ share: RetentionPlan.Share) -> String {
    let reasons = RetentionPlan.Fate.allCases.filter { $0 != .goes }.compactMap { fate in
      let count = share.fates.count { $0 == fate }
      return count > 0 ? "\(count) (\(fate.words))" : nil
    }
    return reasons.isEmpty ? "none" : reasons.joined(separator: ", ")
  }

  /// What was destroyed.
  static func done(_ side: RetentionPlan.Side, _ dataset: DatasetName, _ names: [String]) -> String
  {
    "destroyed \(Amount.count(names.count, "snapshot")) of \(Words.escaped(dataset.text)) on the "
      + "\(side.words): \(Words.some(names))"
  }

  private static func words(_ side: RetentionOutlook.Side) -> String {
    var words = "holds \(side.now) now, \(side.then) then"
    guard side.goes > 0 else { return words + "; none goes" }
    words +=
      "; \(side.goes) go: "
      + side.next.map { "@" + Words.escaped($0.name) }
      .joined(separator: ", ")
    let more = side.goes - side.next.count
    return words + (more > 0 ? " and \(more) more" : "")
  }

  private static func outageWords(_ outage: OutageForecast, days: Int, zone: Zone) -> String {
    let after = "after \(Amount.count(days, "day")) without a run"
    if outage.hasBookmark { return "\(after): copying goes on, a bookmark keeps the place" }
    guard let base = outage.base else { return "\(after): nothing is on both sides yet" }
    let name = "@" + Words.escaped(base.name)
    let expires = outage.expires.map { RunText.time($0, zone: zone) }
    guard outage.survives else {
      return "[!] \(after): \(name) has outlived its time on \(expires ?? "the source");"
        + " if it is removed, all has to be sent anew"
    }
    return "\(after): copying goes on from \(name)"
      + (expires.map { ", kept until \($0)" } ?? ", which nothing here removes")
  }
}

/// `prune --dry-run --json`: one object; keys are only ever added.
struct PruneJSON: Encodable {
  struct Held: Encodable {
    var name: String
    var creation: Int64
    /// Null where it is yet to be taken.
    var guid: String?

    private enum Key: CodingKey { case name, creation, guid }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(name, forKey: .name)
      try container.encode(creation, forKey: .creation)
      try container.encode(guid, forKey: .guid)
    }
  }
  struct Outage: Encodable {
    var days: Int
    var base: Held?
    var expires: Int64?
    var bookmark: Bool
    var survives: Bool

    private enum Key: CodingKey { case days, base, expires, bookmark, survives }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(days, forKey: .days)
      try container.encode(base, forKey: .base)
      try container.encode(expires, forKey: .expires)
      try container.encode(bookmark, forKey: .bookmark)
      try container.encode(survives, forKey: .survives)
    }
  }
  struct Row: Encodable {
    var source: String
    var target: String
    var source_holds: [Held]
    var source_goes: [Held]
    var target_holds: [Held]
    var target_goes: [Held]
    var base: Held?
    var outage: Outage

    private enum Key: CodingKey {
      case source, target, source_holds, source_goes, target_holds, target_goes, base, outage
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(source, forKey: .source)
      try container.encode(target, forKey: .target)
      try container.encode(source_holds, forKey: .source_holds)
      try container.encode(source_goes, forKey: .source_goes)
      try container.encode(target_holds, forKey: .target_holds)
      try container.encode(target_goes, forKey: .target_goes)
      try container.encode(base, forKey: .base)
      try container.encode(outage, forKey: .outage)
    }
  }
  /// A snapshot that goes now, or stays, with the reason.
  struct Fate: Encodable {
    var side: String
    var dataset: String
    var name: String
    var guid: String
    var reason: String
  }
  var task: String
  /// The moment it is a forecast of, in seconds since 1970.
  var at: Int64
  var dry_run = true
  var datasets: [Row]
  /// What `prune` would destroy now, and what stays.
  var destroys: [Fate]
  var keeps: [Fate]

  init(
    _ question: RetentionQuestion, _ outlook: RetentionOutlook, _ plan: Plan?, zone: Zone
  ) {
    destroys = plan.map { Fate.all($0.retention) { $0 == .goes } } ?? []
    keeps = plan.map { Fate.all($0.retention) { $0 != .goes } } ?? []
    task = question.order.task.name
    at = question.moment.seconds
    datasets = zip(outlook.pairs, outlook.rows).map { pair, row in
      let forecast = question.forecast(of: pair, in: zone)
      return Row(
        source: row.source.text, target: row.target.text,
        source_holds: forecast.source.map { Held($0) },
        source_goes: RetentionOutlook.gone(pair.setup.source, forecast.source).map { Held($0) },
        target_holds: forecast.target.map { Held($0) },
        target_goes: RetentionOutlook.gone(pair.setup.target, forecast.target).map { Held($0) },
        base: row.base.map { Held($0) }, outage: Outage(row.outage, days: question.outageDays))
    }
  }
}

extension PruneJSON.Fate {
  static func all(
    _ plan: RetentionPlan, where isMeant: (RetentionPlan.Fate) -> Bool
  ) -> [Self] {
    plan.shares.flatMap { share in
      zip(share.snapshots, share.fates).filter { isMeant($1) }.map { snapshot, fate in
        Self(
          side: share.side.rawValue, dataset: share.dataset.text, name: snapshot.name,
          guid: "\(snapshot.guid.value)", reason: fate.rawValue)
      }
    }
  }
}

extension PruneJSON.Held {
  init(_ holding: RetentionForecast.Holding) {
    self.init(
      name: holding.name, creation: holding.creation.seconds,
      guid: holding.guid.map { "\($0.value)" })
  }
}

extension PruneJSON.Outage {
  init(_ outage: OutageForecast, days: Int) {
    self.init(
      days: days, base: outage.base.map { PruneJSON.Held($0) }, expires: outage.expires?.seconds,
      bookmark: outage.hasBookmark, survives: outage.survives)
  }
}
