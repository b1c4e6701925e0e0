/// What a key asks for, whatever the key is.
public enum KeyCommand: Hashable, Sendable {
  case next, previous, up, down, left, right, first, last, pageUp, pageDown
  case activate, toggle
  /// Chooses an option by its number, counted from 1.
  case option(Int)
  case back, help, quit, redraw, mode
  case filter, newChild
  case erase, eraseForward, clear
}

/// Where the focus is, as far as keys are concerned.
public enum KeyContext: String, CaseIterable, Hashable, Sendable {
  case anywhere
  /// Text is being typed: every printable key is text.
  case text
  /// A check mark, a choice, an opener, a row or a button.
  case control
  /// One of several options.
  case choice
  /// Rows to move over.
  case list
  /// The tree of datasets.
  case tree
}
