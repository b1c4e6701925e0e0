import FormKit
import TerminalCore

/// Screens that show every kind of block.
extension Screen {
  static func specimen(
    _ blocks: [Block], focus: FocusID = "", actions: [Action] = [Action(id: "ok", title: "Done")],
    status: StatusLine = StatusLine(""), dialog: Dialog? = nil
  ) -> Screen {
    Screen(
      id: "specimen", title: "Step 2 of 5: Destination", purpose: "Where the copies go.",
      blocks: blocks, actions: actions,
      footer: [KeyHint("Tab", "next"), KeyHint("Esc", "back"), KeyHint("F10", "quit")],
      status: status, focus: focus, dialog: dialog)
  }

  /// Every control, and every tone.
  static func form(focus: FocusID) -> Screen {
    specimen(
      [
        .heading("Controls"),
        .field(
          FieldView(
            id: "text", label: "Task Name",
            control: .text(value: "offsite", cursor: 7, secret: false))),
        .field(
          FieldView(
            id: "secret", label: "Password",
            control: .text(value: "hunter2", cursor: 7, secret: true))),
        .field(FieldView(id: "check", label: "Recursive", control: .check(true))),
        .field(
          FieldView(
            id: "choice", label: "Schedule",
            control: .choice(options: ["Hourly", "Daily", "Weekly"], selected: 1, highlighted: 2))),
        .field(FieldView(id: "opener", label: "Source", control: .opener(value: "tank/data"))),
        .field(
          FieldView(
            id: "disabled", label: "Transport", control: .opener(value: "SSH"),
            disabled: "Only between two systems.")),
        .field(FieldView(id: "constant", label: "Security", control: .constant("Encryption"))),
        .gap,
        .paragraph("12 snapshots match.", .dim),
      ], focus: focus,
      actions: [
        Action(id: "next", title: "Next"),
        Action(id: "save", title: "Save", enabled: .no(reason: "Something is missing.")),
        Action(id: "stop", title: "Stop", danger: true),
      ], status: StatusLine("What this task is called in lists."))
  }

  static let tones = specimen(
    [Tone.plain, .dim, .info, .success, .warning, .error].map {
      .paragraph("This is \($0.rawValue). It goes on for long enough to need a second line.", $0)
    }
      + [
        .heading("Progress"),
        .progress(
          ProgressView(
            label: "tank/data@auto-2026-11-24_10-00",
            text: "1.2 GiB of 3.4 GiB, 85 MiB/s, 26 s left", fraction: 0.35)),
        .progress(ProgressView(label: "Looking at both sides…", text: "3 s so far", fraction: nil)),
      ], focus: "ok")

  static func tree(count: Int, cursor: Int, filter: String? = nil) -> Screen {
    let marks: [ListView.Row.Mark] = [.off, .on, .inherited, .partial]
    let folds: [ListView.Row.Fold] = [.open, .leaf, .closed, .loading]
    let rows = (0..<count).map { index in
      ListView.Row(
        id: "\(index)", depth: index % 3, fold: folds[index % 4], mark: marks[index % 4],
        text: "dataset-\(index)", detail: "\(index).0 GiB", tone: index == 5 ? .error : .plain)
    }
    return specimen(
      [
        .list(
          ListView(
            id: "tree", label: "Datasets to copy", rows: rows, count: count, cursor: cursor,
            empty: "No pool here.", filter: filter))
      ], focus: "tree")
  }

  static func table(rows: Int, focus: Int) -> Screen {
    specimen(
      [
        .table(
          TableView(
            rows: (0..<rows).map { index in
              TableView.Row(
                id: FocusID("row\(index)"), label: "Label \(index)",
                value: index % 4 == 3
                  ? "a value that is so long that it has to go on in the next line of the table"
                  : "value \(index)", tone: index == 2 ? .warning : .plain)
            })), .paragraph("The last word.", .error),
      ], focus: FocusID("row\(focus)"))
  }

  static let question = Dialog(
    title: "Cancel the run?",
    blocks: [
      .paragraph(
        "What has arrived on the destination is kept. The next run goes on from there.", .plain)
    ],
    actions: [
      Action(id: "stay", title: "Keep running"),
      Action(id: "go", title: "Cancel the run", danger: true),
    ])
}

extension Capabilities {
  static let rich = Capabilities(colour: true, unicode: true)
  static let plain = Capabilities()
  static let slow = Capabilities(slow: true)
}

extension Size {
  static let normal = Size(columns: 80, rows: 24)
  static let small = Size(columns: 60, rows: 20)
}

func draw(
  _ screen: Screen, _ size: Size = .normal, _ capabilities: Capabilities = .rich
) -> Frame {
  FrameRenderer.frame(of: screen, size: size, capabilities: capabilities)
}
