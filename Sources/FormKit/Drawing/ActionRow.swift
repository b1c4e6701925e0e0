import TerminalCore

/// Buttons in a row, or in several where they do not fit.
struct ActionRow {
  let actions: [Action]
  let width: Int
  let glyphs: Glyphs
  let focus: FocusID?

  /// Brackets say what a button is without colour: `[ Next ]` works, `( Save )` does not now,
  /// `[! Cancel ]` is dangerous, and the focused one has the marker in front.
  var lines: [BodyLine] {
    var lines: [BodyLine] = []
    var line = BodyLine()
    var column = 1
    for action in actions {
      let text = drawn(action)
      let size = ScreenText.columns(of: text) + 1
      if column > 1, column + size > width {
        lines.append(line)
        line = BodyLine()
        column = 1
      }
      let hasFocus = action.id == focus
      line.add(text, at: column + 1, role(of: action))
      // The marker alone moves: buttons that were drawn anew would cost the line a hundred bytes.
      if hasFocus {
        line.add(glyphs.focus, at: column, .focus)
        line.cursor = column + 3
      }
      column += size + 1
    }
    return actions.isEmpty ? [] : lines + [line]
  }

  private func drawn(_ action: Action) -> String {
    let title = ScreenText.clipped(
      glyphs.spelled(action.title), to: max(1, width - 8), ellipsis: glyphs.ellipsis)
    switch action.enabled {
    case .no: return "( \(title) )"
    case .yes: return action.danger ? "[! \(title) ]" : "[ \(title) ]"
    }
  }

  private func role(of action: Action) -> Role {
    if case .no = action.enabled { return .disabled }
    return action.danger ? .danger : .button
  }
}
