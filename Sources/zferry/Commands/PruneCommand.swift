internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import TaskStore
internal import ZferryApp

/// `zferry prune TASK`: lets go what has outlived its time, or shows it, now or by a later day.
struct PruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Lets go of snapshots that have outlived their time.",
    discussion: """
      It looks at both sides, shows what goes, and asks; without a terminal it needs --yes. A run does \
      the same at its end. Nothing goes without a snapshot in common with the other side, and what the \
      next copy starts from, what is held, has a clone or is the newest of its schema stays.

      EXAMPLES
        zferry prune offsite --dry-run
        zferry prune offsite --yes
        zferry prune offsite --dry-run --on 2027-01-01 --outage 14
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Flag(help: "Only show it.") var dryRun = false
  @Flag(help: "Print it as JSON, with every snapshot.") var json = false
  @Flag(help: "Do not ask.") var yes = false
  @Flag(help: "Also where more than half would be lost at once.") var yesMany = false
  @Option(help: "With --dry-run: the day to look at, as 2027-01-01.") var on: String?
  @Option(help: "With --dry-run: the day to look at, from today.") var days: Int?
  @Option(help: "With --dry-run: days without a run to survive.") var outage = 7

  func validate() throws {
    if on != nil, days != nil { throw ValidationError("Give --on or --days, not both.") }
    if !dryRun, on != nil || days != nil {
      throw ValidationError("A later day can only be looked at: add --dry-run.")
    }
    let range = 0...RetentionQuestion.mostDays
    guard range.contains(days ?? 0), range.contains(outage) else {
      throw ValidationError("Days are a number from 0 to \(RetentionQuestion.mostDays).")
    }
  }

  func run() async throws {
    let place = Workplace(global)
    if dryRun { try await show(place) } else { try await prune(place) }
  }

  private func prune(_ place: Workplace) async throws {
    let ports = try await reporting {
      try global.requireChanging("prune")
      _ = try place.runnable(task)
      return try place.ports()
    }
    let teller = PruneTeller(task: task, json: json)
    let wish = PruneWish(task: task, allowsMany: yesMany)
    let isAccepted = yes || yesMany
    let summary = try await reporting {
      try await interruptible {
        try await ports.prune(
          wish, { plan in try Self.accept(plan, teller, isAccepted: isAccepted) },
          { teller.tell($0) })
      }
    }
    let status = teller.end(summary)
    if status != .done { throw status.code }
  }

  /// Shows what goes and asks; throws where nobody can be asked. Nothing to do is no question.
  private static func accept(_ plan: Plan, _ teller: PruneTeller, isAccepted: Bool) throws
    -> Bool
  {
    teller.show(plan)
    guard !plan.retention.pruned.isEmpty else { return false }
    return try accept(isAccepted: isAccepted)
  }

  /// Asks; throws where nobody can be asked, or says no.
  static func accept(isAccepted: Bool) throws -> Bool {
    if isAccepted { return true }
    guard Prompt.isPossible else {
      Report.trouble("Nothing was let go: there is no terminal to ask on. Add --yes.")
      throw ExitStatus.refused.code
    }
    guard Prompt.yes("Destroy these snapshots?") else {
      Report.trouble("Nothing was let go.")
      throw ExitStatus.stopped.code
    }
    return true
  }

  private func show(_ place: Workplace) async throws {
    let now = place.now
    let ahead = try on.map { try Self.days(to: $0, from: now, in: place.zone) } ?? days ?? 0
    let (question, outlook, plan) = try await reporting {
      let ports = try place.ports()
      let snapshotTasks = try place.store.snapshotTasks()
      var question = RetentionQuestion(
        order: try place.runnable(task), snapshotTasks: snapshotTasks, now: now, days: ahead,
        outageDays: outage)
      let (order, allowsMany) = (question.order, yesMany)
      let look = try await interruptible {
        try await ports.pruning(order, snapshotTasks, allowsMany)
      }
      question.pairs = look.pairs
      return (question, try await ports.outlook(question), look.plan)
    }
    if json {
      Report.line(
        JSONOutput.text(PruneJSON(question, outlook, plan, zone: place.zone)))
    } else {
      for line in PruneText.lines(plan) { Report.line(line) }
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
