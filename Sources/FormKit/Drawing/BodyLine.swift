import TerminalCore

/// A piece of a line: where it starts, what it says, what it is for.
struct Span: Hashable {
  var column: Int
  var text: String
  var role = Role.text
}

/// One line of a body, before it is known where on the screen it comes to stand.
struct BodyLine: Hashable {
  var spans: [Span] = []
  /// Where the hardware cursor goes if what has the focus is on this line; nil elsewhere.
  var cursor: Int?
  /// Whether the focus marker stands in front of it.
  var isMarked = false
  /// Whether something on it can have the focus.
  var isStop = false
  /// What should be seen even when the focus is elsewhere: an error, or progress.
  var isNotable = false

  static let blank = BodyLine()

  mutating func add(_ text: String, at column: Int, _ role: Role = .text) {
    guard !text.isEmpty else { return }
    spans.append(Span(column: column, text: text, role: role))
  }
}

extension Frame {
  /// Draws a line at a row; its columns count from `left`, and end `width` columns further.
  mutating func draw(_ line: BodyLine, row: Int, left: Int, width: Int, focus: String) {
    for span in line.spans {
      write(
        span.text, at: Position(column: left + span.column, row: row), role: span.role,
        limit: max(0, width - span.column))
    }
    if line.isMarked { write(focus, at: Position(column: left + 1, row: row), role: .focus) }
    if let column = line.cursor { cursor = Position(column: left + column, row: row) }
  }
}
