import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// The checklist, and what it says about a task that is about to be saved.
@Suite struct CheckupTests {
  /// A push to vault, all answered, at its review.
  func session(_ checks: [CheckID: CheckResult] = [:]) -> Session {
    var world = FakeWorld()
    world.library.connections = [WalkTests.vault]
    world.checks = checks
    var session = Session(world: world, wizard: true)
    session.change {
      $0.sourceLocation = .local
      $0.destinationLocation = .remote
      $0.connection = "vault"
    }
    session.change {
      $0.sources = ["tank/data"]
      $0.destination = "vault/site"
    }
    session.play(session.state.enter(.review))
    return session
  }

  static let refused = CheckResult.bad(
    .login, "auth", subject: "203.0.113.9:22", detail: "user replica")
  static let asking = CheckResult.bad(.sudo, "sudo", subject: "replica@203.0.113.9")

  @Test func `every kind of check has a title, and a question asks those that apply`() {
    #expect(Set(CheckID.allCases.map(\.title)).count == CheckID.allCases.count)
    #expect(CheckQuestion().checks == [.localZFS])
    var task = TaskDraft()
    task.transport = .local
    let local = CheckQuestion(connection: WalkTests.vault, task: task).checks
    #expect(!local.contains(.login) && local.contains(.destination))
    task.transport = .ssh
    task.readonly = .require
    task.compression = .zstd
    let all = CheckQuestion(connection: WalkTests.vault, task: task).checks
    #expect(all == CheckID.allCases.filter { $0 != .link })
    task.transport = .sshNetcat
    task.netcatActiveSide = .local
    #expect(CheckQuestion(connection: WalkTests.vault, task: task).checks == CheckID.allCases)
  }

  @Test
  func `a check that failed says why and how it is mended, and what hangs on it is not judged`() {
    var session = session([
      .login: Self.refused,
      .clock: CheckResult(.clock, .skipped, code: "check.not_reached", detail: "login"),
    ])
    session.push("check")
    #expect(session.screen.id == "before")
    #expect(session.words.contains("to be mended"))
    #expect(session.words.contains("not reached"))
    let row = session.state.checkup?.question.checks.firstIndex(of: .login) ?? 0
    for _ in 0..<row { session.press(.ctrl("n")) }
    #expect(session.words.contains("[EACCES] 203.0.113.9, port 22: the login was refused"))
    #expect(session.words.contains("authorized_keys"))
  }

  @Test func `from a failed check the way leads to the field it is about`() {
    for (result, step, field) in [
      (Self.refused, "wizard.destination", "destination_connection"),
      (Self.asking, "wizard.connection", "sudo"),
      (
        CheckResult.bad(.sources, "check.source_missing", subject: "this host", detail: "tank"),
        "wizard.source", "source_datasets"
      ),
      (
        CheckResult.bad(.destination, "check.pool_missing", subject: "vault", detail: "vault"),
        "wizard.destination", "target_dataset"
      ),
    ] {
      var session = session([result.id: result])
      session.push("check")
      let row = session.state.checkup?.question.checks.firstIndex(of: result.id) ?? 0
      #expect(session.screen.action("before.field") == nil)
      for _ in 0..<row { session.press(.ctrl("n")) }
      session.push("before.field")
      #expect(session.screen.id == step)
      #expect(session.state.focus == FocusID(field))
      session.push("review")
      #expect(session.state.wizard.choices.destination == "vault/site", "all is kept")
    }
  }

  @Test func `from the list of tasks there is no field to go to`() {
    var session = Session()
    session.world.checks = [.localZFS: .bad(.localZFS, "zfs.missing", subject: "this host")]
    session.play(session.state.openCheckup(CheckQuestion()))
    #expect(session.words.contains("There is no zfs command on this host."))
    #expect(session.screen.action("before.field") == nil)
  }

  @Test func `what is good is saved at once, after it was checked`() {
    var session = session()
    session.push("save")
    #expect(session.effects.contains { $0.name == "check" })
    #expect(session.world.library.tasks.first?.enabled == true)
    #expect(session.screen.status.text.contains("is saved."))
  }

  @Test func `a connection that fails, or a right, needs a word before the task is saved`() {
    for trouble in [Self.refused, Self.asking] {
      var session = session([trouble.id: trouble])
      session.push("save_and_run")
      #expect(session.world.library.tasks.isEmpty)
      #expect(session.screen.dialog?.title == "Save it as disabled?")
      #expect(session.words.contains(Words.explain(trouble).message))
      session.press(.enter)
      #expect(session.screen.id == "wizard.review", "the safe answer stands first")
      #expect(session.world.library.tasks.isEmpty)
      session.push("save")
      session.push("question.checks")
      #expect(session.screen.id == "before")
      session.press(.escape)
      session.push("save_and_run")
      session.push("question.go")
      #expect(session.world.library.tasks.map(\.enabled) == [false])
      #expect(session.effects.allSatisfy { $0.name != "startRun" })
      #expect(session.screen.status.text.contains("disabled"))
      #expect(session.state.savedAnswers?.isEnabled == false)
    }
  }

  @Test func `a doubt keeps nobody from saving`() {
    var session = session([
      .rights: .doubtful(.rights, "check.rights", subject: "replica@vault"),
      .space: .bad(.space, "check.space", subject: "vault"),
    ])
    session.push("save")
    #expect(session.world.library.tasks.first?.enabled == true)
  }

  @Test func `a good checklist for the same values is not made again`() {
    var session = session()
    session.push("check")
    session.press(.escape)
    session.push("save")
    #expect(session.effects.count { $0.name == "check" } == 1)
    #expect(session.world.library.tasks.count == 1)
  }

  @Test func `while it is checked nothing is saved twice, and who goes away saves nothing`() {
    var session = session()
    session.world.silent = ["check"]
    session.push("save")
    #expect(session.screen.status.text.contains("being checked"))
    session.push("save")
    #expect(session.effects.count { $0.name == "check" } == 1)
    guard let id = session.state.saveGate?.checkup.request else {
      Issue.record("nothing is checked")
      return
    }
    session.press(.escape)
    session.play(update(&session.state, .reply(id, .checked(nil))))
    #expect(session.world.library.tasks.isEmpty)
    #expect(session.screen.id == "wizard.schedule")
  }

  @Test func `the advanced screen saves as disabled, too`() {
    var world = FakeWorld()
    world.library.connections = [WalkTests.vault]
    var task = TaskDraft()
    task.name = "offsite"
    task.connection = "vault"
    task.sourceDatasets = ["tank/data"]
    task.targetDataset = "vault/site"
    task.alsoIncludeNamingSchema = [WizardChoices.defaultSchema]
    task.auto = false
    world.library.tasks = [task]
    world.checks = [.login: Self.refused]
    var session = Session(world: world)
    session.state.openAdvanced(editing: "offsite")
    session.push("advanced.save")
    #expect(session.world.library.tasks.first?.enabled == true, "not yet")
    session.push("question.go")
    #expect(session.world.library.tasks.map(\.enabled) == [false])
  }
}
