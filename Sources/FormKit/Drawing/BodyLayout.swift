import TerminalCore

/// Turns blocks into lines: one grid of columns for all of them, whatever the blocks are.
///
/// Column 1 holds the focus marker, text begins in column 3, values in `valueColumn`.
struct BodyLayout {
  static let textColumn = 3

  let width: Int
  let glyphs: Glyphs
  let isSlow: Bool
  /// Nil where a dialog has the focus.
  let focus: FocusID?
  let valueColumn: Int
  /// How far fields stand below the line of their section.
  let indent: Int
  /// Fields have a line of their own for a message, so that nothing moves when one comes.
  var isAiry = true
  /// The lines a list gets, its label among them.
  var listHeight = 6

  init(
    _ blocks: [Block], width: Int, capabilities: Capabilities, focus: FocusID?
  ) {
    self.width = width
    self.glyphs = .of(capabilities)
    self.isSlow = capabilities.slow
    self.focus = focus
    let hasSections = blocks.contains {
      if case .field(let field) = $0 { field.isFold } else { false }
    }
    indent = hasSections ? 2 : 0
    let labels = blocks.flatMap(\.labels)
    // A section's own line has its sign where its fields are indented.
    let longest = (labels.map { ScreenText.columns(of: $0) }.max() ?? 0) + indent
    let most = max(8, (width - Self.textColumn) * 2 / 5)
    self.valueColumn = Self.textColumn + min(longest, most) + 2
  }

  /// The column behind the last one that may be written.
  var end: Int { width - 1 }
  var labelWidth: Int { valueColumn - Self.textColumn - 2 }
  var valueWidth: Int { max(4, end - valueColumn) }
  var textWidth: Int { max(4, end - Self.textColumn) }

  func lines(_ blocks: [Block]) -> [BodyLine] {
    var lines: [BodyLine] = []
    var previous: Block?
    for (index, block) in blocks.enumerated() {
      switch block {
      case .heading(let text):
        if !lines.isEmpty, lines.last != .blank { lines.append(.blank) }
        lines.append(text: glyphs.spelled(text), at: Self.textColumn, .accent)
      case .paragraph(let text, let tone):
        let isBelowField = previous?.isField ?? false
        lines += paragraph(text, tone, isBelowField: isBelowField)
        let isLast = !(blocks.indices.contains(index + 1) && blocks[index + 1].isParagraph)
        if isAiry, isLast, isBelowField { lines.append(.blank) }
      case .field(let field):
        lines += self.lines(of: field)
        // The line kept for a message; a remark that follows takes its place.
        let hasRemark = blocks.indices.contains(index + 1) && blocks[index + 1].isParagraph
        if isAiry, field.isQuiet, !hasRemark { lines.append(.blank) }
      case .list(let list): lines += self.lines(of: list)
      case .table(let table): lines += table.rows.flatMap(self.lines)
      case .progress(let progress): lines += self.lines(of: progress)
      case .gap: lines.append(.blank)
      }
      // What belongs to a field stands below it, as the field's own message would.
      if case .paragraph = block, previous?.isField == true { continue }
      previous = block
    }
    while lines.last == .blank { lines.removeLast() }
    return lines
  }

  /// Wrapped, the lines after the first indented as far as the first one's text.
  private func paragraph(_ text: String, _ tone: Tone, isBelowField: Bool) -> [BodyLine] {
    let column = isBelowField && valueWidth >= 36 ? valueColumn : Self.textColumn
    var lines = noted(text, tone, at: column)
    if tone == .error { lines[0].isNotable = true }
    return lines
  }

  /// A text with its marker in words: `[!!]` for an error, so that no colour is needed.
  func noted(_ text: String, _ tone: Tone, at column: Int) -> [BodyLine] {
    let marker = tone.marker
    let indent = column + marker.count
    let parts = ScreenText.wrapped(glyphs.spelled(text), to: max(4, end - indent))
    return parts.enumerated().map { index, part in
      var line = BodyLine()
      if index == 0 {
        line.add(marker + part, at: column, tone.role)
      } else {
        line.add(part, at: indent, tone.role)
      }
      return line
    }
  }

  private func lines(of progress: ProgressView) -> [BodyLine] {
    var name = BodyLine()
    name.add(
      ScreenText.shortened(
        glyphs.spelled(progress.label), to: textWidth, ellipsis: glyphs.ellipsis),
      at: Self.textColumn)
    name.isNotable = true
    var lines = [name]
    var percent = ""
    if let fraction = progress.fraction {
      let share = max(0, min(1, fraction))
      percent = "\(Int(share * 100)) %"
      // Where there are no blocks to draw it with, the words say it as well.
      if !glyphs.isASCII {
        let length = min(25, textWidth)
        let full = Int(Double(length) * share)
        lines.append(
          text: String(repeating: glyphs.barFull, count: full)
            + String(repeating: glyphs.barEmpty, count: length - full), at: Self.textColumn,
          .progress)
      }
    }
    // Both in one row, because what changes together is sent together; and always in their columns.
    let column = Self.textColumn + (percent.isEmpty ? 0 : 7)
    let parts = ScreenText.wrapped(glyphs.spelled(progress.text), to: max(4, end - column))
    for (index, part) in parts.enumerated() {
      lines.append(text: part, at: column, .text)
      if index == 0 {
        lines[lines.count - 1].add(percent, at: Self.textColumn + max(0, 5 - percent.count))
      }
    }
    return lines
  }
}

extension Tone {
  /// What it is, in signs that every terminal has.
  var marker: String {
    switch self {
    case .plain, .dim: ""
    case .info: "[i] "
    case .success: "[ok] "
    case .warning: "[!] "
    case .error: "[!!] "
    }
  }

  var role: Role {
    switch self {
    case .plain: .text
    case .dim: .dim
    case .info: .accent
    case .success: .success
    case .warning: .warning
    case .error: .error
    }
  }
}

extension Block {
  var isField: Bool {
    if case .field = self { return true }
    return false
  }

  var isParagraph: Bool {
    if case .paragraph = self { return true }
    return false
  }

  /// What stands in the column of labels.
  var labels: [String] {
    switch self {
    case .field(let field): [field.label]
    case .table(let table): table.rows.map(\.label)
    case .heading, .paragraph, .list, .progress, .gap: []
    }
  }
}

extension [BodyLine] {
  mutating func append(text: String, at column: Int, _ role: Role) {
    var line = BodyLine()
    line.add(text, at: column, role)
    append(line)
  }
}
