import TerminalCore
import FormKit
import ReplicationModel
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct AnswersTests {
  let push: [String: AnswerValue] = [
    "source_location": .text("local"), "source_datasets": .list([.text("tank/data")]),
    "recursive": .flag(true), "destination_location": .text("remote"),
    "destination": .text("vault/site"), "connection": .text("vault"),
    "schedule": .text("hourly"), "run": .text("save_and_run"),
  ]

  @Test func `the same choices as at the keys make the same task`() {
    var world = FakeWorld()
    world.library.connections = [WalkTests.vault]
    var session = Session(world: world)
    session.choose("source_location", 1)
    session.push("source_datasets")
    session.row("tank")
    session.press(.right)
    session.row("tank/data")
    session.press(.space)
    session.push("browser.use")
    session.tab(to: "recursive")
    session.press(.space)
    session.push("next")
    session.choose("destination_location", 2)
    session.push("destination_connection")
    session.press(.enter)
    session.push("target_dataset")
    session.press(.space, .character("n"))
    session.type("site")
    session.push("browser.use")
    session.push("next")
    session.push("next")
    session.choose("schedule_picker", 1)

    var (answers, findings) = Answers.read(push)
    #expect(findings.isEmpty)
    answers.complete(in: world.library)
    #expect(answers.choices == session.state.wizard.choices)
    #expect(Composer.compose(answers.choices, in: world.library) == session.state.order)
    #expect(answers.ending == .saveAndRun)
  }

  @Test func `a session leaves its answers, and they make the same task again`() {
    var session = ReviewTests.session()
    let order = session.state.order
    session.push("save")
    guard let saved = session.state.savedAnswers else {
      Issue.record("no answers")
      return
    }
    #expect(saved.ending == .save)
    var (again, findings) = Answers.read(saved.document)
    #expect(findings.isEmpty)
    again.complete(in: Library())
    #expect(Composer.compose(again.choices, in: Library()) == order)
  }

  @Test func `what is unknown or of the wrong kind is a finding, and names its key`() {
    var document = push
    document["recursiv"] = .flag(true)
    document["recursive"] = .text("maybe")
    document["source_datasets"] = .map([:])
    document["schedule"] = .list([])
    document["run"] = .text("now")
    document["lifetime"] = .text("two weeks")
    let (_, findings) = Answers.read(document)
    #expect(
      Set(findings.map(\.field))
        == ["recursiv", "recursive", "source_datasets", "schedule", "run", "lifetime"])
    #expect(findings.allSatisfy { $0.severity == .error && $0.message.contains($0.field) })
  }

  @Test func `Generate New needs a fingerprint and a place for the password`() {
    var document = push
    document["connection"] = nil
    document["generate"] = .map(["host": .text("vault.lan"), "user": .text("x")])
    let (answers, findings) = Answers.read(document)
    #expect(
      findings.map(\.field)
        == ["generate.user", "generate.host_key_fingerprint", "generate.password_file"])
    #expect(answers.choices.connection == "vault.lan")
    document["connection"] = .text("vault")
    #expect(Answers.read(document).findings.contains { $0.code == "answers.both" })
  }

  @Test func `only a key with the fingerprint that was given is trusted`() {
    var generate = GenerateAnswers()
    generate.name = "vault"
    generate.hostKeyFingerprint = "SHA256:good"
    let good = ShownHostKey(algorithm: "a", fingerprint: "SHA256:good", line: "a good")
    let bad = ShownHostKey(algorithm: "b", fingerprint: "SHA256:bad", line: "b bad")
    #expect(generate.connection(with: [bad]) == nil)
    #expect(generate.connection(with: []) == nil)
    #expect(generate.connection(with: [bad, good])?.hostKey == ["a good"])
  }

  @Test func `answers written out read back the same, for every combination`() {
    for choices in FlowTests.combinations where choices.sourceLocation != nil {
      var answers = Answers()
      answers.choices = choices
      answers.choices.sources = ["tank/a", "tank/b"]
      answers.choices.destination = "backup"
      answers.choices.connection = choices.needsConnection ? "vault" : nil
      let (read, findings) = Answers.read(answers.document)
      #expect(findings.isEmpty)
      let library = Library(connections: [WalkTests.vault])
      #expect(
        Composer.compose(read.choices, in: library)
          == Composer.compose(answers.choices, in: library))
    }
  }

  @Test func `a window of the day is written out, and reads back the same`() {
    var answers = Answers()
    answers.choices.sourceLocation = .local
    answers.choices.preset = .hourly
    answers.choices.begin = "08:00"
    answers.choices.end = "17:59"
    let (read, findings) = Answers.read(answers.document)
    #expect(findings.isEmpty)
    #expect(read.choices.chosenSchedule == answers.choices.chosenSchedule)
    #expect(read.choices.chosenSchedule?.begin == "08:00")
  }

  @Test func `what the wizard would refuse, answers are refused for`() {
    var document = push
    document["source_datasets"] = .list([])
    document["schedule"] = .text("0 2 *")
    let (answers, _) = Answers.read(document)
    let findings = answers.findings(in: Library(), zone: .utc, now: Instant(0))
    #expect(findings.contains { $0.field.hasPrefix("source_datasets") })
    #expect(findings.contains { $0.severity == .error })
  }
}
