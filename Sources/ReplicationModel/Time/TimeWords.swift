/// The times of day of a schedule in words.
enum TimeWords {
  /// No minute of the day is in it.
  case never
  /// A few times: `00:00 and 12:30`.
  case times(String)
  /// A sentence of its own: `Every 15 minutes from 08:00 to 17:59`.
  case rhythm(String)

  /// `isEveryDay` says whether times may be told over midnight, from one day into the next.
  init(_ table: Timetable, isEveryDay: Bool) {
    let times = table.timesOfDay
    let steps = zip(times, times.dropFirst()).map { $1 - $0 }
    if times.isEmpty {
      self = .never
    } else if times.count <= 4, steps.min() ?? 60 >= 10 {
      self = .times(CronWords.list(times.map(CronWords.clock)))
    } else if let text = Self.steady(times, overMidnight: isEveryDay) {
      self = .rhythm(text)
    } else if times.count <= 6 {
      self = .times(CronWords.list(times.map(CronWords.clock)))
    } else {
      self = .rhythm(Self.grid(table, times))
    }
  }

  /// The same distance all along, or nil.
  private static func steady(_ times: [Int], overMidnight: Bool) -> String? {
    guard let first = times.first, let last = times.last, times.count > 2 else { return nil }
    var steps = zip(times, times.dropFirst()).map { $1 - $0 }
    let wrap = first + 1_440 - last
    if let step = steps.first, steps.allSatisfy({ $0 == step }) {
      if wrap == step { return wholeDay(first, step) }
      return "\(every(step)) from \(CronWords.clock(first)) to \(ending(last, step))"
    }
    // One longer gap, and it is not over midnight.
    guard overMidnight, let pause = steps.max(), let place = steps.firstIndex(of: pause) else {
      return nil
    }
    steps[place] = wrap
    guard pause > wrap, steps.allSatisfy({ $0 == wrap }) else { return nil }
    let begin = CronWords.clock(times[place + 1])
    return "\(every(wrap)) from \(begin), over midnight, to \(ending(times[place], wrap))"
  }

  private static func wholeDay(_ first: Int, _ step: Int) -> String {
    if step % 60 == 0 {
      let hours = step == 60 ? "every hour" : "every \(CronWords.ordinal(step / 60)) hour"
      let start = first < 60 ? "" : ", from \(CronWords.clock(first)) on"
      return first == 0 && step == 60
        ? "Every hour, on the hour" : "At minute \(first % 60) of \(hours)\(start)"
    }
    return first == 0 ? every(step) : "\(every(step)), from \(CronWords.clock(first)) on"
  }

  private static func every(_ step: Int) -> String {
    switch step {
    case 1: "Every minute"
    case 60: "Every hour"
    case _ where step % 60 == 0: "Every \(step / 60) hours"
    default: "Every \(step) minutes"
    }
  }

  /// What runs up to the end of an hour is told as if it ran up to its last minute.
  private static func ending(_ last: Int, _ step: Int) -> String {
    let end = last + step - 1
    return CronWords.clock(step < 60 && end % 60 == 59 ? end : last)
  }

  /// The fields one by one: which minutes of which hours, and within which window.
  private static func grid(_ table: Timetable, _ times: [Int]) -> String {
    let minutes = table.minute.values(of: .minute)
    let hours = table.hour.values(of: .hour)
    var text: String
    let step = minutes.count > 1 ? minutes[1] - minutes[0] : 60
    if minutes.count > 2, 60 % step == 0, minutes == Array(stride(from: 0, to: 60, by: step)) {
      text = every(step)
    } else {
      let names = minutes.count > 1 ? CronWords.names(minutes) { "\($0)" } : ["\(minutes[0])"]
      text = "At minute\(minutes.count > 1 ? "s" : "") \(CronWords.list(names))"
    }
    text += " of \(hourWords(hours))"
    guard times.count < minutes.count * hours.count else { return text }
    let windows =
      table.begin <= table.end
      ? [(table.begin, table.end)] : [(0, table.end), (table.begin, 1_439)]
    let list = windows.map { "from \(CronWords.clock($0.0)) to \(CronWords.clock($0.1))" }
    return "\(text), but only \(CronWords.list(list))"
  }

  private static func hourWords(_ hours: [Int]) -> String {
    if hours.count == 24 { return "every hour" }
    let step = hours.count > 1 ? hours[1] - hours[0] : 24
    if hours.count > 2, step > 1, 24 % step == 0, hours == Array(stride(from: 0, to: 24, by: step))
    {
      return "every \(CronWords.ordinal(step)) hour"
    }
    let rows = CronWords.rows(hours)
    if rows.allSatisfy({ $0.count == 1 }) {
      return "the hour\(hours.count > 1 ? "s" : "") \(CronWords.list(hours.map(String.init)))"
    }
    let spans = rows.map {
      "from \(CronWords.clock($0.lowerBound * 60)) to \(CronWords.clock($0.upperBound * 60 + 59))"
    }
    return "each hour \(CronWords.list(spans))"
  }
}
