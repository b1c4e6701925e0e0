import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

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
    for (name, state) in Gallery.managed + Gallery.imports {
      var session = Session.managed(readOnly: true)
      session.state.stand(as: state)
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
    for (name, state) in Gallery.managed + Gallery.imports where name != "connection-keep" {
      var session = Session.managed()
      session.state.stand(as: state)
      session.state.question = state.question
      session.state.questionFocus = state.questionFocus
      session.state.focusFirst()
      for _ in 0..<40 { session.press(.enter) }
      let changes = session.effects.filter(\.changesSomething)
      let forbidden = ["change", "saveForeign", "pruneSnapshots"]
      #expect(changes.allSatisfy { !forbidden.contains($0.name) }, "\(name): \(changes)")
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

extension AppState {
  /// On the same screen, with what that shows.
  fileprivate mutating func stand(as other: AppState) {
    stack = other.stack
    management = other.management
    importing = other.importing
    outlived = other.outlived
  }
}
