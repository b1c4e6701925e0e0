import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Tasks, their pages, and what runs.
@Suite struct TaskScreenTests {
  @Test func `the list says how each task is, and the line below where it copies`() {
    var session = Session.managed()
    let list = session.screen.list("tasks.list")
    #expect(
      list?.rows.map(\.detail) == [
        "has not run yet, disabled", "finished 2 h ago, lag 2 h, next in 22 h",
        "failed 5 min ago, lag 1 d, next in 55 min",
      ])
    #expect(list?.rows.map(\.tone) == [.dim, .plain, .error])
    #expect(session.screen.status.text == "Local: tank/home -> backup/home")
    session.press(.down)
    #expect(session.screen.status.text == "Push: tank/data, tank/home -> backup/site-a on vault")
    session.press(.down)
    #expect(session.screen.status.text == "Pull: pool/www on vault -> tank/www")
  }

  @Test func `a task's page says what it is, and why it failed`() {
    var session = Session.managed()
    session.open(row: 1)
    for words in [
      "State: finished", "Last run: 2026-11-24", "Lag: 2 h 0 min", "Transport: SSH",
      "Sources: tank/data, tank/home", "Schedule: after its snapshot tasks: tank-data-daily",
      "Copies are kept: 6 months", "Recursive: yes",
    ] {
      #expect(session.words.contains(words), "\(words) in \(session.words)")
    }
    session.press(.escape)
    session.open(row: 2)
    #expect(session.words.contains("[ECONNREFUSED] 203.0.113.9, port 22"))
    #expect(session.words.contains("Start sshd there"))
  }

  @Test func `a task is disabled and enabled, and the list is read again`() {
    var session = Session.managed()
    session.open(row: 1)
    session.push("task.switch")
    #expect(session.world.library.task("offsite")?.enabled == false)
    #expect(session.screen.status.text.contains("is disabled"))
    #expect(session.screen.action("task.switch")?.title == "Enable")
    session.push("task.switch")
    #expect(session.world.library.task("offsite")?.enabled == true)
  }

  @Test func `a task is paused and resumed; what is paused is not run`() {
    var session = Session.managed()
    session.open(row: 1)
    session.push("task.pause")
    #expect(session.screen.status.text.contains("is paused"))
    #expect(session.screen.action("task.pause")?.title == "Resume")
    #expect(
      session.screen.action("task.run")?.enabled == .no(reason: "It is paused. Resume it first."))
    #expect(session.words.contains("[EBUSY] offsite is paused"))
    session.push("task.pause")
    #expect(session.screen.action("task.run")?.enabled == .yes)
  }

  @Test func `a run of another process is followed and stopped`() {
    var session = Session.managed()
    session.world.library.facts["offsite"]?.state = .running
    session.world.library.facts["offsite"]?.progress = ToldProgress(
      bytes: 21, total: 50, rate: 1_048_576, etaSeconds: nil)
    session.open(row: 1)
    session.push("task.switch")
    #expect(session.words.contains("running, 42 %, 1.0 MiB/s"), "\(session.words)")
    session.push("task.stop")
    #expect(session.screen.status.text.contains("was asked to stop"))
    #expect(session.screen.action("task.run")?.enabled == .yes)
  }

  @Test func `deleting asks for the name, and says what stays`() {
    var session = Session.managed()
    session.open(row: 1)
    session.push("task.delete")
    #expect(session.words.contains("All snapshots stay"))
    session.push("question.go")
    #expect(session.screen.dialog != nil, "the name was not typed")
    session.tab(to: "question.typed")
    session.type("offsite")
    session.push("question.go")
    #expect(session.world.library.task("offsite") == nil)
    #expect(session.screen.id == "tasks")
    #expect(session.screen.status.text == "offsite is deleted.")
  }

  @Test func `a failed change says why, and changes no screen`() {
    var session = Session.managed()
    session.world.failing["change"] = Failure("store.permission", subject: "tasks/offsite.yaml")
    session.open(row: 1)
    session.push("task.switch")
    #expect(session.screen.id == "task")
    #expect(session.screen.status.text.contains("[EACCES] tasks/offsite.yaml"))
    session.push("task.switch")
    #expect(session.world.library.task("offsite")?.enabled == false, "it can be tried again")
  }

  @Test func `an export asks before it replaces a file`() {
    var session = Session.managed { $0.files = ["offsite.yaml"] }
    session.open(row: 1)
    session.push("task.export")
    session.push("entry.go")
    #expect(session.screen.dialog?.title == "Replace the file?")
    session.press(.enter)
    #expect(session.screen.id == "entry", "what was typed stays")
    session.push("entry.go")
    session.push("question.go")
    #expect(session.screen.id == "task")
    let orders = session.effects.compactMap { effect -> WriteOut? in
      if case .writeOut(_, let order) = effect { order } else { nil }
    }
    #expect(orders.map(\.replaces) == [false, false, true])
    #expect(orders.last?.content == .task("offsite"))
  }

  @Test func `a run is started from the page, watched, and left where it was begun`() {
    var session = Session.managed { $0.silent = ["startRun"] }
    session.open(row: 1)
    session.push("task.run")
    #expect(session.screen.id == "run")
    guard let id = session.state.run.request else { return }
    let news = RunNews.progress(
      index: 0, bytes: 42, total: 100, rate: 85 * 1024 * 1024, etaSeconds: nil)
    _ = update(&session.state, .reply(id, .run(news)))
    session.press(.escape)
    session.push("question.go")
    #expect(session.screen.id == "task")
    #expect(session.words.contains("State: running, 42 %, 85.0 MiB/s"))
    #expect(session.screen.action("task.watch") != nil)
    if case .yes? = session.screen.action("task.delete")?.enabled {
      Issue.record("a task that runs can be deleted")
    }
    session.press(.escape)
    #expect(session.screen.list("tasks.list")?.rows[1].detail == "running, 42 %, 85.0 MiB/s")
  }

  @Test func `what another process runs is looked at every five seconds, and only then`() {
    var session = Session.managed { world in
      world.library.facts["www"] = TaskFacts(state: .running, lastRun: FakeWorld.now + -120)
    }
    #expect(session.screen.list("tasks.list")?.rows[2].detail == "running for 2 min")
    #expect(session.state.wantsClock)
    let loads = { session.effects.count { $0.name == "load" } }
    let before = loads()
    session.play(update(&session.state, .time(FakeWorld.now + 4)))
    #expect(loads() == before)
    session.play(update(&session.state, .time(FakeWorld.now + 5)))
    #expect(loads() == before + 1)
    session.play(update(&session.state, .time(FakeWorld.now + 6)))
    #expect(loads() == before + 1)
    session.push("tasks.keys")
    #expect(!session.state.wantsClock, "nothing that runs is shown")
    session.play(update(&session.state, .time(FakeWorld.now + 60)))
    #expect(loads() == before + 1)
  }

  @Test func `the checklist is there for someone new, and for the task whose plan is shown`() {
    var session = Session.managed()
    session.open(row: 1)
    session.push("task.plan")
    session.push("plan.check")
    #expect(session.screen.id == "before")
    #expect(
      session.state.checkup?.question == session.state.planLook.map { CheckQuestion($0.order) })
    session.press(.escape)
    #expect(session.screen.id == "plan")
    var empty = Session()
    empty.press(.escape)
    empty.push("tasks.before")
    #expect(empty.state.checkup?.question == CheckQuestion())
  }

  @Test func `its page leads to its plan, to a restore, and to all its options`() {
    for (id, screen) in [
      ("task.plan", "plan"), ("task.restore", "restore"), ("task.edit", "advanced"),
    ] {
      var session = Session.managed()
      session.open(row: 1)
      session.push(FocusID(id))
      #expect(session.screen.id == screen, "\(id)")
      session.press(.escape)
      #expect(session.screen.id == "task", "Esc from \(screen) leads back")
    }
  }

  @Test func `a task that is gone says so`() {
    var session = Session.managed()
    session.open(row: 1)
    session.world.library.tasks = []
    session.play(session.state.reload())
    #expect(session.screen.purpose == "The task is not there any more.")
    session.push("task.back")
    #expect(session.screen.id == "tasks")
  }
}
