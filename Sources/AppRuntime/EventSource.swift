/// What ended a wait.
public enum Wake: Hashable, Sendable {
  /// Keys may be waiting in the terminal.
  case keys
  /// The mailbox was filled.
  case mailbox
  /// The terminal has another size, or what it showed is gone (a resume).
  case resized
  /// The terminal is gone, or a signal asks the program to end.
  case hangUp
}

/// Waits for what the UI thread reacts to: poll(2) in the program, a script in tests.
public protocol EventSource: AnyObject {
  /// Returns as soon as something is there, and after `seconds` at the latest; nil waits for ever.
  func wait(seconds: Double?) -> Set<Wake>
}
