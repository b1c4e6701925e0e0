import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore

@testable import ZferryApp

/// One state of every screen, by name: what the goldens draw and the lint reads.
enum Gallery {
  static var states: [(name: String, state: AppState)] {
    var all: [(String, AppState)] = []
    func add(_ name: String, _ session: Session) { all.append((name, session.state)) }

    var session = Session()
    add("source-empty", session)
    session.choose("source_location", 1)
    session.push("next")
    add("source-missing", session)
    session.tab(to: "recursive")
    session.press(.character("?"))
    add("help-field", session)
    session.press(.escape)
    session.push("source_datasets")
    session.row("tank")
    session.press(.right, .down, .space)
    add("browser-sources", session)
    session.press(.character("/"))
    session.type("ho")
    add("browser-filter", session)
    session.press(.escape)
    session.push("browser.use")
    add("source", session)
    session.push("next")
    session.choose("destination_location", 1)
    session.push("target_dataset")
    session.press(.space, .character("n"))
    session.type("site-a")
    add("browser-destination", session)
    session.push("browser.use")
    add("destination", session)
    session.push("next")
    add("schedule", session)
    session.push("schedule")
    session.choose("schedule.preset", 3)
    add("schedule-editor", session)
    session.push("schedule.calendar")
    add("calendar", session)
    session.press(.escape, .escape)
    session.push("next")
    add("review", session)
    session.push("commands")
    add("commands", session)
    session.press(.escape, .function(1))
    add("help", session)
    session.push("help.glossary")
    add("glossary", session)
    session.press(.escape, .escape)
    session.world.silent = ["startRun"]
    session.push("save_and_run")
    add("run-begins", session)
    all += runs(session)

    all += pairing
    all += managed
    all += imports
    all += looks
    return all + AdvancedGallery.states
  }

  private static func runs(_ started: Session) -> [(String, AppState)] {
    var session = started
    guard let id = session.state.run.request, let task = session.world.library.tasks.first else {
      return []
    }
    let plan = session.world.preview(TaskOrder(task: task)).plan
    var all: [(String, AppState)] = []
    for news: RunNews in [
      .planned(plan), .stepStarted(index: 0, of: 1, plan.steps[0]),
      .progress(index: 0, bytes: 300 << 20, total: 1 << 30, rate: 85 * 1024 * 1024, etaSeconds: 9),
    ] {
      _ = update(&session.state, .reply(id, .run(news)))
    }
    all.append(("run", session.state))
    session.push("run.cancel")
    all.append(("run-cancel", session.state))
    session.press(.escape)
    let result = RunResult(outcome: "done", sentBytes: 1 << 30, snapshots: 12, seconds: 14)
    _ = update(&session.state, .reply(id, .run(.stepFinished(index: 0, bytes: 1 << 30))))
    _ = update(&session.state, .reply(id, .run(.finished(result))))
    all.append(("run-done", session.state))
    session.push("run.done")
    all.append(("tasks", session.state))
    return all
  }

  private static var pairing: [(String, AppState)] {
    var all: [(String, AppState)] = []
    var world = FakeWorld()
    world.failing["scanHostKey"] = Failure("connect.refused", subject: "vault.lan:22")
    var session = Session.atPairing(world)
    all.append(("pairing-form", session.state))
    session.push("pair.scan")
    all.append(("pairing-refused", session.state))
    session.push("pair.scan")
    all.append(("pairing-confirm", session.state))
    session.push("pair.trust")
    session.type("secret")
    all.append(("pairing-password", session.state))
    var byHand = session
    byHand.push("pair.by_hand")
    all.append(("pairing-by-hand", byHand.state))
    session.push("pair.install")
    all.append(("pairing-proved", session.state))
    session.push("pair.done")
    all.append(("source-remote", session.state))
    session.push("source_connection")
    all.append(("connections", session.state))
    session.press(.escape)
    _ = session.state.enter(.connection)
    session.push("test")
    all.append(("connection", session.state))
    session.press(.ctrl("c"))
    all.append(("quit", session.state))
    return all
  }

  /// A stored task whose copy went its own way.
  private static var looks: [(String, AppState)] {
    var all: [(String, AppState)] = []
    var world = FakeWorld()
    var task = TaskDraft()
    task.name = "offsite"
    task.transport = .local
    task.sourceDatasets = ["tank/data"]
    task.targetDataset = "backup/data"
    task.alsoIncludeNamingSchema = [WizardChoices.defaultSchema]
    world.library.tasks = [task]
    var session = Session(world: world)
    session.play(session.state.openPlan(of: "offsite"))
    all.append(("plan", session.state))
    session.world.conflicts = [FakeWorld.diverged]
    session.push("plan.again")
    all.append(("plan-conflict", session.state))
    session.push("plan.conflicts")
    all.append(("conflict", session.state))
    session.push("conflict.rollback")
    all.append(("conflict-rollback", session.state))
    session.press(.escape, .escape, .escape)
    session.world.conflicts = []
    session.play(session.state.openRestore(of: "offsite"))
    all.append(("restore", session.state))
    session.push("restore.review")
    all.append(("restore-review", session.state))
    session.press(.escape, .escape)
    var connection = Connection()
    connection.name = "vault"
    connection.host = "vault.lan"
    connection.username = "replica"
    session.world.checks = [
      .rights: .doubtful(.rights, "check.rights", subject: "replica@vault.lan"),
      .destination: .bad(
        .destination, "check.pool_missing", subject: "replica@vault.lan", detail: "backup"),
    ]
    task.transport = .ssh
    task.connection = connection.name
    let question = CheckQuestion(TaskOrder(task: task, connection: connection))
    session.play(session.state.openCheckup(question))
    for _ in 0..<(question.checks.firstIndex(of: .rights) ?? 0) { session.press(.ctrl("n")) }
    all.append(("before", session.state))
    return all
  }
}
