import TerminalCore
import Testing

@testable import FormKit

/// What holds for every screen, whatever is on it.
@Suite struct LayoutTests {
  static let focuses: [FocusID] = [
    "text", "secret", "check", "choice", "opener", "disabled", "next", "save", "stop",
  ]

  @Test(
    arguments: [Size.normal, .small, Size(columns: 200, rows: 60)], [Capabilities.rich, .slow])
  func `the cursor is on what has the focus, and the marker in front of it`(
    size: Size, capabilities: Capabilities
  ) {
    var frames: Set<Frame> = []
    for focus in Self.focuses {
      let frame = draw(.form(focus: focus), size, capabilities)
      frames.insert(frame)
      let line = frame.line(frame.cursor.row)
      #expect(line.prefix(frame.cursor.column).contains(">"), "\(focus.text): \(line)")
      #expect(frame.text.filter { $0 == ">" }.count <= 2, "\(focus.text)")
    }
    #expect(frames.count == Self.focuses.count)
  }

  @Test func `the title, the buttons and the keys are there whatever the body's length`() {
    for size in [Size.normal, .small] {
      for focus in 0..<60 {
        let frame = draw(.table(rows: 60, focus: focus), size)
        #expect(frame.text.contains("Step 2 of 5: Destination"))
        #expect(frame.text.contains("[ Done ]"))
        #expect(frame.line(size.rows - 1).contains("Tab next   Esc back   F10 quit"))
        #expect(frame.line(frame.cursor.row).hasPrefix(" > Label \(focus) "))
      }
    }
  }

  @Test func `what is above and below is counted`() {
    let frame = draw(.table(rows: 60, focus: 30))
    let first = frame.text.firstMatch(of: /↑ (\d+) more/)
    let last = frame.text.firstMatch(of: /↓ (\d+) more/)
    #expect(first != nil && last != nil)
    #expect(draw(.table(rows: 3, focus: 0)).text.firstMatch(of: /more/) == nil)
  }

  @Test func `what follows the last field is seen from there`() {
    #expect(draw(.table(rows: 60, focus: 59)).text.contains("[!!] The last word."))
    #expect(!draw(.table(rows: 60, focus: 30)).text.contains("The last word."))
  }

  @Test func `where the focus is on a button, an error is seen`() {
    var screen = Screen.table(rows: 60, focus: 0)
    screen.focus = "ok"
    #expect(draw(screen).text.contains("[!!] The last word."))
  }

  @Test func `a message moves nothing but itself`() {
    func screen(_ note: Note?) -> Screen {
      .specimen(
        [
          .field(
            FieldView(
              id: "a", label: "Host", control: .text(value: "", cursor: 0, secret: false),
              message: note)),
          .field(FieldView(id: "b", label: "Port", control: .check(false))),
        ], focus: "a")
    }
    let before = draw(screen(nil))
    let after = draw(screen(Note(.error, "Host is required.")))
    let different = (0..<24).filter { before.line($0) != after.line($0) }
    #expect(different.count == 1)
    #expect(different.first.map(before.line) == "")
    #expect(different.first.map(after.line)?.contains("[!!] Host is required.") == true)
  }

  @Test func `every position of the caret is inside the field`() {
    let value = String(repeating: "0123456789", count: 12)
    for size in [Size.normal, .small] {
      for caret in 0...value.count {
        let frame = draw(
          .specimen(
            [
              .field(
                FieldView(
                  id: "a", label: "Host", control: .text(value: value, cursor: caret, secret: false)
                ))
            ], focus: "a"), size)
        let line = Array(frame.line(frame.cursor.row))
        guard let open = line.firstIndex(where: { "[<".contains($0) }),
          let close = line.lastIndex(of: "]")
        else {
          Issue.record("no field")
          return
        }
        #expect(frame.cursor.column > open && frame.cursor.column < close)
        let under = line[frame.cursor.column]
        #expect(caret == value.count ? under == " " : under == Array(value)[caret], "\(caret)")
      }
    }
  }

  @Test func `a secret is never drawn`() {
    for capabilities in [Capabilities.rich, .plain, .slow] {
      #expect(!draw(.form(focus: "secret"), .normal, capabilities).text.contains("hunter2"))
      #expect(draw(.form(focus: "secret"), .normal, capabilities).text.contains("*******"))
    }
  }

  @Test func `a long name is shortened in the list, and whole in the status`() {
    let name = "tank/" + (0..<25).map { "folder-\($0)" }.joined(separator: "/") + "/the-end"
    var screen = Screen.specimen(
      [
        .list(
          ListView(
            id: "l", label: "Datasets", rows: [ListView.Row(id: "1", text: name)], count: 1,
            cursor: 0))
      ], focus: "l", status: StatusLine(name))
    for size in [Size.normal, .small] {
      let frame = draw(screen, size)
      #expect(frame.line(frame.cursor.row).contains("…"))
      #expect(frame.line(frame.cursor.row).hasSuffix("/the-end"))
      let shown = frame.text.filter { $0 != " " && $0 != "\n" }
      #expect(shown.contains(name))
      #expect(frame.text.contains("[ Done ]"))
    }
    screen.status = StatusLine("")
    #expect(!draw(screen).text.contains(name))
  }

  @Test func `any size can be drawn, and a small one says so`() {
    for columns in 0...82 {
      for rows in 0...26 {
        let size = Size(columns: columns, rows: rows)
        let frame = draw(.form(focus: "text"), size)
        #expect(frame.size == size)
        let isSmall = columns < 60 || rows < 20
        if columns > 30, rows > 2 { #expect(frame.text.contains("Too small") == isSmall) }
      }
    }
  }

  @Test func `nothing from outside steers the terminal`() {
    let evil = "a\u{1b}[2J\u{9b}1m\r\n\u{7}\u{202e}b"
    let screen = Screen.specimen(
      [
        .heading(evil), .paragraph(evil, .error),
        .field(FieldView(id: "a", label: evil, control: .opener(value: evil))),
        .field(
          FieldView(id: "b", label: "b", control: .text(value: evil, cursor: 3, secret: false))),
        .field(
          FieldView(
            id: "c", label: "c",
            control: .choice(options: [evil, evil], selected: 0, highlighted: 1))),
        .table(TableView(rows: [TableView.Row(label: evil, value: evil)])),
        .progress(ProgressView(label: evil, text: evil, fraction: 2)),
        .list(
          ListView(
            id: "l", label: evil, rows: [ListView.Row(id: "1", text: evil, detail: evil)],
            count: 1, cursor: 0, filter: evil)),
      ], focus: "b", actions: [Action(id: "x", title: evil)], status: StatusLine(evil, .error),
      dialog: nil)
    for capabilities in [Capabilities.rich, .plain, .slow] {
      for cell in draw(screen, .normal, capabilities).cells {
        for scalar in cell.text?.unicodeScalars ?? "".unicodeScalars {
          #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
          #expect(scalar.value != 0x202E)
          #expect(capabilities.unicode || scalar.isASCII)
        }
      }
    }
  }

  @Test func `without colour every state has signs of its own`() {
    func row(_ field: FieldView, focus: FocusID = "") -> String {
      draw(.specimen([.field(field)], focus: focus), .normal, .plain).line(4)
    }
    let check = FieldView(id: "a", label: "Recursive", control: .check(false))
    var on = check
    on.control = .check(true)
    #expect(Set([row(check), row(on), row(check, focus: "a")]).count == 3)
    let actions = [
      Action(id: "a", title: "Go"), Action(id: "a", title: "Go", enabled: .no(reason: "Not now.")),
      Action(id: "a", title: "Go", danger: true),
    ]
    let drawn = actions.flatMap { action in
      ["", "a"].map { draw(.specimen([], focus: FocusID($0), actions: [action])).text }
    }
    #expect(Set(drawn).count == 6)
    let tones: [Tone] = [.plain, .info, .success, .warning, .error]
    let paragraphs = tones.map { draw(.specimen([.paragraph("text", $0)]), .normal, .plain).text }
    #expect(Set(paragraphs).count == tones.count)
  }

  @Test func `a choice of nothing can have the focus`() {
    let choice = FieldView(
      id: "a", label: "Key", control: .choice(options: [], selected: nil, highlighted: 0))
    let frame = draw(.specimen([.field(choice)], focus: "a"))
    #expect(frame.line(frame.cursor.row).hasPrefix(" > Key"))
  }

  @Test func `a text that goes on to the left says so, and only then`() {
    func line(_ value: String, _ caret: Int) -> String {
      let control = FieldView.Control.text(value: value, cursor: caret, secret: false)
      return draw(.specimen([.field(FieldView(id: "a", label: "N", control: control))], focus: "a"))
        .line(4)
    }
    let long = String(repeating: "x", count: 60)
    #expect(line(long, 60).contains("  <x"))
    #expect(line(long, 0).contains("  [x"))
    #expect(line("short", 5).contains("  [short "))
  }

  @Test func `the rows of a list without a label begin at once`() {
    func list(_ count: Int) -> Screen {
      let rows = (0..<count).map { ListView.Row(id: "\($0)", text: "line \($0)") }
      return .specimen(
        [.list(ListView(id: "a", label: "", rows: rows, count: count, cursor: 0, use: .read))],
        focus: "a")
    }
    #expect(draw(list(3)).line(4).hasPrefix(" > line 0"))
    #expect(draw(list(90)).line(4).contains("of 90"))
    #expect(draw(list(90)).line(5).hasPrefix(" > line 0"))
  }

  @Test func `a page shows the cursor, with a neighbour on each side`() {
    for height in 1...30 {
      for count in [0, 1, height, height + 1, 100] {
        for line in 0..<max(1, count) {
          let first = Paging.offset(of: line, in: count, height: height)
          #expect(first >= 0 && first <= max(0, count - height))
          if count > 0 { #expect((first..<first + height).contains(line)) }
          if height > 2, count > height, line > 0, line < count - 1 {
            #expect((first + 1..<first + height - 1).contains(line))
          }
        }
      }
    }
  }

  @Test func `a long explanation is wrapped, never cut`() {
    let words = (0..<60).map { "word\($0)" }
    let frame = draw(.specimen([.paragraph(words.joined(separator: " "), .plain)], focus: "ok"))
    for word in words { #expect(frame.text.contains(word)) }
  }
}
