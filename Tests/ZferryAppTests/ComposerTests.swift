import ReplicationModel
import Testing

@testable import AppGallery
@testable import ZferryApp

/// The task that choices make (ui.md 1.13).
@Suite struct ComposerTests {
  func choices(_ change: (inout WizardChoices) -> Void) -> WizardChoices {
    var choices = WizardChoices()
    choices.sourceLocation = .local
    choices.destinationLocation = .remote
    choices.connection = "vault"
    choices.sources = ["tank/a", "tank/b"]
    choices.destination = "vault/site"
    choices.taskName = "offsite"
    change(&choices)
    return choices
  }

  @Test func `a scheduled push is bound to a snapshot task per source and has no schedule`() {
    let order = Composer.compose(choices { _ in }, in: Library())
    #expect(order.task.direction == .push)
    #expect(order.task.transport == .ssh)
    #expect(order.task.schedule == nil)
    #expect(order.task.auto)
    #expect(order.task.readonly == .set)
    #expect(order.task.periodicSnapshotTasks == ["tank-a-daily", "tank-b-daily"])
    #expect(order.task.alsoIncludeNamingSchema == [])
    #expect(order.snapshotTasks.map(\.lifetimeValue) == [2, 2])
    #expect(order.snapshotTasks.map(\.lifetimeUnit) == [.week, .week])
  }

  @Test func `a push that runs once selects by the standard schema and makes no snapshot task`() {
    let order = Composer.compose(
      choices {
        $0.method = .once
        $0.readonlyOnce = false
      }, in: Library())
    #expect(order.task.alsoIncludeNamingSchema == ["auto-%Y-%m-%d_%H-%M"])
    #expect(!order.task.auto)
    #expect(order.task.readonly == .ignore)
    #expect(order.snapshotTasks.isEmpty)
    #expect(order.task.periodicSnapshotTasks.isEmpty)
  }

  @Test func `a pull has a naming schema and a schedule`() {
    let order = Composer.compose(choices { $0.sourceLocation = .remote }, in: Library())
    #expect(order.task.direction == .pull)
    #expect(order.task.namingSchema == ["auto-%Y-%m-%d_%H-%M"])
    #expect(order.task.schedule == .daily)
    #expect(order.task.periodicSnapshotTasks.isEmpty)
    #expect(order.task.nameRegex == nil)
  }

  @Test func `an expression on a schedule gets a schedule, not a snapshot task that is refused`() {
    let order = Composer.compose(
      choices {
        $0.customSnapshots = true
        $0.selection = .regex
        $0.nameRegex = "weekly-.*"
      }, in: Library())
    #expect(order.task.nameRegex == "weekly-.*")
    #expect(order.task.schedule == .daily)
    #expect(order.task.periodicSnapshotTasks.isEmpty)
    #expect(order.snapshotTasks.isEmpty)
  }

  @Test func `local to local has no connection and no sudo, even where one was chosen before`() {
    let order = Composer.compose(
      choices {
        $0.destinationLocation = .local
        $0.sudo = true
      }, in: Library())
    #expect(order.task.transport == .local)
    #expect(order.task.connection == nil)
    #expect(!order.task.sudo)
  }

  @Test func `a lifetime belongs to a task only where it is custom`() {
    let same = Composer.compose(choices { $0.lifetimeValue = "9" }, in: Library())
    #expect(same.task.lifetimeValue == nil && same.task.lifetimeUnit == nil)
    let custom = Composer.compose(
      choices {
        $0.retention = .custom
        $0.lifetimeValue = "9"
        $0.lifetimeUnit = .month
      }, in: Library())
    #expect(custom.task.lifetimeValue == 9 && custom.task.lifetimeUnit == .month)
  }

  @Test func `a stored snapshot task is bound only where it does the very same`() {
    let made = Composer.compose(choices { _ in }, in: Library()).snapshotTasks
    var stored = made[0]
    stored.name = "mine"
    var library = Library(snapshotTasks: [stored])
    let bound = Composer.compose(choices { _ in }, in: library)
    #expect(bound.boundTasks.map(\.name) == ["mine"])
    #expect(bound.task.periodicSnapshotTasks == ["mine", "tank-b-daily"])
    stored.enabled = false
    library.snapshotTasks = [stored]
    #expect(Composer.compose(choices { _ in }, in: library).boundTasks.isEmpty, "disabled")
    stored.enabled = true
    stored.recursive = true
    library.snapshotTasks = [stored]
    #expect(Composer.compose(choices { _ in }, in: library).boundTasks.isEmpty, "recursive")
  }

  @Test func `names are good as names of files, and never those of others`() {
    #expect(TaskNaming.suggestion(for: WizardChoices(), taken: []) == "")
    let wanted = TaskNaming.suggestion(for: choices { _ in }, taken: [])
    #expect(wanted == "tank-a-tank-b-to-vault-vault-site")
    #expect(TaskNaming.suggestion(for: choices { _ in }, taken: [wanted]) == wanted + "-2")
    let many = choices { $0.sources = ["t/a", "t/b", "t/c", "t/d"] }
    #expect(TaskNaming.suggestion(for: many, taken: []).hasPrefix("t-a-and-3-more-to-"))
    #expect(TaskNaming.plain("a/b c\u{1b}é") == "a-b-c--")
  }

  @Test func `a typed schedule has five fields, or is none`() {
    #expect(Schedule(cron: "30 2 * * mon-fri")?.dow == "mon-fri")
    #expect(Schedule(cron: "30 2 * *") == nil)
    #expect(Schedule(cron: "  15   4 1 * *  ")?.cron == "15 4 1 * *")
  }
}
