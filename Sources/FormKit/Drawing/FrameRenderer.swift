public import TerminalCore

/// Draws a screen as cells: a pure function, the same for every terminal.
///
/// From top to bottom: the title, a line, the purpose, the body, the buttons, a line, the status in
/// two rows, the keys. Only the body scrolls.
public enum FrameRenderer {
  /// The smallest screen that everything can be reached on (ux.md 3).
  public static let minimum = Size(columns: 60, rows: 20)

  /// How many rows these buttons take on a screen of so many columns.
  public static func rows(of actions: [Action], columns: Int) -> Int {
    ActionRow(actions: actions, width: columns - 1, glyphs: .ascii, focus: nil).lines.count
  }

  /// The frame for a screen of this size.
  public static func frame(
    of screen: Screen, size: Size, capabilities: Capabilities
  ) -> Frame {
    guard size.columns >= minimum.columns, size.rows >= minimum.rows else {
      return tooSmall(size)
    }
    guard let dialog = screen.dialog else {
      return ScreenDrawing(screen, size: size, capabilities: capabilities).frame
    }
    // On a slow line a box over the screen, and its going away, would cost seconds.
    let drawing = DialogDrawing(
      dialog, focus: screen.focus, size: size, capabilities: capabilities)
    if capabilities.slow || drawing.isLong {
      var inPlace = screen
      inPlace.title = dialog.title
      inPlace.purpose = ""
      inPlace.blocks = dialog.blocks
      inPlace.actions = dialog.actions
      inPlace.dialog = nil
      return ScreenDrawing(inPlace, size: size, capabilities: capabilities).frame
    }
    var below = screen
    below.focus = ""
    var frame = ScreenDrawing(below, size: size, capabilities: capabilities).frame
    drawing.draw(over: &frame)
    return frame
  }

  private static func tooSmall(_ size: Size) -> Frame {
    var frame = Frame(size: size)
    let text =
      "Too small: need \(minimum.columns)x\(minimum.rows), have \(size.columns)x\(size.rows)."
      + " Enlarge the window; F10 or Ctrl-C quits."
    let lines = ScreenText.wrapped(text, to: max(1, size.columns))
    for (row, line) in lines.enumerated() { frame.write(line, at: Position(column: 0, row: row)) }
    return frame
  }
}
