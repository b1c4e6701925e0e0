import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// All that the app says of itself, gathered from its tables and from every screen of the gallery.
enum Said {
  /// Every field that a screen has, once; those that only show with some answers too.
  static let fields: [FieldSpec] = {
    let steps = [
      FieldSpec.sourceStep, FieldSpec.destinationStep, FieldSpec.connectionStep,
      FieldSpec.scheduleStep, FieldSpec.pairingForm,
      [FieldSpec.pairPassword, FieldSpec.childName, FieldSpec.questionTyped("tank/data")],
    ]
    var seen: Set<FocusID> = []
    return (steps + Gallery.states.map(\.state.fields)).flatMap { $0 }
      .filter { seen.insert($0.id).inserted }
  }()

  /// The one-line help of every field, by the field's name.
  static let oneLiners: [(String, String)] =
    TaskField.allCases.map { ($0.rawValue, $0.help) }
    + ConnectionField.allCases.map { ("connection.\($0.rawValue)", $0.help) }
    + SnapshotTaskField.allCases.map { ("snapshot_task.\($0.rawValue)", $0.help) }
    + fields.map { ($0.id.text, $0.help) }

  /// The purposes of every screen, by the state in which it is.
  static let purposes: [(String, String)] = Gallery.states.map {
    ($0.name, screen($0.state).purpose)
  }

  /// How many sentences a text has: marks with a space or the end behind them.
  static func sentences(_ text: String) -> Int {
    var count = 0
    var last: Character = " "
    for character in text + " " {
      if character == " ", ".?!".contains(last) { count += 1 }
      last = character
    }
    return count
  }
}

@Suite struct HelpTextTests {
  @Test func `every field of the three kinds of file has a paragraph`() {
    let paths =
      TaskField.allCases.map(\.rawValue)
      + ConnectionField.allCases.map { "connection.\($0.rawValue)" }
      + SnapshotTaskField.allCases.map { "snapshot_task.\($0.rawValue)" }
    for path in paths { #expect(HelpText.paragraph(for: path) != nil, "\(path)") }
    #expect(HelpText.paragraph(for: "no_such_field") == nil)
  }

  @Test func `every field of a screen has a paragraph and a line of help`() {
    for field in Said.fields {
      #expect(field.paragraph != nil, "\(field.id.text)")
      #expect(!field.help.isEmpty, "\(field.id.text)")
    }
  }

  @Test func `a line of help fits under its field, and is a sentence`() {
    for (name, help) in Said.oneLiners {
      #expect(help.count <= 76, "\(name): \(help.count)")
      #expect(help.hasSuffix("."), "\(name)")
    }
  }

  @Test func `a paragraph is three to six sentences that begin with more than its label`() {
    for (path, text) in HelpText.paragraphs {
      #expect((3...6).contains(Said.sentences(text)), "\(path): \(Said.sentences(text))")
      #expect(text.hasSuffix(".") && !text.contains("  ") && !text.contains("\n"), "\(path)")
    }
  }

  @Test func `every screen has a page of four to ten sentences`() {
    let ids = Set(Gallery.states.map(\.state.route.id))
    for id in ids { #expect(HelpText.page(for: id) != nil, "\(id)") }
    for (id, text) in HelpText.pages {
      #expect((4...10).contains(Said.sentences(text)), "\(id): \(Said.sentences(text))")
      #expect(text.hasSuffix(".") && !text.contains("\n"), "\(id)")
    }
    #expect(HelpText.page(for: "no-such-screen") == nil)
  }

  @Test func `no field and no screen is explained twice`() {
    let tables = [
      HelpText.taskSource, HelpText.taskRun, HelpText.taskDestination, HelpText.taskTransport,
    ].flatMap { $0.keys.map(\.rawValue) }
    let others = [HelpText.wizard, HelpText.pairing].flatMap(\.keys)
    #expect(Set(tables + others).count == tables.count + others.count)
    let pages = [HelpText.wizardPages, HelpText.taskPages, HelpText.hostPages].flatMap(\.keys)
    #expect(Set(pages).count == pages.count)
  }

  @Test func `a screen's purpose is one sentence`() {
    for (name, purpose) in Said.purposes {
      #expect(Said.sentences(purpose) == 1, "\(name): \(purpose)")
    }
  }

  @Test func `the help says nothing that a terminal could take for a command`() {
    for text in Array(HelpText.paragraphs.values) + HelpText.pages.values
      + Glossary.entries.map(\.meaning)
    {
      #expect(text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) }, "\(text)")
    }
  }
}

@Suite struct HelpScreenTests {
  /// Source step, with the focus on Recursive.
  private var session: Session {
    var session = Session()
    session.choose("source_location", 1)
    session.tab(to: "recursive")
    return session
  }

  private func frame(_ state: AppState) -> Frame {
    FrameRenderer.frame(of: screen(state), size: state.size, capabilities: state.capabilities)
  }

  @Test func `help opens at the paragraph of the field that has the focus`() {
    var session = session
    session.press(.character("?"))
    #expect(session.screen.id == "help")
    #expect(session.state.helpLines.first == "Recursive")
    let text = session.state.helpLines.map { $0.drop { $0 == " " } }.joined(separator: " ")
    #expect(text.contains("only a roof over others"))
    #expect(frame(session.state).text.contains("Also copies every dataset below each source"))
  }

  @Test func `then come the screen's page, the other fields, the keys and the glossary`() throws {
    var session = session
    session.press(.function(1))
    let lines = session.state.helpLines
    let page = try #require(lines.firstIndex(of: "Step 1 of 4: Source"))
    let other = try #require(lines.firstIndex(of: "Source Location"))
    let keys = try #require(lines.firstIndex(of: "Keys"))
    #expect(page < other && other < keys)
    #expect(lines.count { $0 == "Recursive" } == 1)
    #expect(lines[keys...].contains { $0.contains("Ctrl-L") })
    #expect(lines.suffix(2).joined(separator: " ").contains("the Glossary below."))
  }

  @Test func `closing it restores the identical state, down to every cell`() {
    var session = session
    let before = session.state
    let drawn = frame(before)
    session.press(.character("?"), .down, .down, .pageDown, .escape)
    #expect(session.state == before)
    #expect(frame(session.state) == drawn)
    session.press(.function(1))
    session.push("help.glossary")
    session.press(.pageDown, .escape, .escape)
    #expect(session.state == before)
    #expect(frame(session.state) == drawn)
  }

  @Test func `it scrolls to its last line`() {
    var session = session
    session.press(.function(1))
    for _ in 0..<20 { session.press(.pageDown) }
    #expect(session.state.place.row == session.state.helpLines.count - 1)
    #expect(frame(session.state).text.contains("Words like snapshot or host key"))
  }

  @Test func `the glossary opens from the help, and is not opened on itself`() {
    var session = session
    session.press(.function(1))
    session.push("help.glossary")
    #expect(session.screen.id == "glossary")
    session.press(.function(1))
    #expect(session.screen.id == "glossary")
    session.press(.escape)
    #expect(session.screen.id == "help")
  }

  @Test func `its lines fit whatever the width`() {
    for columns in [20, 60, 80, 200] {
      var state = session.state
      _ = update(&state, .resized(Size(columns: columns, rows: 24)))
      state.push(.help)
      let width = max(20, min(64, columns - 6))
      for line in state.helpLines { #expect(line.count <= max(width, 40), "\(line)") }
      for line in state.glossaryLines(width: width) { #expect(line.count <= width, "\(line)") }
    }
  }

  @Test func `where no field has the focus it opens at the screen's page`() {
    var session = Session()
    session.press(.escape, .function(1))
    #expect(session.state.helpLines.first == "Replication tasks")
  }
}
