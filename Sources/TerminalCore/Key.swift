/// A key as the user meant it, whatever bytes the terminal sent for it.
public enum Key: Hashable, Sendable {
  case character(Character)
  case enter, escape, tab, backTab, space
  case up, down, left, right, home, end, pageUp, pageDown
  case backspace, delete, insert
  /// 1 to 12.
  case function(Int)
  /// Control with a lower-case letter: `ctrl("l")`.
  case ctrl(Character)
  /// Text that came in one burst: inserted into a field as it is, never a command (ux.md 15).
  case paste(String)
}
