import TerminalCore

extension BodyLayout {
  /// A row of a table: the label shortened, the value in as many lines as it needs.
  func lines(of row: TableView.Row) -> [BodyLine] {
    let hasFocus = row.id != nil && row.id == focus
    let labels = self.labels(of: row)
    let marker = row.tone == .warning ? row.tone.marker : ""
    let parts = ScreenText.wrapped(marker + glyphs.spelled(row.value), to: valueWidth)
    return (0..<max(labels.count, parts.count)).map { index in
      var line = BodyLine()
      if index < labels.count { line.add(labels[index], at: Self.textColumn, .dim) }
      if index < parts.count { line.add(parts[index], at: valueColumn, row.tone.role) }
      if index == 0, hasFocus {
        line.isMarked = true
        line.cursor = Self.textColumn
      }
      line.isStop = row.id != nil
      return line
    }
  }

  /// Words are wrapped; a name has no spaces, and its end tells more than its middle.
  private func labels(of row: TableView.Row) -> [String] {
    let label = glyphs.spelled(row.label)
    if label.contains(" ") { return ScreenText.wrapped(label, to: labelWidth) }
    return [ScreenText.shortened(label, to: labelWidth, ellipsis: glyphs.ellipsis)]
  }
}
