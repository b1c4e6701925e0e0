import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Leaving the wizard and the advanced screen, and drafts.
@Suite struct LeavingTests {
  /// A wizard in which something was entered, at its first step.
  func begun() -> Session {
    var session = ReviewTests.session()
    session.play(session.state.enter(.source))
    return session
  }

  @Test func `from the wizard to advanced: staying is the default`() {
    var session = begun()
    let choices = session.state.wizard.choices
    session.push("advanced")
    #expect(
      session.screen.dialog?.actions.map(\.title) == [
        "Stay", "Leave and start empty", "Leave and take the settings along",
      ])
    session.press(.enter)
    #expect(session.screen.id == "wizard.source")
    session.push("advanced")
    session.press(.escape)
    #expect(session.state.wizard.choices == choices)
  }

  @Test func `start empty takes nothing along, take along all of it`() {
    var session = begun()
    let wanted = session.state.order
    session.push("advanced")
    session.push("question.go")
    #expect(session.state.advanced.form == .new)
    session = begun()
    session.push("advanced")
    session.push("question.take")
    #expect(session.screen.id == "advanced")
    #expect(session.state.order == wanted)
    #expect(session.words.contains("makes 1 snapshot task too: tank-data-daily"))
    #expect(session.state.formIsChanged, "it is not saved yet")
  }

  @Test func `back to the wizard the dialog lists what it cannot hold`() {
    var session = begun()
    session.push("advanced")
    session.push("question.take")
    session.state.advanced.form.base.readonly = .require
    session.state.advanced.form.texts[.retries] = "9"
    session.state.refresh()
    session.push("advanced.wizard")
    #expect(session.words.contains(TaskField.readonly.label))
    #expect(session.words.contains(TaskField.retries.label))
    #expect(!session.words.contains(TaskField.recursive.label))
    let choices = begun().state.wizard.choices
    session.push("question.take")
    #expect(session.screen.id == "wizard.source")
    #expect(session.state.wizard.choices == choices)
    #expect(session.state.wizard.counted != nil || session.state.wizard.counting != nil)
  }

  @Test func `an edited task has no way to the wizard`() {
    #expect(AdvancedGallery.editing().screen.action("advanced.wizard") == nil)
  }

  @Test func `Esc on the advanced screen asks only where something was changed`() {
    var session = AdvancedGallery.editing()
    session.press(.escape)
    #expect(session.screen.id == "tasks" && session.screen.dialog == nil)
    session.state.openAdvanced(editing: "offsite")
    session.state.advanced.form.texts[.retries] = "3"
    session.press(.escape)
    #expect(session.state.question == .leaveForm)
    #expect(session.state.focus == "question.stay")
    session.press(.enter)
    #expect(session.screen.id == "advanced")
    session.press(.escape)
    session.push("question.go")
    #expect(session.screen.id == "tasks")
    #expect(!session.effects.contains { $0.changesSomething })
  }

  @Test func `a kept draft of the wizard is offered by New task, and goes when it is saved`() {
    var session = begun()
    let choices = session.state.wizard.choices
    session.press(.escape)
    session.push("question.keep")
    #expect(session.screen.id == "tasks")
    #expect(session.screen.status.text.contains("kept as a draft"))
    #expect(session.world.library.drafts.map(\.name) == ["wizard"])
    session.push("tasks.new")
    #expect(session.words.contains("tank/data -> backup/data"))
    session.push("question.resume")
    #expect(session.state.wizard.choices == choices)
    session.press(.escape)
    #expect(session.screen.id == "tasks", "it is kept already: nothing would be lost")
    session.push("tasks.new")
    session.push("question.resume")
    session.play(session.state.enter(.review))
    session.push("save")
    #expect(session.world.library.tasks.count == 1)
    #expect(session.world.library.drafts.isEmpty)
  }

  @Test func `a draft can be left alone or deleted`() {
    var session = begun()
    session.press(.escape)
    session.push("question.keep")
    session.push("tasks.new")
    session.push("question.empty")
    #expect(session.screen.id == "wizard.source" && !session.state.wizard.isBegun)
    #expect(session.world.library.drafts.count == 1)
    session.press(.escape)
    session.push("tasks.new")
    session.push("question.drop")
    #expect(session.screen.id == "wizard.source")
    #expect(session.world.library.drafts.isEmpty)
  }

  @Test func `a draft of an edited task is offered when that task is edited, without its key`() {
    var session = AdvancedGallery.editing()
    session.state.library.tasks[0].encryptionKey = Secret("deadbeef")
    session.state.openAdvanced(editing: "offsite")
    session.state.advanced.form.texts[.retries] = "3"
    session.press(.escape)
    session.push("question.keep")
    #expect(session.screen.status.text.contains("key is not in it"))
    guard case .advanced(let task, _, "offsite")? = session.world.library.drafts.first?.content
    else {
      Issue.record("no draft")
      return
    }
    #expect(task.encryptionKey == nil && task.retries == 3)
    session.state.library.tasks[0].encryptionKey = Secret("deadbeef")
    session.state.openAdvanced(editing: "offsite")
    #expect(session.screen.dialog?.actions.first?.title == "Go on with the draft")
    session.push("question.resume")
    #expect(session.state.advanced.storedName == "offsite")
    #expect(session.state.advanced.raw.retries == 3)
    #expect(session.state.advanced.raw.encryptionKey == Secret("deadbeef"), "the stored one")
  }

  @Test func `what was kept is offered when zferry opens`() {
    var answers = Answers()
    answers.choices.sourceLocation = .local
    answers.choices.sources = ["tank/data"]
    var world = FakeWorld()
    world.library.drafts = [KeptDraft(.wizard(answers))]
    var session = Session(world: world)
    #expect(session.screen.dialog?.title == "A draft is kept")
    session.push("question.empty")
    #expect(session.screen.id == "wizard.source", "there is no task yet")
    world.library.tasks = [AdvancedGallery.offsite]
    session = Session(world: world)
    #expect(
      session.screen.dialog?.actions.map(\.title) == [
        "Go on with the draft", "Not now", "Delete the draft",
      ])
    session.push("question.empty")
    #expect(session.screen.id == "tasks")
    session = Session(world: world, wizard: true)
    session.push("question.resume")
    #expect(session.state.wizard.choices.sources == ["tank/data"])
  }

  @Test func `the second Ctrl-C leaves now, and a lost terminal keeps the draft too`() {
    for messages in [[Message.key(.ctrl("c")), .key(.ctrl("c"))], [.hangUp]] {
      var session = begun()
      for message in messages { session.play(update(&session.state, message)) }
      #expect(session.world.library.drafts.map(\.name) == ["wizard"])
      #expect(session.effects.last?.name == "quit")
    }
    var session = begun()
    session.press(.ctrl("c"))
    session.push("question.go")
    #expect(session.world.library.drafts.isEmpty)
    #expect(session.effects.last == .quit(""))
    session = Session(world: AdvancedGallery.world)
    session.play(update(&session.state, .hangUp))
    #expect(session.effects.last == .quit(""))
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `a draft that cannot be written says so`() {
    var session = begun()
    session.world.failing["keepDraft"] = Failure("store.full", subject: "drafts/wizard.yaml")
    session.press(.escape)
    session.push("question.keep")
    #expect(session.screen.status.tone == .error)
    #expect(session.screen.status.text.contains("no room left"))
  }

  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `choices, task, choices: nothing is lost that the wizard can hold`(seed: UInt64) {
    var dice = FuzzTests.Dice(state: seed)
    let choices = Self.choices(&dice)
    let order = Composer.compose(choices, in: Library(connections: [WalkTests.vault]))
    let (again, lost) = WizardChoices.taking(
      order, in: Library(connections: [WalkTests.vault]))
    #expect(again == choices)
    #expect(lost.isEmpty)
    // The same by way of the advanced screen.
    let form = AdvancedForm(order.task, snapshotTasks: order.snapshotTasks)
    #expect(form.task == order.task)
    #expect(form.leftOut.isEmpty)
  }

  /// Choices as the wizard makes them: what it does not show is as it begins.
  static func choices(_ dice: inout FuzzTests.Dice) -> WizardChoices {
    func any<Value>(_ values: [Value]) -> Value { values.randomElement(using: &dice) ?? values[0] }
    var choices = WizardChoices()
    choices.sourceLocation = any([.local, .remote])
    if !choices.isPull { choices.destinationLocation = any([.local, .remote]) }
    if choices.needsConnection {
      choices.connection = "vault"
      choices.sudo = any([true, false])
    }
    if choices.needsConnection { choices.security = any([.encrypted, .plain]) }
    choices.encryption.isOn = any([true, false])
    if choices.encryption.isOn { choices.encryption.inherits = any([true, false]) }
    if choices.encryption.isOn, !choices.encryption.inherits {
      choices.encryption.format = any([.hex, .passphrase])
      choices.encryption.keyLocation = any(["", "/root/key"])
      if choices.encryption.format == .passphrase {
        choices.encryption.passphrase = any([Secret(""), Secret("long enough")])
      }
    }
    choices.sources = any([["tank/data"], ["tank/data", "tank/home"], []])
    choices.destination = any(["backup", "backup/site a", ""])
    choices.recursive = any([true, false])
    choices.method = any([.schedule, .once])
    if !choices.isPull { choices.customSnapshots = any([true, false]) }
    if choices.selectsByName {
      choices.selection = any([.schema, .regex])
      if choices.usesRegex {
        choices.nameRegex = "daily-.*"
      } else {
        choices.namingSchema = "mine-%Y-%m-%d_%H-%M"
      }
    }
    if choices.method == .schedule {
      choices.preset = any(WizardChoices.Preset.allCases)
      if choices.preset == .custom { choices.cron = "30 2 * * mon-fri" }
      if choices.makesSnapshotTasks, !choices.sources.isEmpty {
        choices.sourceLifetimeValue = any(["2", "5"])
        choices.sourceLifetimeUnit = any([.day, .week])
      }
      // Without a source there is nothing that would hold the schedule.
      if choices.makesSnapshotTasks, choices.sources.isEmpty {
        choices.preset = .daily
        choices.cron = WizardChoices().cron
      }
    } else {
      choices.readonlyOnce = any([true, false])
    }
    choices.retention = any([.source, .none, .custom])
    if choices.retention == .custom {
      choices.lifetimeValue = any(["1", "30"])
      choices.lifetimeUnit = any([.day, .year])
    }
    choices.taskName = any(["", "offsite"])
    choices.nameIsTyped = !choices.taskName.isEmpty
    return choices
  }
}
