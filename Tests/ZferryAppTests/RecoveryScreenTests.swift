import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Deciding a conflict, and the way back from a copy, on the screens.
@Suite struct RecoveryScreenTests {
  static let task: TaskDraft = {
    var task = TaskDraft()
    task.name = "offsite"
    task.transport = .local
    task.sourceDatasets = ["tank/data", "tank/home"]
    task.targetDataset = "backup"
    task.recursive = true
    task.alsoIncludeNamingSchema = [WizardChoices.defaultSchema]
    return task
  }()

  /// At the conflict of the task's plan.
  func conflict(
    readOnly: Bool = false, _ change: (inout FakeWorld) -> Void = { _ in }
  ) -> Session {
    var world = FakeWorld()
    world.library.tasks = [Self.task]
    world.conflicts = [FakeWorld.diverged]
    change(&world)
    var session = Session(world: world, readOnly: readOnly)
    session.play(session.state.openPlan(of: "offsite"))
    session.push("plan.conflicts")
    return session
  }

  @Test func `each choice says what it does and what it loses`() {
    let session = conflict()
    #expect(session.state.route == .conflict)
    #expect(session.words.contains("Loses 1 snapshot (@before-cleanup), 4.0 KiB written"))
    #expect(session.words.contains("backup/data.zferry-aside-20261124-data-1"))
    #expect(session.words.contains("Loses nothing."))
    #expect(session.screen.actions.first?.id == "conflict.back")
  }

  @Test func `nothing can be chosen before it was looked at closely`() {
    var session = conflict { $0.silent = ["lookAtConflicts"] }
    #expect(session.words.contains("Looking closer at both sides…"))
    session.push("conflict.rollback")
    #expect(session.state.question == nil)
    var failed = conflict { $0.failing["lookAtConflicts"] = Failure("stalled", subject: "vault") }
    failed.push("conflict.keep-aside")
    #expect(failed.state.question == nil)
  }

  @Test func `what destroys is done only after the dataset's name was typed`() {
    var session = conflict()
    session.push("conflict.rollback")
    #expect(session.words.contains("zfs destroy backup/data@before-cleanup"))
    #expect(session.words.contains("zfs rollback backup/data@auto-2026-11-19_00-00"))
    #expect(session.state.questionFocus == "question.stay")
    session.push("question.go")
    #expect(!session.effects.contains { $0.name == "resolve" })
    session.tab(to: "question.typed")
    session.type("backup/data")
    session.push("question.go")
    guard
      case .resolve(_, let order, let resolution)? = session.effects.first(where: {
        $0.name == "resolve"
      })
    else {
      Issue.record("nothing was asked for")
      return
    }
    #expect(order.task.name == "offsite")
    #expect(resolution.choice == .rollback)
    #expect(session.state.route == .plan, "the plan is made anew")
    #expect(session.effects.count { $0.name == "plan" } == 2)
    #expect(session.state.notice?.tone == .success)
  }

  @Test func `Enter and Esc alone decide nothing`() {
    for choice in Conflict.Choice.allCases {
      for key in [Key.enter, .escape] {
        var session = conflict()
        session.push(choice.action)
        session.press(key)
        #expect(!session.effects.contains { $0.name == "resolve" }, "\(choice)")
      }
    }
  }

  @Test func `a skipped dataset is left out of what is looked at next`() {
    var session = conflict()
    session.push("conflict.skip")
    session.push("question.go")
    #expect(session.state.planLook?.order.task.exclude == ["tank/data"])
  }

  @Test func `a decision that fails is told, and looked at again`() {
    var session = conflict {
      $0.failing["resolve"] = Failure("resolve.changed", subject: "backup/data")
    }
    session.push("conflict.keep-aside")
    session.push("question.go")
    #expect(session.state.route == .conflict)
    #expect(session.state.notice?.text.contains("decide anew") == true)
    #expect(session.effects.count { $0.name == "lookAtConflicts" } == 2)
  }

  @Test func `what is in the way of a choice is its reason`() {
    let session = conflict { $0.isHeld = true }
    let action = session.screen.action("conflict.rollback")
    guard case .no(let reason)? = action?.enabled else {
      Issue.record("it can be pressed")
      return
    }
    #expect(reason.contains("before-cleanup") && reason.contains("zfs holds"))
  }

  @Test func `a view that changes nothing refuses to decide and to restore`() {
    var session = conflict(readOnly: true)
    for choice in [Conflict.Choice.rollback, .keepAside, .skip] {
      session.push(choice.action)
      #expect(session.state.question == nil)
    }
    var restore = self.restore(readOnly: true)
    restore.push("restore.review")
    restore.push("plan.restore")
    #expect(!restore.effects.contains { $0.name == "startRestore" })
  }

  @Test func `the conflict of a task that is not saved only shows the choices`() {
    var state = AppState()
    state.wizard.preview = .success(
      Preview(
        plan: {
          var plan = Plan(task: "new", direction: .push)
          plan.conflicts = [FakeWorld.diverged]
          return plan
        }()))
    state.push(.wizard(.review))
    _ = state.openConflicts()
    let view = screen(state)
    #expect(view.words.contains("Save the task first"))
    #expect(!view.actions.contains { $0.id == "conflict.rollback" })
  }

  /// On the restore screen of the task.
  func restore(
    readOnly: Bool = false, _ change: (inout FakeWorld) -> Void = { _ in }
  ) -> Session {
    var world = FakeWorld()
    world.library.tasks = [Self.task]
    change(&world)
    var session = Session(world: world, readOnly: readOnly)
    session.play(session.state.openRestore(of: "offsite"))
    return session
  }

  @Test func `a restore is reviewed, run and watched`() {
    var session = restore()
    session.push("restore.review")
    #expect(session.state.route == .plan)
    #expect(session.words.contains("What is brought back"))
    #expect(session.words.contains("tank/data-restored"))
    session.push("plan.restore")
    guard
      case .startRestore(_, let order)? = session.effects.last(where: {
        $0.name == "startRestore"
      })
    else {
      Issue.record("nothing was started")
      return
    }
    #expect(order.dataset == "tank/data" && order.target == "tank/data-restored")
    #expect(order.snapshot == nil)
    #expect(session.state.route == .run)
    #expect(session.words.contains("not mounted yet"))
    session.press(.escape)
    #expect(session.state.route == .tasks)
  }

  @Test func `an older snapshot is the newest that comes back`() {
    var session = restore()
    session.tab(to: "restore.list")
    session.press(.down, .enter)
    guard case .planRestore(_, let order)? = session.effects.last else {
      Issue.record("it was not planned")
      return
    }
    #expect(order.snapshot == "auto-2026-11-23_00-00")
  }

  @Test func `what a pool itself held comes into it, for beside it is another pool`() {
    #expect(RestoreOrder.place(for: "tank") == "tank/restored")
    #expect(RestoreOrder.place(for: "tank/data") == "tank/data-restored")
  }

  @Test func `another source is read at once, and proposes its own name`() {
    var session = restore()
    session.choose("restore.source", 2)
    guard case .listSnapshots(_, _, let dataset)? = session.effects.last else {
      Issue.record("nothing was listed")
      return
    }
    #expect(dataset == "backup/home")
    #expect(session.state.restore?.target == "tank/home-restored")
  }

  @Test func `what is in the way of a restore keeps it from starting`() {
    var session = restore { $0.conflicts = [FakeWorld.diverged] }
    session.push("restore.review")
    #expect(session.words.contains("Restore to a dataset that does not exist yet."))
    session.push("plan.restore")
    #expect(!session.effects.contains { $0.name == "startRestore" })
    #expect(session.screen.action("plan.conflicts") == nil)
  }

  @Test func `a name that ZFS does not take is said before anything is looked at`() {
    var session = restore()
    session.tab(to: "restore.target")
    session.press(.ctrl("u"))
    session.type("tank//x")
    session.push("restore.review")
    #expect(session.state.route == .restore)
    #expect(session.state.notice?.tone == .error)
  }
}
