import FormKit
import ReplicationModel
import TerminalCore
import TerminalTestKit
import Testing

@testable import AppGallery
@testable import AppRuntime
@testable import ZferryApp

/// Plain mode from the first question to the end of the first run.
@Suite struct PlainTests {
  /// `tank/data` and `tank/home` with all below them to `backup/site-a`, here, daily.
  static let localScript = PlainScript([
    ("Source Location", "1"), ("Mark", "o 2"), ("Mark", "3"), ("Mark", "4"), ("Recursive", "y"),
    ("Destination Location", "1"), ("Mark", "1"), ("New dataset", "site-a"),
    ("Review|What next", "2"), ("Tasks", "q"),
  ])
  /// `tank` to `vault`, through a connection that is made on the way.
  static let pushScript = PlainScript([
    ("Source Location", "1"), ("Mark", "2"), ("Destination Location", "2"),
    ("Host", "203.0.113.9"), ("right host|What next", "2"), ("Password", "hunter2"),
    ("once|What next", "1"),
    ("Mark", "1"),
    ("Review|What next", "1"), ("Tasks", "q"),
  ])
  /// `vault` from a system that is known already, to `backup`.
  static let pullScript = PlainScript([
    ("Source Location", "2"), ("SSH connections", "1"), ("Source on|Mark", "1"),
    ("Destination on|Mark", "1"), ("Review|What next", "1"), ("Tasks", "q"),
  ])
  static let localGiven = given(PlainSession(localScript))
  static let pushGiven = given(PlainSession(pushScript))
  static let pullGiven = given(PlainSession(pullScript, world: knownWorld))
  /// All that was typed.
  static let local = localGiven.map(\.answer)
  static let push = pushGiven.map(\.answer)
  static let pull = pullGiven.map(\.answer)

  static func given(_ session: PlainSession) -> [(prompt: String, answer: String)] {
    session.lines.script?.given ?? []
  }

  /// What was typed before the first prompt with this in it.
  static func answers(
    before prompt: String, in given: [(prompt: String, answer: String)] = localGiven
  ) -> [String] {
    given.prefix { !$0.prompt.contains(prompt) }.map(\.answer)
  }

  static var knownWorld: FakeWorld {
    var world = FakeWorld()
    world.library.connections = [WalkTests.vault]
    return world
  }

  @Test func `a local copy, saved and run`() {
    let session = PlainSession(Self.local)
    #expect(
      session.end
        == .left(
          "tank-data-tank-home-to-backup-site-a: done and checked. Sent 3 snapshots, 2.0 GiB in 1 min 2 s."
        ))
    #expect(session.lines.answers.isEmpty)
    Golden.expect(session.lines.transcript, "plain.local")
  }

  @Test func `a push to a host that is set up on the way`() {
    let session = PlainSession(Self.push)
    #expect(session.end == .left(""))
    #expect(session.lines.answers.isEmpty)
    #expect(session.orders.first?.task.connection == "203.0.113.9")
    #expect(!session.lines.transcript.contains("hunter2"))
    Golden.expect(session.lines.transcript, "plain.push")
  }

  @Test func `a pull from a host that is known`() {
    let session = PlainSession(Self.pull, world: Self.knownWorld)
    #expect(session.end == .left(""))
    #expect(session.lines.answers.isEmpty)
    #expect(session.orders.first?.task.direction == .pull)
    Golden.expect(session.lines.transcript, "plain.pull")
  }

  @Test func `prompts, keys and an answers file give the same task`() throws {
    let plain = try #require(PlainSession(Self.local).orders.first)

    var keys = Session()
    keys.choose("source_location", 1)
    keys.push("source_datasets")
    keys.row("tank")
    keys.press(.enter)
    keys.row("tank/data")
    keys.press(.space)
    keys.row("tank/home")
    keys.press(.space)
    keys.push("browser.use")
    keys.tab(to: "recursive")
    keys.press(.space)
    keys.push("next")
    keys.choose("destination_location", 1)
    keys.push("target_dataset")
    keys.row("backup")
    keys.press(.space, .character("n"))
    keys.type("site-a")
    keys.push("browser.use")
    keys.push("next")
    keys.push("next")
    keys.push("save")
    let drawn = keys.effects.compactMap {
      if case .save(_, let order) = $0 { order } else { nil }
    }

    var (answers, findings) = Answers.read([
      "source_location": .text("local"),
      "source_datasets": .list([.text("tank/data"), .text("tank/home")]),
      "recursive": .flag(true), "destination_location": .text("local"),
      "destination": .text("backup/site-a"), "schedule": .text("daily"), "run": .text("save"),
    ])
    #expect(findings.isEmpty)
    answers.complete(in: Library())
    let file = Composer.compose(answers.choices, in: Library())
    #expect(drawn == [plain])
    #expect(file == plain)
  }

  @Test func `prompts and keys give the same task over ssh`() throws {
    let plain = try #require(PlainSession(Self.pull, world: Self.knownWorld).orders.first)
    var keys = Session(world: Self.knownWorld)
    keys.choose("source_location", 2)
    keys.push("source_connection")
    keys.press(.enter)
    keys.push("source_datasets")
    keys.row("vault")
    keys.press(.space)
    keys.push("browser.use")
    keys.push("next")
    keys.push("target_dataset")
    keys.row("backup")
    keys.press(.space)
    keys.push("browser.use")
    for _ in 0..<3 { keys.push("next") }
    keys.push("save")
    let drawn = keys.effects.compactMap {
      if case .save(_, let order) = $0 { order } else { nil }
    }
    #expect(drawn == [plain])
  }

  @Test func `the end of input at any prompt ends it, and chooses nothing`() {
    let save = Self.answers(before: "Review|What next").count
    for count in 0...save {
      let session = PlainSession(Array(Self.local.prefix(count)))
      #expect(session.end == .aborted(""), "after \(count) answers")
      #expect(!session.changedSomething, "after \(count) answers")
    }
    // Up to the password of Generate New nothing is written either.
    for count in 0...Self.answers(before: "Password", in: Self.pushGiven).count {
      let session = PlainSession(Array(Self.push.prefix(count)))
      #expect(session.end == .aborted("") && !session.changedSomething, "after \(count) answers")
    }
  }

  @Test func `help at any prompt says what may be typed, and changes nothing`() throws {
    let plain = PlainSession(Self.local)
    let asked = PlainSession(Self.local.flatMap { ["?", $0] })
    #expect(asked.orders == plain.orders)
    #expect(asked.end == plain.end)
    // The first line of all says it too.
    let helps = asked.lines.transcript.components(of: "b: back").count - 2
    #expect(helps == Self.local.count)
  }

  @Test func `quit at any prompt asks where something would be lost, and b stays`() {
    let expected = PlainSession(Self.local).orders
    for count in 0..<Self.answers(before: "Review|What next").count {
      let answers = Array(Self.local.prefix(count))
      let session = PlainSession(answers + ["q", "3"])
      #expect(session.end == .left(""), "after \(count) answers")
      let changes = session.effects.filter { $0.changesSomething && $0.name != "dropDraft" }
      #expect(changes.isEmpty, "a draft is dropped, nothing else is done")
      guard count % 5 == 1 else { continue }
      let stayed = PlainSession(answers + ["q", "b"] + Self.local.dropFirst(count))
      #expect(stayed.orders == expected, "after \(count) answers")
    }
  }

  @Test func `back at any prompt leads to the first question, with all that was entered`() {
    for count in 1..<Self.answers(before: "Review|What next").count {
      let back = Array(repeating: "b", count: 40)
      let session = PlainSession(Array(Self.local.prefix(count)) + back)
      #expect(session.end == .aborted(""), "after \(count) answers")
      // From the first question it asks whether to leave; b stays.
      #expect(session.lines.prompts.contains { $0.hasPrefix("Source Location") })
      #expect(session.lines.transcript.contains("Leave the wizard?"), "after \(count) answers")
      #expect(session.state?.wizard.choices.sourceLocation == .local)
    }
  }

  @Test func `every byte is one that each terminal has`() {
    for (answers, world) in [
      (Self.local, FakeWorld()), (Self.push, FakeWorld()), (Self.pull, Self.knownWorld),
    ] {
      let session = PlainSession(answers.flatMap { ["?", $0] }, world: world)
      #expect(session.lines.written.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
      for line in session.lines.written.split(separator: "\n") {
        #expect(line.count <= 73, "\(line)")
      }
    }
  }
}

/// What a paste, an accident or a hostile name may do.
@Suite struct PlainSafetyTests {
  /// In the wizard, with something entered.
  static let begun = ["1", "", "1", "", ""]

  @Test func `lines that come all at once answer no dangerous question`() {
    let session = PlainSession(Self.begun + ["q", "3", "3", "3"], step: 0)
    #expect(session.end == .aborted(""))
    #expect(session.lines.transcript.contains("too soon"))
    #expect(session.lines.drops > 0)
  }

  @Test func `q does not answer the question whether to quit`() {
    let session = PlainSession(Self.begun + ["q", "q", "q"])
    #expect(session.end == .aborted(""))
    #expect(session.lines.transcript.contains("This question first"))
  }

  @Test func `Enter alone never answers what would lose something`() {
    let session = PlainSession(Self.begun + ["q"] + Array(repeating: "", count: 40))
    #expect(session.end == .aborted("") && !session.effects.contains { $0.name == "cancelRun" })
    #expect(session.state?.wizard.isBegun == true)
  }

  @Test func `Ctrl-C asks, and the second one ends`() {
    let once = PlainSession(Self.begun, events: [.interrupted, .line("b")])
    #expect(once.end == .aborted("") && once.lines.transcript.contains("Quit?"))
    let twice = PlainSession(Self.begun, events: [.interrupted, .interrupted, .line("x")])
    guard case .aborted = twice.end else {
      Issue.record("\(String(describing: twice.end))")
      return
    }
    #expect(twice.lines.answers == [.line("x")])
  }

  @Test func `a value that is a word of ours is typed with an equals sign`() {
    let named = PlainSession(PlainTests.answers(before: "Task Name") + ["=q", ""])
    #expect(named.state?.wizard.choices.taskName == "q")
  }

  @Test func `an answer with a character that cannot be is not taken at all`() {
    let session = PlainSession(PlainTests.answers(before: "Task Name") + ["a/b", "\u{1b}[A"])
    #expect(session.lines.transcript.contains("A name has no slash"))
    #expect(session.lines.transcript.contains("cannot be typed here"))
    #expect(session.state?.wizard.choices.nameIsTyped == false)
  }

  @Test func `what is missing is told at once and asked again, once`() {
    let session = PlainSession(["", ""])
    let transcript = session.lines.transcript
    #expect(transcript.components(of: "[!!] Source Location is required.").count == 2)
    #expect(session.lines.prompts.prefix(2).allSatisfy { $0.hasPrefix("Source Location") })
    #expect(!session.lines.prompts[2].hasPrefix("Source Location"))
  }

  @Test func `hostile names are spelled out`() {
    var world = FakeWorld()
    world.local[""] = [DatasetRow(name: "tank/\u{1b}[2J\u{202e}x")]
    let session = PlainSession(["1", "", "1", "", ""], world: world)
    #expect(session.lines.written.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    #expect(session.lines.written.contains("\\u{1b}"))
  }

  @Test func `a listing that fails is told, and its row tries again`() {
    var world = FakeWorld()
    world.failing["listDatasets"] = Failure("zfs.missing", subject: "this system")
    let session = PlainSession(["1", "", "1"], world: world)
    #expect(session.lines.transcript.contains("[!!] could not be listed"))
    #expect(session.lines.transcript.contains("[ ] tank"))
  }

  @Test func `rows are filtered, and told by the page`() {
    var world = FakeWorld()
    world.local[""] = (1...45).map { DatasetRow(name: "pool\($0 + 10)") }
    let session = PlainSession(["1", "", "n", "n", "p", "/pool33", "/"], world: world)
    let transcript = session.lines.transcript
    #expect(transcript.contains("Rows 1 to 20 of 45"))
    #expect(transcript.contains("Rows 41 to 45 of 45"))
    #expect(transcript.contains("1) [ ] pool33"))
    #expect(
      transcript.components(of: "Rows 21 to 40 of 45").count == 4, "n, p, and after the filter")
  }

  @Test func `what takes long is told, and Ctrl-C waits no longer`() {
    var world = FakeWorld()
    world.silent = ["plan"]
    let session = PlainSession(
      PlainTests.answers(before: "Review|What next") + ["b"], world: world,
      waits: [.timeout, .timeout, .interrupted])
    let transcript = session.lines.transcript
    #expect(transcript.components(of: "Looking at both sides...").count >= 2)
    #expect(transcript.contains("Not waiting any longer."))
    #expect(transcript.contains("Save and run: not now."))
  }

  @Test func `a run is told in lines, and Ctrl-C asks what to do`() {
    var world = FakeWorld()
    world.silent = ["startRun"]
    let start = PlainTests.answers(before: "Review|What next") + ["2"]
    // Enter goes on watching; then the run is cancelled.
    let session = PlainSession(
      start + ["", "2", "2"], world: world, waits: [.timeout, .interrupted, .interrupted, .hangUp])
    let transcript = session.lines.transcript
    #expect(transcript.contains("Ctrl-C asks what to do."))
    #expect(transcript.contains("Looking at both sides...") || transcript.contains("so far"))
    #expect(transcript.contains("Cancel the run (only by its number)"))
    #expect(session.effects.contains { $0.name == "cancelRun" })
  }

  @Test func `an answer is changed from the review`() {
    let answers = PlainTests.answers(before: "Review|What next")
    let rows = PlainSession(answers + ["c"]).lines.transcript.split(separator: "\n")
    let row = rows.last { $0.contains(") Task Name:") }?.prefix { $0 != ")" } ?? ""
    let session = PlainSession(answers + ["c", "?", String(row)])
    #expect(session.lines.transcript.contains("c) Change an answer"))
    #expect(session.lines.prompts.last?.hasPrefix("Task Name") == true)
  }
}

extension String {
  /// The parts between the places where a text stands.
  func components(of text: String) -> [Substring] {
    split(separator: text, omittingEmptySubsequences: false)
  }
}
