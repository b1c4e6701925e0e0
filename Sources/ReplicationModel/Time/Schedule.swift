/// When something runs: five cron fields and a window of the day, in TrueNAS' names (engine.md 1.2).
///
/// The texts are kept as they were typed; `CronFields(self)` reads them, and a rule reports what
/// cannot be read.
public struct Schedule: Hashable, Sendable {
  public var minute: String
  public var hour: String
  public var dom: String
  public var month: String
  public var dow: String
  /// `HH:MM`, inclusive.
  public var begin: String
  /// `HH:MM`, inclusive.
  public var end: String

  public init(
    minute: String = "00", hour: String = "*", dom: String = "*", month: String = "*",
    dow: String = "*", begin: String = "00:00", end: String = "23:59"
  ) {
    self.minute = minute
    self.hour = hour
    self.dom = dom
    self.month = month
    self.dow = dow
    self.begin = begin
    self.end = end
  }

  public static let hourly = Schedule(minute: "0")
  public static let daily = Schedule(minute: "0", hour: "0")
  public static let weekly = Schedule(minute: "0", hour: "0", dow: "sun")
  public static let monthly = Schedule(minute: "0", hour: "0", dom: "1")
}
