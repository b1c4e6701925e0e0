import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// The advanced screen at the keys.
@Suite struct AdvancedTests {
  @Test func `a task that runs keeps its name`() {
    for isRunning in [true, false] {
      var session = Session.managed {
        $0.library.facts["offsite"]?.state = isRunning ? .running : .finished
      }
      session.state.openAdvanced(editing: "offsite")
      session.state.advanced.openSections = [.general]
      let field = session.state.fieldView(.advancedName)
      #expect((field.disabled?.contains("runs now") == true) == isRunning)
      session.tab(to: "advanced.name")
      session.type("x")
      #expect(session.state.advanced.task.name == (isRunning ? "offsite" : "offsitex"))
    }
  }

  @Test func `it has a field for every option of a task`() {
    let state = AdvancedGallery.editing().state
    let paths = AdvancedSection.allCases.flatMap { $0.fields(state) }.flatMap(\.paths)
    for field in TaskField.allCases { #expect(paths.contains(field.rawValue), "\(field)") }
  }

  @Test func `what wizard and advanced both ask is called the same`() {
    let steps: [FieldSpec] =
      FieldSpec.sourceStep + FieldSpec.destinationStep + FieldSpec.connectionStep
      + FieldSpec.scheduleStep
    for field in [
      TaskField.name, .connection, .sourceDatasets, .targetDataset, .recursive, .namingSchema,
      .nameRegex, .sudo, .retentionPolicy,
    ] {
      let label = steps.first { $0.paths.contains(field.rawValue) && $0.id != "schema_or_regex" }
      #expect(label?.label == field.label, "\(field)")
    }
  }

  @Test func `a section opens and closes with Enter, Space, Right and Left`() {
    var session = AdvancedGallery.editing()
    let closed = session.screen.focusOrder.count
    session.tab(to: "section.destination")
    for (open, close) in [(Key.enter, Key.enter), (.space, .space), (.right, .left)] {
      session.press(open)
      #expect(session.screen.focusOrder.count > closed)
      #expect(session.state.focus == "section.destination")
      session.press(close)
      #expect(session.screen.focusOrder.count == closed)
    }
  }

  @Test func `a closed section says what is set in it`() {
    var session = AdvancedGallery.editing()
    func summary(_ section: AdvancedSection) -> String { session.state.summary(of: section) }
    #expect(summary(.general) == "offsite, PUSH, SSH, 9 retries")
    #expect(summary(.source).hasPrefix("tank/data, tank/home, Recursive, tank/data/scratch"))
    #expect(summary(.retention) == "Custom, 3 Months")
    #expect(summary(.transport) == "vault")
    session = Session(world: AdvancedGallery.world)
    session.state.openAdvanced(editing: nil)
    #expect(session.state.summary(of: .transport) == "nothing set")
  }

  @Test func `an option that does not apply stays in sight and says why`() {
    var session = AdvancedGallery.editing()
    session.push("section.transport")
    let netcat = session.state.field("advanced.netcat_active_side")
    #expect(netcat?.off(session.state) == "Only with the transport SSH+NETCAT.")
    session.tab(to: "advanced.netcat_active_side_port_min")
    session.type("7")
    #expect(session.state.advanced.raw.netcatActiveSidePortMin == nil)
    session.state.advanced.form.base.transport = .sshNetcat
    #expect(session.state.field("advanced.netcat_active_side")?.off(session.state) == nil)
  }

  @Test func `a stored task over netcat is taken as it is, and what it lacks is named`() {
    var session = AdvancedGallery.editing()
    session.world.library.tasks[0].transport = .sshNetcat
    session.state.library = session.world.library
    session.state.openAdvanced(editing: "offsite")
    #expect(session.state.advanced.findings.contains { $0.field == "netcat_active_side" })
    session.state.advanced.form.base.netcatActiveSide = .local
    session.state.refreshAdvanced()
    #expect(!session.state.advanced.findings.contains { $0.field.hasPrefix("netcat") })
  }

  @Test func `what does not apply is left out of the task, and comes back when it applies again`() {
    var session = AdvancedGallery.editing()
    session.push("section.general")
    session.choose("advanced.transport", 3)
    #expect(session.state.advanced.task.connection == nil)
    #expect(session.words.contains("Left out, because it does not apply now: SSH Connection"))
    session.choose("advanced.transport", 1)
    #expect(session.state.advanced.task.connection == "vault")
  }

  @Test func `Save leads to the first field that is wrong, and opens its section`() {
    var session = Session(world: AdvancedGallery.world)
    session.state.openAdvanced(editing: nil)
    session.push("advanced.save")
    #expect(session.state.focus == "advanced.name")
    #expect(session.screen.status.tone == .error)
    #expect(session.state.advanced.openSections == [.general])
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `a new task is saved with its snapshot tasks, an edited one under its old name`() {
    var session = AdvancedGallery.editing()
    session.push("section.general")
    session.tab(to: "advanced.name")
    session.type("2")
    session.push("advanced.save")
    guard
      case .change(_, .task(let task, let was))? = session.effects.first(where: {
        $0.changesSomething
      })
    else {
      Issue.record("nothing was saved: \(session.words)")
      return
    }
    #expect(task.name == "offsite2" && was == "offsite")
    #expect(session.screen.id == "tasks")
    #expect(session.world.library.tasks.map(\.name) == ["offsite2"])

    session = ReviewTests.session()
    session.push("advanced")
    session.push("question.take")
    session.push("advanced.save")
    let order = session.effects.compactMap {
      if case .save(_, let order) = $0 { order } else { nil }
    }
    #expect(order.first?.snapshotTasks.map(\.name) == ["tank-data-daily"])
    #expect(session.world.library.tasks.count == 1)
  }

  @Test func `Save and run looks first, then runs`() {
    var session = AdvancedGallery.editing()
    session.push("advanced.run")
    #expect(session.screen.id == "advanced-plan")
    #expect(session.effects.allSatisfy { !$0.changesSomething })
    session.push("advanced.run")
    #expect(session.effects.contains { $0.name == "change" })
    #expect(session.effects.contains { $0.name == "startRun" })
    #expect(session.screen.id == "run")
  }

  @Test func `a line of the plan leads to its field`() {
    var session = AdvancedGallery.editing()
    session.push("advanced.plan")
    session.state.setFocus("plan-row.source_datasets#0")
    session.press(.enter)
    #expect(session.screen.id == "advanced")
    #expect(session.state.focus == "advanced.source_datasets")
  }

  @Test func `sources and destination come from the browser, the connection from the list`() {
    var world = AdvancedGallery.world
    world.library.tasks = []
    var session = Session(world: world, wizard: true)
    session.push("advanced")
    #expect(session.screen.id == "advanced", "nothing was entered: at once")
    session.push("section.destination")
    session.push("advanced.target_dataset")
    #expect(session.state.focus == "advanced.connection", "the connection comes first")
    session.press(.enter)
    #expect(session.screen.id == "connections")
    session.press(.enter)
    #expect(session.state.advanced.task.connection == "vault")
    session.push("advanced.target_dataset")
    session.row("vault")
    session.press(.space)
    session.push("browser.use")
    #expect(session.state.advanced.task.targetDataset == "vault")
    session.push("section.source")
    session.push("advanced.source_datasets")
    session.row("tank")
    session.press(.space)
    session.push("browser.use")
    #expect(session.state.advanced.task.sourceDatasets == ["tank"])
    session.choose("section.general", 1)
    session.push("section.general")
    session.choose("advanced.direction", 2)
    #expect(session.state.advanced.task.sourceDatasets.isEmpty, "they were on this system")
    #expect(session.screen.status.text.contains("choose it again"))
  }

  @Test func `snapshot tasks that concern a source stand first, and are marked with Space`() {
    var session = AdvancedGallery.editing()
    session.push("section.snapshots")
    session.push("advanced.periodic_snapshot_tasks")
    #expect(session.state.offeredSnapshotTasks.map(\.name) == ["data-hourly", "mail-daily"])
    #expect(session.words.contains("mail, auto-%Y-%m-%d_%H-%M, 2 WEEK, disabled"))
    session.press(.space)
    #expect(session.state.advanced.task.periodicSnapshotTasks == [])
    session.press(.down, .space)
    #expect(session.state.advanced.task.periodicSnapshotTasks == ["mail-daily"])
  }

  @Test func `a schedule is a preset or five fields, and what is wrong shows at the fields`() {
    var session = AdvancedGallery.editing()
    session.push("section.schedule")
    session.choose("advanced.schedule", 6)
    session.tab(to: "advanced.schedule.cron")
    session.press(.ctrl("u"))
    session.type("0 25 * *")
    session.press(.tab)
    let note = session.state.field("advanced.schedule.cron").flatMap {
      session.state.advancedNote(of: $0)
    }
    #expect(note?.tone == .error && note?.text.contains("hour") == true)
    session.choose("advanced.schedule", 2)
    session.tab(to: "advanced.schedule.end")
    session.press(.ctrl("u"))
    session.type("18:00")
    var wanted = Schedule.hourly
    wanted.end = "18:00"
    #expect(session.state.advanced.task.schedule == wanted)
  }

  @Test func `CUSTOM begins as the wizard does, and the defaults are the wizard's`() {
    var session = Session()
    session.state.openAdvanced(editing: nil)
    #expect(session.state.advanced.task.readonly == .set)
    #expect(session.state.advanced.task.retentionPolicy == WizardChoices().retention)
    session.push("section.retention")
    session.choose("advanced.retention_policy", 3)
    #expect(session.state.advanced.task.lifetimeValue == 2)
    #expect(session.state.advanced.task.lifetimeUnit == .week)
  }

  @Test func `with --read-only nothing is saved and no draft is kept`() {
    var session = Session(world: AdvancedGallery.world, readOnly: true)
    session.state.openAdvanced(editing: "offsite")
    session.push("advanced.save")
    #expect(session.screen.status.text.contains("--read-only"))
    session.push("section.general")
    session.tab(to: "advanced.name")
    session.type("2")
    session.press(.escape)
    #expect(session.screen.dialog?.actions.map(\.title) == ["Stay", "Discard"])
    session.press(.ctrl("c"))
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `a save that fails says why, and keeps what was entered`() {
    var session = AdvancedGallery.editing()
    session.world.failing["change"] = Failure("store.full", subject: "tasks/offsite.yaml")
    session.push("advanced.save")
    #expect(session.screen.id == "advanced")
    #expect(session.words.contains("no room left"))
    session.push("advanced.save")
    #expect(session.screen.id == "tasks")
  }

  @Test(
    arguments: [
      ("", nil), ("500 KiB", 500 << 10), ("500M", 500 << 20), ("2 TB", 2 << 40), ("7", 7 << 20),
      ("12 B", 12), ("much", nil), ("99999999999999999999", nil), ("9999999999 T", nil),
    ] as [(String, Int?)])
  func `a speed limit is read as people write it`(text: String, bytes: Int?) {
    #expect((try? ByteSize.parse(text)) == bytes)
    if let bytes { #expect((try? ByteSize.parse(ByteSize.text(bytes))) == bytes) }
  }

  @Test func `lists stand on one line, and a comma in a value keeps its place`() {
    let values = ["sharenfs": "rw,no_root_squash", "atime": "off", "a:b": "x=y\\z"]
    #expect(ListText.pairs(ListText.join(values)).values == values)
    #expect(ListText.pairs("atime=off, nonsense").problem == "nonsense")
    #expect(ListText.split(" a ,, b b,") == ["a", "b b"])
    var window = Schedule.hourly
    window.begin = "08:00"
    window.end = "18:00"
    let lifetimes = [
      ScheduledLifetime(schedule: .weekly, lifetimeValue: 3, lifetimeUnit: .month),
      ScheduledLifetime(schedule: window, lifetimeValue: 2, lifetimeUnit: .week),
      ScheduledLifetime(
        schedule: Schedule(minute: "0,30"), lifetimeValue: 1, lifetimeUnit: .year),
    ]
    #expect(LifetimesText.read(LifetimesText.write(lifetimes)).values == lifetimes)
    let windows = [
      BandwidthWindow(begin: "08:00", end: "18:00", limit: "10M"),
      BandwidthWindow(begin: "22:00", end: "06:00", limit: "none"),
    ]
    #expect(BandwidthText.read(BandwidthText.write(windows)).values == windows)
    #expect(BandwidthText.read(" 8:00-9:00  1 MiB ;; ").values.map(\.limit) == ["1 MiB"])
    for bad in ["10M", "08:00-18:00", "08:00 10M", "8-9-10 5M"] {
      #expect(BandwidthText.read(bad).problem == bad, "\(bad)")
    }
    for bad in [
      "weekly", "weekly for 3", "weekly for 3 MOON", "0 0 for 3 DAY", "daily 8: for 1 DAY",
    ] {
      #expect(LifetimesText.read(bad).problem != nil, "\(bad)")
    }
  }
}
