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

/// Connections and key pairs.
@Suite struct ConnectionScreenTests {
  func list(_ change: (inout FakeWorld) -> Void = { _ in }) -> Session {
    var session = Session.managed(change)
    session.push("tasks.connections")
    return session
  }

  @Test func `one that a task uses, enabled or not, is not deleted`() {
    var session = list()
    session.press(.down)
    session.push("ssh.delete")
    #expect(session.screen.dialog == nil)
    #expect(session.screen.status.text.contains("vault is used by offsite, www"))
    session.tab(to: "ssh.list")
    session.press(.up)
    session.push("ssh.delete")
    session.push("question.go")
    #expect(session.world.library.connections.map(\.name) == ["vault"])
  }

  @Test func `a test shows what is there, and is let go of on the way out`() {
    var session = list()
    session.push("ssh.test")
    #expect(session.words.contains("The login works: root on Linux."))
    session.world.silent = ["prove"]
    session.push("ssh.test")
    #expect(session.words.contains("Logging in to lab"))
    session.press(.escape)
    #expect(session.effects.contains { $0.name == "abandon" })
    #expect(session.state.management.check == nil)
  }

  @Test func `one is added by hand: the key is discovered, confirmed, tested, and saved`() {
    var session = list()
    session.push("ssh.manual")
    session.push("conn.save")
    #expect(session.state.focus == "conn.name")
    #expect(session.screen.status.text.contains("is required"))
    session.type("offsite")
    session.tab(to: "conn.host")
    session.type("203.0.113.77")
    session.choose("conn.key", 2)
    session.push("conn.save")
    #expect(session.screen.status.text.contains("Scan it"), "a host is not taken on trust")
    session.push("conn.scan")
    #expect(session.words.contains("SHA256:Qn4M0Yb8"))
    session.press(.enter)
    #expect(session.state.management.connection.connection.hostKey.isEmpty, "the default is No")
    session.push("conn.scan")
    session.push("question.go")
    #expect(session.words.contains("ed25519 SHA256:Qn4M0Yb8"))
    session.push("conn.test")
    #expect(session.words.contains("The login works"))
    session.push("conn.save")
    #expect(session.screen.id == "ssh-connections")
    let saved = session.world.library.connection("offsite")
    #expect(saved?.key == "vault")
    #expect(saved?.hostKey == ["ssh-ed25519 AAAAC3NzaC1l"])
    #expect(saved?.port == 22 && saved?.connectTimeout == 10)
  }

  @Test func `the name of one in use is fixed, a wrong port is named, and leaving asks`() {
    var session = list()
    session.open(row: 1)
    session.tab(to: "conn.name")
    session.type("x")
    #expect(session.state.management.connection.connection.name == "vault")
    #expect(session.state.field("conn.name")?.off(session.state)?.contains("offsite, www") == true)
    session.tab(to: "conn.port")
    session.press(.ctrl("u"))
    session.type("70000")
    session.push("conn.save")
    #expect(session.state.focus == "conn.port")
    #expect(session.words.contains("is 70000"))
    session.press(.escape)
    #expect(session.screen.dialog?.title == "Leave without saving?")
    session.press(.escape)
    session.press(.ctrl("c"))
    #expect(session.screen.dialog?.title == "Quit?")
    session.press(.escape, .escape)
    session.push("question.go")
    #expect(session.screen.id == "ssh-connections")
    #expect(session.world.library.connection("vault")?.port == 22)
  }

  @Test func `without a key pair the form says where one is made`() {
    var session = list { $0.library.keys = [] }
    session.push("ssh.manual")
    session.tab(to: "conn.key")
    #expect("\(session.screen)".contains("Generate one under Keys"))
  }

  @Test func `a name that is taken is refused`() {
    var session = list()
    session.push("ssh.manual")
    session.type("lab")
    session.push("conn.save")
    #expect(session.state.connectionFindings.contains { $0.code == "name.taken" })
  }

  @Test func `a host that does not answer is told on the form`() {
    var session = list {
      $0.failing["scanHostKey"] = Failure("connect.refused", subject: "vault:22")
    }
    session.open(row: 1)
    session.push("conn.scan")
    #expect(session.words.contains("[ECONNREFUSED] vault, port 22"))
    session.world.keys = []
    session.push("conn.scan")
    #expect(session.words.contains("[EPROTO]"))
  }

  @Test func `a key pair is shown, copied, written out, and kept while it is used`() {
    var session = Session.managed()
    session.push("tasks.keys")
    #expect(
      session.screen.list("keys.list")?.rows.map(\.detail) == [
        "ssh-ed25519, not used", "ssh-ed25519, used by lab, vault",
      ])
    #expect(session.screen.status.text.hasPrefix("SHA256:s7K"))
    session.open(row: 1)
    session.push("key.copy")
    #expect(session.effects.last == .copy(FakeWorld.managed.library.keys[1].publicKey))
    session.push("key.delete")
    #expect(session.screen.status.text.contains("lab, vault"))
    session.push("key.write")
    #expect(session.state.management.entry.text == "vault.pub")
    session.push("entry.go")
    #expect(session.world.files == ["vault.pub"])
    #expect(session.screen.id == "key")
  }

  @Test func `a key pair is made under a name that is free, and deleted by its name`() {
    var session = Session.managed()
    session.push("tasks.keys")
    session.push("keys.new")
    session.push("entry.go")
    #expect(session.screen.status.text == "Name is required.")
    session.type("vault")
    session.push("entry.go")
    #expect(session.screen.status.text.contains("is taken"))
    session.tab(to: "entry.text")
    session.type("-2")
    session.push("entry.go")
    #expect(session.world.library.keys.map(\.name).contains("vault-2"))
    session.tab(to: "keys.list")
    session.open(row: 0)
    session.push("key.delete")
    session.tab(to: "question.typed")
    session.type("spare")
    session.push("question.go")
    #expect(!session.world.library.keys.map(\.name).contains("spare"))
    #expect(session.screen.id == "keys")
  }

  @Test func `a key that was made elsewhere is imported under its file's name`() {
    var session = Session.managed()
    session.push("tasks.keys")
    session.push("keys.import")
    session.type("/root/.ssh/vault")
    session.push("entry.go")
    #expect(session.screen.status.text.contains("Name is taken"))
    session.tab(to: "entry.text")
    session.type("-old")
    session.push("entry.go")
    #expect(session.world.library.keys.map(\.name).contains("vault-old"))
    #expect(session.screen.id == "keys")
  }

  @Test func `a locked key is unlocked, and its passphrase is nowhere afterwards`() {
    var session = Session.managed()
    session.push("tasks.keys")
    session.open(row: 0)
    session.push("key.unlock")
    session.type("open sesame")
    #expect(!"\(session.screen)".contains("sesame"))
    session.push("entry.go")
    #expect(session.effects.contains { $0.name == "unlockKey" })
    #expect(!"\(session.state)\(session.effects)".contains("sesame"))
    #expect(session.screen.status.text.contains("until zferry ends"))
  }
}

/// Snapshot tasks, history and settings.
@Suite struct OtherScreenTests {
  @Test func `a snapshot task is run by hand, one of those that are needed too`() {
    var session = Session.managed()
    session.push("tasks.snapshots")
    session.push("snaps.run")
    #expect(session.screen.status.text.contains("has run"))
    session.world.failing["change"] = Failure("zfs.busy", subject: "tank/data")
    session.push("snaps.run")
    #expect(session.screen.status.text.contains("[EBUSY]"), "\(session.screen.status.text)")
  }

  @Test func `a snapshot task that is needed is neither disabled nor deleted`() {
    var session = Session.managed()
    session.push("tasks.snapshots")
    #expect(
      session.screen.list("snaps.list")?.rows.map(\.detail) == [
        "Every day at 00:00, kept 2 weeks",
        "Every hour from 08:00 to 18:00, kept 2 weeks, disabled",
      ])
    session.push("snaps.switch")
    #expect(session.screen.status.text.contains("offsite sends its snapshots"))
    session.push("snaps.delete")
    #expect(session.screen.status.text.contains("offsite uses it"))
    #expect(session.effects.allSatisfy { !$0.changesSomething })
    session.tab(to: "snaps.list")
    session.press(.down)
    session.push("snaps.switch")
    #expect(
      session.world.library.snapshotTasks.contains { $0.dataset == "tank/home" && $0.enabled })
    session.tab(to: "snaps.list")
    session.press(.end)
    session.push("snaps.delete")
    session.push("question.go")
    #expect(session.world.library.snapshotTasks.map(\.name) == ["tank-data-daily"])
  }

  @Test func `one is added: dataset from the browser, a name that follows, its own schedule`() {
    var session = Session.managed()
    session.push("tasks.snapshots")
    session.push("snaps.add")
    session.push("snap.save")
    #expect(session.state.focus == "snap.dataset")
    session.press(.enter)
    session.row("tank")
    session.press(.space)
    session.push("browser.use")
    #expect(session.screen.id == "snapshot-task.edit")
    #expect(session.state.management.snapshotTask.task.name == "tank-daily")
    session.tab(to: "snap.recursive")
    session.press(.space)
    session.tab(to: "snap.exclude")
    session.type("tank/vm, tank/home")
    session.choose("snap.preset", 5)
    session.tab(to: "snap.cron")
    session.press(.ctrl("u"))
    session.type("30 2 * *")
    session.push("snap.save")
    #expect(session.screen.status.text.contains("five fields"))
    session.tab(to: "snap.cron")
    session.type(" mon-fri")
    session.push("snap.save")
    #expect(session.screen.id == "snapshot-tasks")
    let saved = session.world.library.snapshotTasks.first { $0.name == "tank-daily" }
    #expect(saved?.schedule.cron == "30 2 * * mon-fri")
    #expect(saved?.exclude == ["tank/vm", "tank/home"])
    #expect(saved?.recursive == true)
  }

  @Test func `one that is edited and saved unchanged stays as it is, window and all`() {
    var session = Session.managed()
    session.push("tasks.snapshots")
    let before = session.world.library.snapshotTasks[1]
    session.open(row: 1)
    #expect(!session.state.editHasChanges)
    session.push("snap.save")
    #expect(session.world.library.snapshotTasks.contains(before))
  }

  @Test func `the history shows all runs or one task's, and a log whole and escaped`() {
    var session = Session.managed()
    session.push("tasks.history")
    #expect(session.screen.list("history.list")?.count == 3)
    #expect(session.screen.status.text.contains("[ECONNREFUSED]"))
    session.open(row: 1)
    #expect(session.screen.id == "log")
    #expect(session.state.place.row == 2, "its end says how it went")
    #expect(session.words.contains("done \\u{1b}[31m"))
    session.push("log.write")
    session.push("entry.go")
    #expect(session.world.files == ["offsite.log"])
    session.press(.escape, .escape)
    session.tab(to: "tasks.list")
    session.open(row: 2)
    session.push("task.history")
    #expect(
      session.screen.list("history.list")?.rows.map(\.detail) == [
        "failed in 3 s", "ended without a word",
      ])
  }

  @Test func `a history that cannot be read says why`() {
    var session = Session.managed {
      $0.failing["listRuns"] = Failure("store.invalid", subject: "history.sqlite")
    }
    session.push("tasks.history")
    #expect(session.words.contains("history.sqlite cannot be used"))
  }

  @Test func `settings are kept when they change, and not with --read-only`() {
    for isReadOnly in [false, true] {
      var session = Session.managed(readOnly: isReadOnly)
      session.push("tasks.settings")
      session.choose("settings.asks", 2)
      #expect(session.state.asksLess)
      session.choose("settings.drawing", 3)
      #expect(session.state.capabilities == .basic)
      let kept = session.effects.filter { ["keepMode", "keepAsks"].contains($0.name) }
      #expect(kept.count == (isReadOnly ? 0 : 2))
    }
  }

  @Test func `with --read-only nothing is changed from any screen of management`() {
    for (name, state) in Gallery.managed {
      var session = Session.managed(readOnly: true)
      session.state.stack = state.stack
      session.state.management = state.management
      for action in session.screen.actions where session.screen.dialog == nil {
        session.state.setFocus(action.id)
        session.press(.enter)
        session.state.question = nil
        session.state.stack = state.stack
      }
      #expect(session.effects.allSatisfy { !$0.changesSomething }, "\(name)")
    }
  }

  @Test func `Enter alone changes nothing, wherever it begins`() {
    // There Enter puts back what a person had changed a moment before (ux.md 40).
    for (name, state) in Gallery.managed where name != "connection-keep" {
      var session = Session.managed()
      session.state.stack = state.stack
      session.state.management = state.management
      session.state.question = state.question
      session.state.questionFocus = state.questionFocus
      session.state.focusFirst()
      for _ in 0..<40 { session.press(.enter) }
      let changes = session.effects.filter(\.changesSomething)
      #expect(changes.allSatisfy { $0.name != "change" }, "\(name): \(changes)")
    }
  }

  @Test func `schedules have words`() {
    let words: [(Schedule, String)] = [
      (.hourly, "Every hour, on the hour"), (.daily, "Every day at 00:00"),
      (Schedule(minute: "x\u{1b}"), "cron x\\u{1b} * * * *"),
    ]
    for (schedule, expected) in words { #expect(schedule.words == expected) }
    var task = SnapshotTask()
    task.schedule = Schedule(minute: "00", hour: "0", begin: "00:00", end: "05:00")
    #expect(SnapshotTaskForm(task, was: "x").preset == .daily)
    task.schedule = Schedule(minute: "5")
    #expect(SnapshotTaskForm(task, was: "x").preset == .custom)
  }
}
