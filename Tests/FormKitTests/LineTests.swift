import FormKit
import TerminalCore
import Testing

/// Screens as lines.
@Suite struct LineTests {
  let renderer = LineRenderer()

  func field(_ control: FieldView.Control, required: Bool = false) -> FieldView {
    FieldView(id: "f", label: "Name", control: control, required: required, help: "What it is.")
  }

  @Test func `a prompt says what is asked, how, and what Enter keeps`() {
    let cases: [(FieldView.Control, String)] = [
      (.text(value: "a", cursor: 0, secret: false), "Name [a]: "),
      (.text(value: "", cursor: 0, secret: false), "Name (required): "),
      (.text(value: "***", cursor: 0, secret: true), "Name, not shown (required): "),
      (.check(true), "Name, yes or no [yes]: "),
      (.choice(options: ["x", "y"], selected: 1, highlighted: 1), "Name, 1 to 2 [2]: "),
      (.choice(options: ["x", "y"], selected: nil, highlighted: 0), "Name, 1 to 2 (required): "),
      (.opener(value: ""), "Name, Enter to choose (required): "),
      (.opener(value: "tank"), "Name, o to choose [tank]: "),
    ]
    for (control, prompt) in cases {
      #expect(renderer.prompt(field(control, required: true)) == prompt)
    }
    #expect(renderer.prompt(field(.text(value: "", cursor: 0, secret: false))) == "Name: ")
  }

  @Test func `options are numbered below the help`() {
    let choice = field(.choice(options: ["x", "y"], selected: nil, highlighted: 0))
    #expect(renderer.introduction(choice) == ["What it is.", "1) x", "2) y"])
  }

  @Test func `what is fixed or off is read, not asked`() {
    var off = field(.check(false))
    off.disabled = "Not here."
    let screen = Screen(
      id: "s", title: "T", purpose: "P.",
      blocks: [.field(field(.constant("v"))), .field(off), .paragraph("Bad.", .error)],
      actions: [Action(id: "go", title: "Go")], focus: "go")
    let form = LineForm(screen)
    #expect(form.stops.count == 1)
    #expect(
      renderer.lines(form.stops[0].before)
        == ["Name: v (What it is.)", "Name: no (Not here.)", "[!!] Bad."])
  }

  @Test func `the focus on what is only read asks what comes after it`() {
    var off = field(.check(false))
    off.disabled = "Not here."
    let name = FieldView(id: "name", label: "Task", control: .check(true))
    let screen = Screen(
      id: "s", title: "T", purpose: "P.", blocks: [.field(off), .field(name)],
      actions: [Action(id: "go", title: "Go")], focus: "f")
    let form = LineForm(screen)
    #expect(form.index(of: "f") == 0 && form.stops[0].item.id == "name")
    #expect(form.index(of: "go") == 1)
  }

  @Test func `a question on top is what is asked`() {
    let screen = Screen(
      id: "s", title: "T", purpose: "P.", blocks: [.field(field(.check(true)))], focus: "stay",
      dialog: Dialog(
        title: "Leave?", blocks: [.paragraph("Lost.", .plain)],
        actions: [
          Action(id: "stay", title: "Stay"), Action(id: "go", title: "Discard", danger: true),
        ]))
    let form = LineForm(screen)
    #expect(renderer.head(of: form) == ["Leave?"])
    #expect(form.stops.count == 1)
    guard case .actions(let actions) = form.stops[0].item else { return }
    #expect(renderer.actions(actions) == ["1) Stay", "2) Discard (only by its number)"])
    #expect(renderer.prompt(actions) == "What next, 1 to 2 [1]: ")
  }

  @Test func `a dangerous or disabled first button is not what Enter presses`() {
    let no = Action(id: "a", title: "A", enabled: .no(reason: "Why."))
    #expect(renderer.standard([no]) == nil)
    #expect(renderer.standard([Action(id: "a", title: "A", danger: true)]) == nil)
    #expect(renderer.actions([no]) == ["1) A: not now. Why."])
  }

  @Test func `rows have numbers, marks, and whole names`() {
    let list = ListView(
      id: "l", label: "Sets",
      rows: [
        .init(id: "1", fold: .open, mark: .partial, text: "tank", detail: "5 GiB"),
        .init(id: "2", depth: 1, mark: .on, text: "data", full: "tank/data"),
      ], count: 2, cursor: 0, use: .mark)
    #expect(
      renderer.rows(list) == [
        "Sets", "1) [~] tank, 5 GiB, open, some below are marked", "2) [x] tank/data",
        "2 marks row 2, o 2 opens it.",
      ])
  }

  @Test func `a page is told of many rows`() {
    let rows = (0..<30).map { ListView.Row(id: "\($0)", text: "r\($0)") }
    let list = ListView(id: "l", label: "", rows: rows, first: 15, count: 100, cursor: 25)
    let lines = renderer.rows(list)
    #expect(lines.first == "21) r5" && lines.count == 21)
    #expect(lines.last == "Rows 21 to 40 of 100; n next, p previous")
  }

  @Test func `progress is text, the number first`() {
    let progress = ProgressView(label: "tank", text: "1 of 2", fraction: 0.5)
    #expect(renderer.line(progress) == "50 %, 1 of 2: tank")
  }

  @Test func `every byte is printable, and no line too long`() {
    let text = "a\u{1b}[2J \u{202e}b – … " + String(repeating: "word ", count: 40)
    let lines = renderer.lines([
      .paragraph(text, .warning), .heading(text),
      .table(TableView(rows: [.init(label: text, value: text), .init(label: "", value: "x")])),
      .progress(ProgressView(label: text, text: "", fraction: 2)),
    ])
    for line in lines {
      #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(line)")
    }
    #expect(renderer.noted(text, .warning).allSatisfy { $0.count <= 72 })
    #expect(LineRenderer(unicode: true).noted("–", .plain) == ["–"])
    #expect(
      renderer.lines([
        .table(
          TableView(rows: [
            .init(label: "Creates", value: "a"), .init(label: "", value: "b"),
          ]))
      ]) == ["Creates: a", "Creates: b"])
  }
}
