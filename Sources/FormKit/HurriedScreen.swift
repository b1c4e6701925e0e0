extension Screen {
  /// What of the screen is drawn right after a key where every byte counts: the help of what has the
  /// focus now, and the keys that work there, follow when the keys rest. Another screen is drawn
  /// whole, and what just happened is always told.
  public func hurried(after drawn: Screen) -> Screen {
    guard drawn.id == id, (drawn.dialog == nil) == (dialog == nil) else { return self }
    var screen = self
    screen.footer = drawn.footer
    if status.tone == .dim, status != drawn.status {
      screen.status = focus == drawn.focus ? drawn.status : StatusLine("")
    }
    return screen
  }
}
