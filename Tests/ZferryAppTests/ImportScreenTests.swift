import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Tasks of other programs, and snapshots that have outlived their time.
@Suite struct ImportScreenTests {
  func importing(_ path: String, readOnly: Bool = false) -> Session {
    var session = Session.managed(readOnly: readOnly)
    session.push("tasks.import")
    session.tab(to: "import.path")
    session.type(path)
    session.push("import.look")
    return session
  }

  @Test func `what would be made and what is not carried over is shown before anything is saved`() {
    let session = importing("/etc/sanoid/sanoid.conf")
    #expect(session.state.route == .importPreview)
    let lines = session.screen.list("import.list")?.rows.map(\.text) ?? []
    #expect(lines.contains("Snapshot task tank-mail-hourly"))
    #expect(lines.contains("  tank/mail with all below, without tank/mail/cache"))
    #expect(lines.contains { $0.hasPrefix("`line 12.pre_snapshot_script` is left out") })
    #expect(session.words.contains("0 tasks and 2 snapshot tasks; 1 line to read below."))
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `they are saved once that is confirmed, whole, and the task list says so`() {
    var session = importing("/etc/sanoid/sanoid.conf")
    session.push("import.save")
    #expect(session.screen.dialog?.actions.first?.id == "question.stay")
    session.push("question.go")
    #expect(session.effects.filter(\.changesSomething).map(\.name) == ["saveForeign"])
    #expect(session.state.route == .tasks)
    #expect(session.words.contains("Saved: 0 tasks and 2 snapshot tasks."))
    #expect(session.world.library.snapshotTasks.contains { $0.name == "tank-mail-daily" })
    // The names are taken now: the same again is refused.
    session.push("tasks.import")
    session.tab(to: "import.path")
    session.type("/etc/sanoid/sanoid.conf")
    session.push("import.look")
    #expect(session.words.contains("2 lines marked [!!] keep all from being saved."))
    session.push("import.save")
    #expect(session.screen.dialog == nil && session.words.contains("[!!]"))
  }

  @Test func `a failure is told where the file is named, and can be tried again`() {
    var session = importing("notes")
    #expect(session.state.route == .taskImport)
    #expect(session.words.contains("Nobody can tell whose settings these are."))
    session.push("import.back")
    #expect(session.state.route == .tasks && session.state.importing == Importing())
    session.push("tasks.import")
    session.push("import.look")
    #expect(session.words.contains("File is required."))
    #expect(session.effects.count { $0.name == "readForeign" } == 1)
  }

  @Test func `only programs that leave something on datasets have zfs asked`() {
    var session = Session.managed()
    session.push("tasks.import")
    session.choose("import.form", 2)
    session.tab(to: "import.asks")
    session.press(.space)
    #expect(!session.state.importing.order.asksHost)
    session.choose("import.form", 6)
    session.tab(to: "import.asks")
    session.press(.space)
    session.push("import.look")
    #expect(session.state.route == .importPreview)
    guard case .readForeign(_, let order)? = session.effects.last else {
      Issue.record("not asked")
      return
    }
    #expect(order == ForeignOrder(form: .zrepl, asksHost: true))
  }

  @Test func `with --read-only it only looks`() {
    var session = importing("/etc/sanoid/sanoid.conf", readOnly: true)
    #expect(session.state.route == .importPreview)
    session.push("import.save")
    #expect(session.screen.dialog == nil)
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  func pruning(row: Int = 0, readOnly: Bool = false) -> Session {
    var session = Session.managed(readOnly: readOnly)
    session.push("tasks.snapshots")
    for _ in 0..<row { session.press(.down) }
    session.push("snaps.prune")
    return session
  }

  @Test func `what would go is shown by name, and why the rest stays`() {
    let session = pruning()
    let lines = session.screen.list("outlived.list")?.rows.map(\.text) ?? []
    #expect(lines.count { $0.contains("[!!] @auto-2026-11-") } == 3)
    #expect(lines.contains { $0.contains("7 stay: too many would be lost at once") })
    #expect(lines.contains { $0.contains("1 stays: the newest of its schema") })
    #expect(session.words.contains("3 snapshots would go."))
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `they go only where the task's name was typed`() {
    var session = pruning()
    session.push("outlived.go")
    session.press(.enter)
    #expect(session.effects.allSatisfy { !$0.changesSomething })
    session.push("outlived.go")
    session.tab(to: FieldSpec.questionTypedID)
    session.type("tank-data-daily")
    session.push("question.go")
    #expect(session.effects.filter(\.changesSomething).map(\.name) == ["pruneSnapshots"])
    #expect(session.state.route == .snapshotTasks)
    #expect(session.words.contains("3 snapshots let go."))
  }

  @Test func `more than half goes only where that was looked at`() {
    var session = pruning()
    session.push("outlived.many")
    #expect(session.words.contains("10 snapshots would go"))
    session.push("outlived.few")
    #expect(session.words.contains("3 snapshots would go"))
  }

  @Test func `a failure says what went all the same`() {
    var session = pruning()
    session.world.silent = ["pruneSnapshots"]
    session.push("outlived.go")
    session.tab(to: FieldSpec.questionTypedID)
    session.type("tank-data-daily")
    session.push("question.go")
    guard case .pruneSnapshots(let id, _, _, _)? = session.effects.last else {
      Issue.record("not begun")
      return
    }
    let failure = Failure("prune.failed", subject: "tank/data@x", detail: "dataset is busy")
    session.play(update(&session.state, .reply(id, .pruned(1, failure))))
    #expect(session.words.contains("1 snapshot let go. "))
    #expect(session.words.contains("tank/data@x could not be destroyed"))
  }

  @Test func `one that is off prunes nothing, and says why; --read-only only looks`() {
    #expect(pruning(row: 1).words.contains("Nothing of it is pruned here"))
    var session = pruning(readOnly: true)
    session.push("outlived.go")
    #expect(session.screen.dialog == nil)
  }
}
