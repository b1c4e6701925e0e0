public import ReplicationModel

extension Schedule {
  /// Reads `minute hour day month weekday`, or nil where there are not five words.
  public init?(cron text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 5 else { return nil }
    self.init(minute: words[0], hour: words[1], dom: words[2], month: words[3], dow: words[4])
  }

  /// The five cron fields as one line.
  public var cron: String { [minute, hour, dom, month, dow].joined(separator: " ") }
}

extension WizardChoices {
  /// The schedule that was chosen, or nil where the typed one has not five fields.
  public var chosenSchedule: Schedule? {
    var schedule = preset.schedule ?? Schedule(cron: cron)
    if hasWindow {
      schedule?.begin = begin
      schedule?.end = end
    }
    return schedule
  }

  /// Whether a window of the day makes sense: not for what runs once a day at a fixed time.
  public var hasWindow: Bool {
    switch preset {
    case .hourly: true
    case .custom: Schedule(cron: cron).map { !$0.hour.allSatisfy(\.isNumber) } ?? false
    case .daily, .weekly, .monthly: false
    }
  }
}
