internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import ZferryApp

/// `status --nagios`: one line with performance data, and the exit codes of a check, which are not those
/// of the other commands.
struct NagiosReport {
  /// From the best to the worst that is told; the raw value is the exit code.
  enum Grade: Int32 {
    case ok = 0
    case warning = 1
    case critical = 2
    case unknown = 3

    var word: String { "\(self)".uppercased() }
    /// What is known to be bad outweighs what is not known.
    var weight: Int { self == .critical ? 3 : self == .unknown ? 1 : self == .warning ? 2 : 0 }
  }
  let grade: Grade
  let line: String

  init(_ rows: [TaskStatus], warning: Int64?, critical: Int64?) {
    let counted = rows.filter(\.enabled) + rows.filter { !$0.enabled && $0.state == .hold }
    let graded = counted.map { (row: $0, grade: Self.grade($0, warning, critical)) }
    grade =
      counted.isEmpty
      ? .unknown : graded.map(\.grade).max { $0.weight < $1.weight } ?? .ok
    let bad = graded.filter { $0.grade != .ok }.sorted { $0.grade.weight > $1.grade.weight }
    var words = counted.isEmpty ? "no enabled task" : Amount.count(counted.count, "task")
    if let worst = counted.filter({ $0.lagSeconds != nil }).max(by: {
      ($0.lagSeconds ?? 0) < ($1.lagSeconds ?? 0)
    }), let lag = worst.lagSeconds {
      words += ", largest lag \(Amount.duration(Double(lag))) (\(Self.plain(worst.name)))"
    }
    for (row, _) in bad { words += "; \(Self.plain(row.name)) \(Self.why(row))" }
    let limits = "\(warning.map(String.init) ?? "");\(critical.map(String.init) ?? "");0"
    let data = counted.flatMap { row -> [String] in
      let name = Self.label(row.name)
      return [
        row.lagSeconds.map { "'\(name) lag'=\($0)s;\(limits)" },
        row.lagBytes.map { "'\(name) behind'=\($0)B;;;0" },
      ].compactMap { $0 }
    }
    line =
      "ZFERRY \(grade.word) - \(words)" + (data.isEmpty ? "" : " | \(data.joined(separator: " "))")
  }

  /// Prints the line and gives the exit code; what goes wrong on the way is UNKNOWN.
  static func tell(
    warning: Int64?, critical: Int64?, _ rows: () throws -> [TaskStatus]
  ) -> ExitCode {
    do {
      let report = NagiosReport(try rows(), warning: warning, critical: critical)
      Report.line(report.line)
      return ExitCode(report.grade.rawValue)
    } catch {
      let code = (error as? StoreError).map { "store.\($0.code.rawValue)" } ?? "system"
      let subject = (error as? StoreError)?.subject ?? ""
      let words = Words.explain(code: code, subject: subject, detail: "").message
      Report.line("ZFERRY UNKNOWN - \(plain(words))")
      return ExitCode(Grade.unknown.rawValue)
    }
  }

  private static func grade(_ row: TaskStatus, _ warning: Int64?, _ critical: Int64?) -> Grade {
    guard let lag = row.lagSeconds else { return row.state == .error ? .critical : .unknown }
    if let critical, lag >= critical { return .critical }
    if let warning, lag >= warning { return .warning }
    return [.error, .hold].contains(row.state) ? .warning : .ok
  }

  private static func why(_ row: TaskStatus) -> String {
    switch row.state {
    case .error, .hold, .waiting: row.state.rawValue
    default: row.lagSeconds.map { "lag \(Amount.duration(Double($0)))" } ?? "has no copy yet"
    }
  }

  /// A bar begins the performance data.
  private static func plain(_ text: String) -> String {
    String(Words.escaped(text).map { $0 == "|" ? "/" : $0 })
  }

  /// A label in quotes: one inside is doubled, and there is no way to write `=`.
  private static func label(_ name: String) -> String {
    plain(name).reduce(into: "") { label, character in
      label += character == "'" ? "''" : character == "=" ? "_" : String(character)
    }
  }
}

/// A lag, as `90m`, `2h`, `1d`, or in seconds.
struct LagLimit: ExpressibleByArgument {
  let seconds: Int64

  init?(argument: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    let unit = argument.last.flatMap { units[$0] }
    let digits = unit == nil ? argument[...] : argument.dropLast()
    guard let number = Int64(digits), number >= 0 else { return nil }
    let (seconds, overflows) = number.multipliedReportingOverflow(by: unit ?? 1)
    guard !overflows else { return nil }
    self.seconds = seconds
  }
}
