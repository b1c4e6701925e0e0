internal import AppRuntime
internal import ArgumentParser
internal import ReplicationModel
internal import ReplicationPlanner
internal import TaskStore
internal import ZferryApp

/// `zferry prune TASK --dry-run`: which snapshots the lifetimes let go, now or by a later day.
struct PruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Shows which snapshots each side will hold, and which go.",
    discussion: """
      It looks at both sides and removes nothing: this version of zferry does not prune yet, so it \
      needs --dry-run. What it shows is reckoned as if a run began now, and all went on as it is set up.

      EXAMPLES
        zferry prune offsite --dry-run
        zferry prune offsite --dry-run --on 2027-01-01 --outage 14
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Flag(help: "Only show it. Needed: nothing else is there yet.") var dryRun = false
  @Flag(help: "Print it as JSON, with every snapshot.") var json = false
  @Option(help: "The day to look at, as 2027-01-01.") var on: String?
  @Option(help: "The day to look at, counted from today.") var days: Int?
  @Option(help: "Days without a run that the copy has to survive.") var outage = 7

  func validate() throws {
    if on != nil, days != nil { throw ValidationError("Give --on or --days, not both.") }
    let range = 0...RetentionQuestion.mostDays
    guard range.contains(days ?? 0), range.contains(outage) else {
      throw ValidationError("Days are a number from 0 to \(RetentionQuestion.mostDays).")
    }
  }

  func run() async throws {
    guard dryRun else {
      Report.trouble("zferry does not prune yet, so it removes nothing.")
      Report.trouble("Add --dry-run to see which snapshots the lifetimes let go.")
      throw ExitStatus.refused.code
    }
    let place = Workplace(global)
    let now = place.now
    let ahead = try on.map { try Self.days(to: $0, from: now, in: place.zone) } ?? days ?? 0
    let (question, outlook) = try await reporting {
      let ports = try place.ports()
      let question = RetentionQuestion(
        order: try place.runnable(task), snapshotTasks: try place.store.snapshotTasks(), now: now,
        days: ahead, outageDays: outage)
      return (question, try await interruptible { try await ports.outlook(question) })
    }
    if json {
      Report.line(JSONOutput.text(PruneJSON(question, outlook, zone: place.zone)))
    } else {
      for line in PruneText.lines(question, outlook, zone: place.zone) { Report.line(line) }
    }
  }

  /// Days from today to a date; the same time of the day is looked at.
  private static func days(to text: String, from now: Instant, in zone: Zone) throws -> Int {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    let today = CivilTime(now, in: zone)
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (1970...9_999).contains(year), CivilTime(year: year, month: month, day: day).isValid
    else { throw ValidationError("--on needs a date, as 2027-01-01.") }
    let from = CivilTime(year: today.year, month: today.month, day: today.day).secondsAsUTC
    let days = (CivilTime(year: year, month: month, day: day).secondsAsUTC - from) / 86_400
    guard (0...Int64(RetentionQuestion.mostDays)).contains(days) else {
      throw ValidationError("--on needs a date from today on, ten years ahead at most.")
    }
    return Int(days)
  }
}
