import TerminalCore

/// A question in a box over the screen.
struct DialogDrawing {
  let dialog: Dialog
  let focus: FocusID
  let size: Size
  let capabilities: Capabilities
  let glyphs: Glyphs

  init(_ dialog: Dialog, focus: FocusID, size: Size, capabilities: Capabilities) {
    self.dialog = dialog
    self.focus = focus
    self.size = size
    self.capabilities = capabilities
    self.glyphs = .of(capabilities)
  }

  /// Whether it would hide most of the screen, which then is not worth its bytes.
  var isLong: Bool {
    let width = min(64, size.columns - 8)
    let layout = BodyLayout(
      dialog.blocks, width: width - 2, capabilities: capabilities, focus: focus)
    return layout.lines(dialog.blocks).count > 3
  }

  func draw(over frame: inout Frame) {
    let width = min(64, size.columns - 8)
    let layout = BodyLayout(
      dialog.blocks, width: width - 2, capabilities: capabilities, focus: focus)
    let buttons = ActionRow(
      actions: dialog.actions, width: width - 3, glyphs: glyphs, focus: focus
    ).lines
    // The edges, the keys' row and the title's stay free.
    let most = size.rows - 8 - buttons.count
    let body = layout.lines(dialog.blocks)
    let first = Paging.offset(of: body, height: most)
    let lines = [.blank] + body[first...].prefix(most) + [.blank] + buttons
    let left = (size.columns - width) / 2
    let top = max(1, (size.rows - lines.count - 2) / 2 - 1)
    drawEdge(
      &frame, row: top, left: left, width: width, glyphs.topLeft, glyphs.topRight,
      title: dialog.title)
    for (index, line) in lines.enumerated() {
      let row = top + 1 + index
      // The whole row: torn pieces of text beside the box would only disturb.
      frame.clear(0..<size.columns, row: row)
      frame.write(glyphs.vertical, at: Position(column: left, row: row), role: .border)
      frame.draw(line, row: row, left: left + 1, width: width - 2, focus: glyphs.focus)
      frame.write(glyphs.vertical, at: Position(column: left + width - 1, row: row), role: .border)
    }
    drawEdge(
      &frame, row: top + 1 + lines.count, left: left, width: width, glyphs.bottomLeft,
      glyphs.bottomRight)
  }

  private func drawEdge(
    _ frame: inout Frame, row: Int, left: Int, width: Int, _ first: String, _ last: String,
    title: String = ""
  ) {
    frame.clear(0..<size.columns, row: row)
    let line = first + String(repeating: glyphs.horizontal, count: width - 2) + last
    frame.write(line, at: Position(column: left, row: row), role: .border)
    guard !title.isEmpty else { return }
    let text = ScreenText.clipped(
      glyphs.spelled(title), to: width - 8, ellipsis: glyphs.ellipsis)
    frame.write(" \(text) ", at: Position(column: left + 2, row: row), role: .title)
  }
}
