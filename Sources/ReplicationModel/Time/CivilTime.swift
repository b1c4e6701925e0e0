/// A date and time as a calendar and a clock on the wall show it, without a zone.
public struct CivilTime: Hashable, Sendable {
  public var year: Int
  /// 1 to 12.
  public var month: Int
  /// 1 to 31.
  public var day: Int
  public var hour: Int
  public var minute: Int
  public var second: Int

  public init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// What a clock in `zone` shows at `instant`.
  public init(_ instant: Instant, in zone: Zone) {
    self.init(utc: instant.seconds + Int64(zone.offset(instant)))
  }

  /// The proleptic Gregorian date of a count of seconds since 1970.
  init(utc seconds: Int64) {
    let day = Int(Self.floorDivide(seconds, 86_400))
    let rest = Int(seconds - Int64(day) * 86_400)
    // Days since 0000-03-01, so that a leap day ends its year.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: ofYear - (153 * shiftedMonth + 2) / 5 + 1,
      hour: rest / 3_600, minute: rest / 60 % 60, second: rest % 60)
  }

  /// Seconds since 1970, were this the time in UTC.
  public var secondsAsUTC: Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let ofEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear
    let days = era * 146_097 + ofEra - 719_468
    return Int64(days) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
  }

  /// The moments at which a clock in `zone` shows this: none where it is skipped, two where it repeats.
  public func instants(in zone: Zone) -> [Instant] {
    let asUTC = secondsAsUTC
    let (before, at, after) = (
      zone.offset(Instant(asUTC - 86_400)), zone.offset(Instant(asUTC)),
      zone.offset(Instant(asUTC + 86_400))
    )
    // No clock changes near: nothing is skipped and nothing repeats.
    if before == at, at == after { return [Instant(asUTC - Int64(at))] }
    return Set([before, at, after]).map { Instant(asUTC - Int64($0)) }
      .filter { CivilTime($0, in: zone) == self }.sorted()
  }

  /// 0 is Sunday, 6 is Saturday.
  public var weekday: Int {
    let days = Int(Self.floorDivide(secondsAsUTC, 86_400))
    return ((days + 4) % 7 + 7) % 7
  }

  /// Whether there is such a day in the calendar.
  public var isValid: Bool {
    (1...12).contains(month) && (1...31).contains(day) && (0...23).contains(hour)
      && (0...59).contains(minute) && (0...59).contains(second)
      && (day <= 28 || CivilTime(utc: secondsAsUTC) == self)
  }

  /// The day after this one, at midnight.
  var nextDay: CivilTime {
    var midnight = self
    (midnight.hour, midnight.minute, midnight.second) = (0, 0, 0)
    return CivilTime(utc: midnight.secondsAsUTC + 86_400)
  }

  private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }
}
