import TerminalCore

/// A screen without its dialog.
struct ScreenDrawing {
  let screen: Screen
  let size: Size
  let capabilities: Capabilities
  let glyphs: Glyphs

  init(_ screen: Screen, size: Size, capabilities: Capabilities) {
    self.screen = screen
    self.size = size
    self.capabilities = capabilities
    self.glyphs = .of(capabilities)
  }

  var frame: Frame {
    var frame = Frame(size: size)
    let top = drawTop(&frame)
    let status = statusLines
    let actions = ActionRow(
      actions: screen.actions, width: size.columns - 1, glyphs: glyphs, focus: screen.focus
    ).lines
    // Keys, status, a line, the buttons, and a row for "more below".
    let bottom = size.rows - 1 - max(2, status.count) - 1 - actions.count
    drawBody(&frame, rows: top..<max(top + 1, bottom - 1))
    for (index, line) in actions.enumerated() {
      frame.draw(line, row: bottom + index, left: 0, width: size.columns, focus: glyphs.focus)
    }
    drawRule(&frame, row: bottom + actions.count)
    for (index, line) in status.enumerated() {
      frame.write(
        line, at: Position(column: BodyLayout.textColumn, row: bottom + actions.count + 1 + index),
        role: screen.status.tone.role)
    }
    drawFooter(&frame)
    return frame
  }

  /// The title, a line, the purpose; returns the first row of the body.
  private func drawTop(_ frame: inout Frame) -> Int {
    let brand = "zferry"
    let left = BodyLayout.textColumn
    let room = size.columns - left - brand.count - 3
    let title = ScreenText.clipped(
      glyphs.spelled(screen.title), to: room, ellipsis: glyphs.ellipsis)
    frame.write(title, at: Position(column: left, row: 0), role: .title)
    frame.write(brand, at: Position(column: size.columns - 1 - brand.count, row: 0), role: .dim)
    drawRule(&frame, row: 1)
    var row = 2
    guard !screen.purpose.isEmpty else { return row + 1 }
    for line in ScreenText.wrapped(
      glyphs.spelled(screen.purpose), to: size.columns - left - 1)
    {
      frame.write(line, at: Position(column: left, row: row), role: .dim)
      row += 1
    }
    return row + 1
  }

  /// A line of its own costs bytes: a slow terminal gets a blank row.
  private func drawRule(_ frame: inout Frame, row: Int) {
    guard !capabilities.slow else { return }
    frame.write(
      String(repeating: glyphs.horizontal, count: max(0, size.columns - 2)),
      at: Position(column: 1, row: row), role: .border)
  }

  /// In two rows, or as many as a long name needs: nothing is cut here.
  private var statusLines: [String] {
    let text = screen.status.tone.marker + glyphs.spelled(screen.status.text)
    guard !text.isEmpty, !isSaidBelowTheFocus else { return [] }
    let lines = ScreenText.wrapped(text, to: size.columns - BodyLayout.textColumn - 1)
    return Array(lines.prefix(6))
  }

  /// Whether what the status says stands below the field that has the focus: nothing is said twice.
  private var isSaidBelowTheFocus: Bool {
    screen.blocks.contains { block in
      guard case .field(let field) = block, field.id == screen.focus else { return false }
      return field.message?.text == screen.status.text
    }
  }

  private func drawFooter(_ frame: inout Frame) {
    var column = BodyLayout.textColumn
    let row = size.rows - 1
    for hint in screen.footer {
      let key = glyphs.spelled(hint.key)
      let does = glyphs.spelled(hint.does)
      let length = ScreenText.columns(of: key) + 1 + ScreenText.columns(of: does)
      guard column + length < size.columns else { continue }
      frame.write(key, at: Position(column: column, row: row), role: .footerKey)
      column += ScreenText.columns(of: key) + 1
      frame.write(does, at: Position(column: column, row: row), role: .footer)
      column += ScreenText.columns(of: does) + 3
    }
  }

  /// The body, scrolled to the focus; what is above and below it is counted in the rows around it.
  private func drawBody(_ frame: inout Frame, rows: Range<Int>) {
    let lines = bodyLines(height: rows.count)
    let first = Paging.offset(of: lines, height: rows.count)
    frame.cursor = Position(column: BodyLayout.textColumn, row: rows.lowerBound)
    for (row, line) in zip(rows, lines[first...]) {
      frame.draw(line, row: row, left: 0, width: size.columns - 1, focus: glyphs.focus)
    }
    if first > 0 { drawMore("\(glyphs.up) \(first) more", row: rows.lowerBound - 1, &frame) }
    let below = lines.count - first - rows.count
    if below > 0 { drawMore("\(glyphs.down) \(below) more", row: rows.upperBound, &frame) }
  }

  private func drawMore(_ text: String, row: Int, _ frame: inout Frame) {
    frame.write(
      text, at: Position(column: size.columns - 1 - ScreenText.columns(of: text), row: row),
      role: .dim)
  }

  /// With room between the fields where the screen has it, whatever messages are shown.
  private func bodyLines(height: Int) -> [BodyLine] {
    var layout = BodyLayout(
      screen.blocks, width: size.columns, capabilities: capabilities, focus: screen.focus)
    let lists = screen.blocks.compactMap { block in
      if case .list(let list) = block { list } else { nil }
    }
    let others = screen.blocks.filter { if case .list = $0 { false } else { true } }
    let least = lists.reduce(0) { $0 + $1.minimumRows + 1 }
    // A table of thousands of rows has no fields beside it, and is laid out but once.
    if others.contains(where: \.isField) {
      layout.isAiry = layout.lines(others.map(\.withoutMessage)).count + least <= height
    }
    if !lists.isEmpty {
      let rest = height - layout.lines(others).count
      layout.listHeight = max((lists.map(\.minimumRows).max() ?? 0) + 1, rest / lists.count)
    }
    return layout.lines(screen.blocks)
  }
}

extension Block {
  /// A field as it would be with nothing wrong: its message must not change how all is laid out.
  var withoutMessage: Block {
    guard case .field(var field) = self else { return self }
    field.message = nil
    return .field(field)
  }
}
