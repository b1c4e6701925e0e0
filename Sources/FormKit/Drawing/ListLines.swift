import TerminalCore

extension BodyLayout {
  /// A list: its label with where one is in it, then a page of its rows. Where there is nothing to
  /// say above them, the rows begin at once.
  func lines(of list: ListView) -> [BodyLine] {
    let isBare = list.label.isEmpty && (1...listHeight).contains(list.count)
    let height = max(1, isBare ? listHeight : listHeight - 1)
    let first = Paging.offset(of: list.cursor, in: list.count, height: height)
    var lines =
      isBare ? [] : [label(of: list, shown: first..<min(list.count, first + height))]
    let grid = ListGrid(list, textWidth: textWidth, glyphs: glyphs)
    for index in first..<first + height {
      guard index < list.count, list.rows.indices.contains(index - list.first) else {
        lines.append(.blank)
        continue
      }
      var line = grid.line(of: list.rows[index - list.first], at: Self.textColumn)
      if index == list.cursor, list.id == focus {
        line.isMarked = true
        line.cursor = line.cursor ?? Self.textColumn
      } else {
        line.cursor = nil
      }
      line.isStop = true
      lines.append(line)
    }
    if list.count == 0 {
      lines[1] = BodyLine()
      lines[1].add(
        ScreenText.clipped(glyphs.spelled(list.empty), to: textWidth, ellipsis: glyphs.ellipsis),
        at: Self.textColumn, .dim)
      lines[1].isStop = true
      if list.id == focus {
        lines[1].isMarked = true
        lines[1].cursor = Self.textColumn
      }
    }
    return lines
  }

  /// The label, the filter, and `12-26 of 100` where not all is shown.
  private func label(of list: ListView, shown: Range<Int>) -> BodyLine {
    var line = BodyLine()
    line.add(glyphs.spelled(list.label), at: Self.textColumn, .accent)
    var right = ""
    if let filter = list.filter { right = "/ \(glyphs.spelled(filter))" }
    if shown.count < list.count {
      let place = "\(shown.lowerBound + 1)-\(shown.upperBound) of \(list.count)"
      right += right.isEmpty ? place : "   \(place)"
    }
    let room = textWidth - ScreenText.columns(of: list.label) - 2
    let text = ScreenText.clipped(right, to: max(0, room), ellipsis: glyphs.ellipsis)
    line.add(
      text, at: end - ScreenText.columns(of: text), list.filter == nil ? .dim : .text)
    return line
  }
}

/// The columns that the rows of a list share.
private struct ListGrid {
  let hasFolds: Bool
  let hasMarks: Bool
  let detailColumn: Int
  let detailWidth: Int
  let isDetailRight: Bool
  let textWidth: Int
  let glyphs: Glyphs

  init(_ list: ListView, textWidth: Int, glyphs: Glyphs) {
    self.glyphs = glyphs
    self.textWidth = textWidth
    hasFolds = list.rows.contains { $0.fold != .leaf || $0.depth > 0 }
    hasMarks = list.rows.contains { $0.mark != .none }
    let lead = (hasFolds ? 2 : 0) + (hasMarks ? 4 : 0)
    let details = list.rows.map { ScreenText.columns(of: glyphs.spelled($0.detail)) }
    let longest = details.max() ?? 0
    let texts = list.rows.filter { !$0.detail.isEmpty }.map {
      lead + 2 * $0.depth + ScreenText.columns(of: $0.marker + glyphs.spelled($0.text))
    }
    isDetailRight = longest <= 16
    detailWidth = min(longest, isDetailRight ? longest : max(16, textWidth * 2 / 3))
    let most = max(lead + 8, textWidth - detailWidth - 3)
    // In steps, so that the second column rarely moves when rows are opened.
    let wanted = ((texts.max() ?? 0) + 3 + 7) / 8 * 8
    detailColumn = longest == 0 ? textWidth : min(max(wanted, isDetailRight ? 32 : 0), most + 3)
  }

  /// The mark comes first, so that marks stand below each other whatever the depth.
  func line(of row: ListView.Row, at left: Int) -> BodyLine {
    var line = BodyLine()
    let role = row.tone.role
    var column = left
    if hasMarks {
      line.add(row.mark.drawn, at: column, row.mark == .on ? .selected : role)
      if row.mark != .none { line.cursor = column + 1 }
      column += 4
    }
    if hasFolds {
      column += 2 * row.depth
      switch row.fold {
      case .leaf: break
      case .closed: line.add(glyphs.closed, at: column, role)
      case .open, .loading: line.add(glyphs.open, at: column, role)
      }
      column += 2
    }
    let isAlone = row.detail.isEmpty
    let room = left + (isAlone ? textWidth : detailColumn - 2) - column
    line.add(
      ScreenText.shortened(
        row.marker + glyphs.spelled(row.text), to: max(1, room), ellipsis: glyphs.ellipsis),
      at: column, row.mark == .on ? .selected : role)
    if line.cursor == nil { line.cursor = column }
    guard !isAlone else { return line }
    let detail = ScreenText.shortened(
      glyphs.spelled(row.detail), to: min(textWidth - detailColumn, max(detailWidth, 1)),
      ellipsis: glyphs.ellipsis)
    let shift = isDetailRight ? detailWidth - ScreenText.columns(of: detail) : 0
    line.add(detail, at: left + detailColumn + max(0, shift), .dim)
    return line
  }
}

extension ListView.Row.Mark {
  var drawn: String {
    switch self {
    case .none: "   "
    case .off: "[ ]"
    case .on: "[x]"
    case .inherited: "[+]"
    case .partial: "[~]"
    }
  }
}

extension ListView.Row {
  /// What a row that needs a look has in front of its text.
  fileprivate var marker: String { tone == .error || tone == .warning ? tone.marker : "" }
}
