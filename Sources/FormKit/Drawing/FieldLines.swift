import TerminalCore

extension BodyLayout {
  /// A field: its label, what is set, and below it what is wrong with it.
  func lines(of field: FieldView) -> [BodyLine] {
    let hasFocus = field.id == focus
    let isDisabled = field.disabled != nil
    var lines = control(of: field, hasFocus: hasFocus)
    let left = Self.textColumn + (field.isFold ? 0 : indent)
    let label = ScreenText.wrapped(
      glyphs.spelled(field.fullLabel(glyphs)), to: labelWidth + Self.textColumn - left)
    let role: Role = isDisabled ? .disabled : field.isFold ? .accent : .text
    while lines.count < label.count { lines.append(.blank) }
    for (index, part) in label.enumerated() {
      lines[index].spans.insert(
        Span(column: left, text: part, role: role), at: 0)
    }
    if hasFocus { lines[lines.firstIndex { $0.cursor != nil } ?? 0].isMarked = true }
    for index in lines.indices { lines[index].isStop = field.canHaveFocus }
    if let message = field.message {
      let column = valueWidth >= 24 ? valueColumn : Self.textColumn
      lines += noted(message.text, message.tone, at: column)
    } else if let reason = field.disabled {
      lines += noted("(\(reason))", .dim, at: valueColumn)
    }
    return lines
  }

  private func control(of field: FieldView, hasFocus: Bool) -> [BodyLine] {
    var line = BodyLine()
    let isDisabled = field.disabled != nil
    switch field.control {
    case .text(let value, let caret, let secret):
      let shown = secret ? String(repeating: "*", count: value.count) : value
      let room = min(field.columns ?? 40, valueWidth - 2)
      return [entry(shown, caret: caret, room: room, hasFocus: hasFocus, isDisabled: isDisabled)]
    case .check(let isOn):
      line.add(
        isOn ? "[x]" : "[ ]", at: valueColumn, isDisabled ? .disabled : isOn ? .selected : .text)
      if hasFocus { line.cursor = valueColumn + 1 }
      return [line]
    case .choice(let options, let selected, let highlighted):
      guard !options.isEmpty else {
        if hasFocus { line.cursor = valueColumn }
        return [line]
      }
      return choice(
        options.map(glyphs.spelled), selected: selected, highlighted: hasFocus ? highlighted : nil,
        isDisabled: isDisabled)
    case .opener(let value):
      let text = value.isEmpty ? "Choose\(glyphs.ellipsis)" : glyphs.spelled(value)
      let short = ScreenText.shortened(text, to: valueWidth - 4, ellipsis: glyphs.ellipsis)
      line.add("[ \(short) ]", at: valueColumn, isDisabled ? .disabled : .button)
      if hasFocus { line.cursor = valueColumn + 2 }
      return [line]
    case .constant(let value):
      line.add(
        ScreenText.shortened(glyphs.spelled(value), to: valueWidth, ellipsis: glyphs.ellipsis),
        at: valueColumn, isDisabled ? .disabled : .text)
      return [line]
    case .fold(_, let summary):
      line.add(
        ScreenText.clipped(glyphs.spelled(summary), to: valueWidth, ellipsis: glyphs.ellipsis),
        at: valueColumn, .dim)
      if hasFocus { line.cursor = Self.textColumn }
      return [line]
    }
  }

  /// A line of text in brackets; where it is longer than they are apart, the part around the caret.
  private func entry(
    _ value: String, caret: Int, room: Int, hasFocus: Bool, isDisabled: Bool
  ) -> BodyLine {
    let caret = hasFocus ? max(0, min(caret, value.count)) : 0
    let before = glyphs.spelled(String(value.prefix(caret)))
    let after = glyphs.spelled(String(value.dropFirst(caret)))
    let place = ScreenText.columns(of: before)
    let total = place + ScreenText.columns(of: after)
    var shown: String
    var column = place
    var edge = "["
    if total < room || total == room && caret < value.count {
      shown = before + after
    } else if !hasFocus {
      shown = ScreenText.shortened(before + after, to: room, ellipsis: glyphs.ellipsis)
    } else {
      // Moves in halves of the field, so that typing at its end does not redraw it each time.
      let half = max(1, room / 2)
      let first = place < room ? 0 : (place - room) / half * half + half
      let start = ScreenText.prefix(before + after, columns: first)
      shown = ScreenText.prefix(String((before + after).dropFirst(start.count)), columns: room)
      column = place - ScreenText.columns(of: start)
      // What stands left of it is not forgotten.
      if !start.isEmpty { edge = "<" }
    }
    shown += String(repeating: " ", count: max(0, room - ScreenText.columns(of: shown)))
    var line = BodyLine()
    line.add(
      "\(edge)\(shown)]", at: valueColumn, isDisabled ? .disabled : hasFocus ? .inputFocus : .input)
    if hasFocus { line.cursor = valueColumn + 1 + column }
    return line
  }

  /// The options in a row where they fit, else in as many columns as do.
  private func choice(
    _ options: [String], selected: Int?, highlighted: Int?, isDisabled: Bool
  ) -> [BodyLine] {
    let widths = options.map { 4 + min(valueWidth - 4, ScreenText.columns(of: $0)) }
    let isRow = widths.reduce(0, +) + 3 * max(0, options.count - 1) <= valueWidth
    let column = (widths.max() ?? 0) + 3
    let perLine = isRow ? max(1, options.count) : max(1, (valueWidth + 3) / column)
    var lines: [BodyLine] = []
    for (index, option) in options.enumerated() {
      let isOn = index == selected
      let role: Role = isDisabled ? .disabled : isOn ? .selected : .text
      let position = index % perLine
      if position == 0 { lines.append(.blank) }
      let place =
        valueColumn
        + (isRow ? widths[..<index].reduce(0) { $0 + $1 + 3 } : position * column)
      let last = lines.count - 1
      let parts = ScreenText.wrapped(option, to: valueWidth - 4)
      lines[last].add("(\(isOn ? glyphs.chosen : " ")) \(parts[0])", at: place, role)
      if index == highlighted {
        lines[last].cursor = place + 1
        // The option under the cursor, where Space would choose another than the chosen one.
        if !isOn, selected != nil { lines[last].add(glyphs.focus, at: place - 1, .focus) }
      }
      for part in parts.dropFirst() { lines.append(text: part, at: place + 4, role) }
    }
    return lines
  }
}

extension FieldView {
  /// Whether nothing is said below it now.
  var isQuiet: Bool { message == nil && disabled == nil }

  var isFold: Bool {
    if case .fold = control { return true }
    return false
  }

  /// The label as it is drawn: a section's has the sign that says whether it is open.
  func fullLabel(_ glyphs: Glyphs) -> String {
    guard case .fold(let isOpen, _) = control else { return label }
    return "\(isOpen ? glyphs.open : glyphs.closed) \(label)"
  }

  var canHaveFocus: Bool {
    if case .constant = control { return false }
    return true
  }
}
