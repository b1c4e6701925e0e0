internal import ReplicationModel
internal import ReplicationPlanner

/// A line of a crontab or a script that calls a program. No shell reads it: what a shell would put in
/// the place of a word is told.
struct ShellLine {
  /// The words after the program.
  let arguments: [String]
  /// Five cron fields at the start of the line; nil where there are none.
  let schedule: Schedule?

  /// Nil where the line calls none of these programs, or is a comment.
  init?(_ line: Substring, calling programs: Set<Substring>) {
    let words = Self.words(String(line))
    guard words.first?.hasPrefix("#") != true,
      let program = words.firstIndex(where: {
        $0.split(separator: "/").last.map(programs.contains) == true
      })
    else { return nil }
    arguments = Array(words[(program + 1)...])
    schedule = Self.schedule(words[..<program])
  }

  /// Whether a word begins what is the shell's, as a redirection.
  static func isShells(_ word: String) -> Bool {
    word.hasPrefix(">") || word.hasPrefix("2>") || "&|;".contains(word.prefix(1))
  }

  static let shellsWords = "what follows is the shell's."

  private static func schedule(_ words: ArraySlice<String>) -> Schedule? {
    if let first = words.first, let named = Schedule(cronName: first) { return named }
    guard words.count >= 5, let first = words.first else { return nil }
    let fields = Array(words.prefix(5))
    let schedule = Schedule(
      minute: first, hour: fields[1], dom: fields[2], month: fields[3], dow: fields[4])
    return (try? Timetable(schedule)) == nil ? nil : schedule
  }

  /// Words as a shell parts them, with quotes taken off.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + "\(character)"
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + "\(character)" }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + "\(character)"
      }
    }
    return words + [word].compactMap { $0 }
  }
}

extension Schedule {
  /// `@hourly` and its like, as cron has them.
  init?(cronName name: String) {
    switch name {
    case "@hourly": self = .hourly
    case "@daily", "@midnight": self = .daily
    case "@weekly": self = .weekly
    case "@monthly": self = .monthly
    case "@yearly", "@annually": self.init(minute: "0", hour: "0", dom: "1", month: "1")
    default: return nil
    }
  }

  /// The most rarely that something has to run so that no pause is longer than this; `isExact` where
  /// the pauses are as long as that.
  static func every(_ seconds: Int64) -> (schedule: Schedule, isExact: Bool) {
    let steps: [(seconds: Int64, schedule: Schedule)] =
      [(Lifetime.Unit.week.seconds, .weekly), (Lifetime.Unit.day.seconds, .daily)]
      + [12, 8, 6, 4, 3, 2].map { ($0 * 3_600, Schedule(minute: "0", hour: "*/\($0)")) }
      + [(3_600, .hourly)]
      + [30, 20, 15, 12, 10, 6, 5, 4, 3, 2].map { ($0 * 60, Schedule(minute: "*/\($0)")) }
    let fitting = steps.first { $0.seconds <= seconds } ?? (60, Schedule(minute: "*"))
    return (fitting.schedule, fitting.seconds == seconds)
  }
}
