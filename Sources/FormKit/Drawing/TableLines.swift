import TerminalCore

extension BodyLayout {
  /// A row of a table: the label shortened, the value in as many lines as it needs.
  func lines(of row: TableView.Row) -> [BodyLine] {
    let hasFocus = row.id != nil && row.id == focus
    let label = ScreenText.shortened(
      glyphs.spelled(row.label), to: labelWidth, ellipsis: glyphs.ellipsis)
    let marker = row.tone == .warning ? row.tone.marker : ""
    let parts = ScreenText.wrapped(marker + glyphs.spelled(row.value), to: valueWidth)
    return parts.enumerated().map { index, part in
      var line = BodyLine()
      if index == 0 {
        line.add(label, at: Self.textColumn, .dim)
        line.isMarked = hasFocus
        if hasFocus { line.cursor = Self.textColumn }
      }
      line.add(part, at: valueColumn, row.tone.role)
      line.isStop = row.id != nil
      return line
    }
  }
}
