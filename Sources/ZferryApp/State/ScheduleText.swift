import ReplicationModel

/// A schedule as it is chosen and typed on the advanced screen.
struct ScheduleText: Hashable, Sendable {
  /// Nil where there is no schedule.
  var preset: WizardChoices.Preset?
  /// Five cron fields, for the preset `custom`.
  var cron = "0 0 * * *"
  /// The window of the day, `HH:MM`.
  var begin = "00:00"
  var end = "23:59"

  init(_ schedule: Schedule?) {
    guard let schedule else { return }
    begin = schedule.begin
    end = schedule.end
    preset = WizardChoices.Preset(schedule)
    if preset == .custom { cron = schedule.cron }
  }

  /// What was chosen, or nil. A text that has not five fields is kept as what the rules refuse, so
  /// that they say what is wrong with it.
  var schedule: Schedule? {
    guard let preset else { return nil }
    var schedule = preset.schedule ?? Self.fields(of: cron)
    schedule.begin = begin
    schedule.end = end
    return schedule
  }

  /// The schedule as a sentence; empty where there is none that can be read.
  var words: String {
    schedule.flatMap { try? Timetable($0) }.map(CronWords.words) ?? ""
  }

  private static func fields(of text: String) -> Schedule {
    var words = text.split(separator: " ", maxSplits: 4).map(String.init)
    while words.count < 5 { words.append("") }
    return Schedule(minute: words[0], hour: words[1], dom: words[2], month: words[3], dow: words[4])
  }
}
