import ReplicationModel

/// Further lifetimes on one line: `weekly for 3 MONTH; 0 0 1 1 * for 10 YEAR`.
///
/// A schedule is `hourly`, `daily`, `weekly`, `monthly` or five cron fields, with a window of the
/// day behind it where it has one: `hourly 08:00-18:00 for 2 WEEK`.
enum LifetimesText {
  static func write(_ lifetimes: [ScheduledLifetime]) -> String {
    lifetimes.map { lifetime in
      let text = ScheduleText(lifetime.schedule)
      var words = [text.preset == .custom ? text.cron : text.preset?.rawValue ?? ""]
      if lifetime.schedule.hasWindow { words.append("\(text.begin)-\(text.end)") }
      words.append("for")
      words += [lifetime.lifetimeValue.map { "\($0)" }, lifetime.lifetimeUnit?.rawValue]
        .compactMap { $0 }
      return words.joined(separator: " ")
    }.joined(separator: "; ")
  }

  /// The lifetimes, and the first piece that is none.
  static func read(_ text: String) -> (values: [ScheduledLifetime], problem: String?) {
    var values: [ScheduledLifetime] = []
    for piece in text.split(separator: ";").map(String.init) {
      guard !piece.allSatisfy({ $0 == " " }) else { continue }
      guard let lifetime = lifetime(piece) else { return (values, ListText.trimmed(piece)) }
      values.append(lifetime)
    }
    return (values, nil)
  }

  private static func lifetime(_ text: String) -> ScheduledLifetime? {
    var words = text.split(separator: " ").map(String.init)
    guard let middle = words.lastIndex(of: "for"), words.count == middle + 3,
      let value = Int(words[middle + 1]),
      let unit = Lifetime.Unit(rawValue: words[middle + 2].uppercased())
    else { return nil }
    words.removeSubrange(middle...)
    var window: [String]?
    if let last = words.last, last.contains(":") {
      window = last.split(separator: "-").map(String.init)
      words.removeLast()
      guard window?.count == 2 else { return nil }
    }
    let cron = words.joined(separator: " ")
    let preset = WizardChoices.Preset(rawValue: cron)
    guard var schedule = preset?.schedule ?? Schedule(cron: cron) else { return nil }
    if let window {
      schedule.begin = window[0]
      schedule.end = window[1]
    }
    return ScheduledLifetime(schedule: schedule, lifetimeValue: value, lifetimeUnit: unit)
  }
}

extension Schedule {
  /// Whether it is for a part of the day only.
  var hasWindow: Bool { begin != "00:00" || end != "23:59" }
}
