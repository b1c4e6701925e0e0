import TerminalCore
import FormKit
import ReplicationModel
import Testing

@testable import AppGallery
@testable import ZferryApp

/// The wizard from the first key to the end of the first run, with keys every terminal has.
@Suite struct WalkTests {
  static let vault = {
    var connection = Connection()
    connection.name = "vault"
    connection.host = "203.0.113.9"
    connection.username = "replica"
    connection.sudo = true
    return connection
  }()

  @Test func `a local copy: two datasets to another pool, daily, saved and run`() {
    var session = Session()
    #expect(session.screen.id == "wizard.source")
    session.choose("source_location", 1)
    session.push("source_datasets")
    session.row("tank")
    session.press(.enter)
    session.row("tank/data")
    session.press(.space)
    session.row("tank/home")
    session.press(.space)
    session.push("browser.use")
    #expect(session.state.wizard.choices.sources == ["tank/data", "tank/home"])
    #expect(session.words.contains("tank/data: 12 of 12 snapshots match"))
    session.tab(to: "recursive")
    session.press(.space)
    session.push("next")
    #expect(session.screen.title == "Step 2 of 4: Destination")
    session.choose("destination_location", 1)
    session.push("target_dataset")
    session.row("backup")
    session.press(.space, .character("n"))
    session.type("site-a")
    session.push("browser.use")
    #expect(session.state.wizard.choices.taskName == "tank-data-tank-home-to-backup-site-a")
    session.push("next")
    #expect(session.screen.title == "Step 3 of 4: Schedule")
    session.push("next")
    #expect(session.screen.title == "Step 4 of 4: Review")
    #expect(session.words.contains("Nothing is destroyed."))
    session.push("save_and_run")
    #expect(session.screen.id == "run")
    #expect(session.words.contains("done and checked"))
    #expect(session.usedPlainKeysOnly)
    let draft = session.world.library.tasks.first
    #expect(draft?.transport == .local)
    #expect(draft?.recursive == true)
    #expect(draft?.targetDataset == "backup/site-a")
    #expect(draft?.retentionPolicy == .source)
    #expect(draft?.periodicSnapshotTasks == ["tank-data-daily", "tank-home-daily"])
    #expect(session.world.library.snapshotTasks.map(\.dataset) == ["tank/data", "tank/home"])
    #expect(
      session.world.library.snapshotTasks.allSatisfy { $0.recursive && $0.schedule == .daily })
  }

  @Test func `a push to a host that is set up on the way`() {
    var session = Session()
    session.choose("source_location", 1)
    session.push("source_datasets")
    session.row("tank")
    session.press(.space)
    session.push("browser.use")
    session.push("next")
    session.choose("destination_location", 2)
    session.push("target_dataset")
    #expect(session.state.notice?.text.contains("SSH connection first") == true)
    session.push("destination_connection")
    #expect(session.screen.id == "connections")
    session.press(.enter)
    #expect(session.screen.id == "pairing.form")
    session.tab(to: "pair.host")
    session.type("203.0.113.9")
    session.push("pair.scan")
    #expect(session.screen.id == "pairing.confirm")
    #expect(session.words.contains("SHA256:Qn4M0Yb8"))
    #expect(session.state.focus == "pair.back", "the default is No")
    session.push("pair.trust")
    #expect(session.screen.id == "pairing.password")
    session.type("hunter2")
    #expect(!session.words.contains("hunter2"))
    session.push("pair.install")
    #expect(session.screen.id == "pairing.proved")
    #expect(session.words.contains("zfs-2.3.2-1"))
    session.push("pair.done")
    #expect(session.screen.id == "wizard.destination")
    #expect(session.state.wizard.choices.connection == "203.0.113.9")
    #expect(!"\(session.state)".contains("hunter2"))
    session.push("target_dataset")
    session.press(.space)
    session.push("browser.use")
    session.push("next")
    #expect(session.screen.title == "Step 3 of 5: SSH connection")
    session.push("test")
    #expect(session.words.contains("The login works"))
    session.push("next")
    session.push("next")
    #expect(session.screen.id == "wizard.review")
    session.push("save")
    #expect(session.screen.id == "tasks")
    #expect(session.world.library.tasks.first?.connection == "203.0.113.9")
    #expect(session.world.library.tasks.first?.direction == .push)
    #expect(session.effects.allSatisfy { $0.name != "startRun" })
    #expect(session.usedPlainKeysOnly)
  }

  @Test func `a pull takes the destination here and asks for a naming schema`() {
    var world = FakeWorld()
    world.library.connections = [Self.vault]
    var session = Session(world: world)
    session.choose("source_location", 2)
    session.push("source_connection")
    session.press(.enter)
    #expect(session.state.wizard.choices.sudo, "the connection says so")
    session.push("source_datasets")
    session.row("vault")
    session.press(.space)
    session.push("browser.use")
    session.push("next")
    #expect(session.words.contains("so the copies come to this one"))
    session.push("target_dataset")
    session.row("backup")
    session.press(.space)
    session.push("browser.use")
    session.push("next")
    session.push("next")
    session.push("next")
    session.push("save_and_run")
    let draft = session.world.library.tasks.first
    #expect(draft?.direction == .pull)
    #expect(draft?.namingSchema == ["auto-%Y-%m-%d_%H-%M"])
    #expect(draft?.schedule == .daily)
    #expect(draft?.periodicSnapshotTasks == [])
    #expect(draft?.sudo == true)
    #expect(session.world.library.snapshotTasks.isEmpty)
    #expect(session.usedPlainKeysOnly)
  }
}
