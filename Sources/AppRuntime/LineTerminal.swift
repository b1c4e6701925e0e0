/// Where plain mode writes its lines and reads its answers: standard input and output in the
/// program, a script in tests.
public protocol LineTerminal: AnyObject {
  /// Whether a person sits at it; else lines come from a pipe, all at once.
  var isInteractive: Bool { get }
  /// Writes text as it is: what is in it was made fit to be shown before.
  func write(_ text: String)
  /// Writes a prompt; where its answer is secret, nothing typed is shown from before that on.
  func ask(_ prompt: String, isSecret: Bool)
  /// Waits for what is wanted, or for whatever else comes first.
  ///
  /// Returns after `seconds` at the latest; nil waits for ever.
  func wait(for wanted: LineWish, seconds: Double?) -> LineEvent
  /// Drops what was typed before now: it was no answer to what is asked next.
  func discardTypedAhead()
}

/// What a wait is for.
public enum LineWish: Hashable, Sendable {
  /// A line, shown as it is typed.
  case line
  /// A line nobody may see.
  case secret
  /// No line: what is typed is left for later.
  case nothing
}

/// What ended a wait.
public enum LineEvent: Hashable, Sendable {
  /// A whole line, without its end.
  case line(String)
  /// Ctrl-C.
  case interrupted
  /// No line will ever come again.
  case endOfInput
  /// A signal asks the program to end, or its terminal is gone.
  case hangUp
  /// The mailbox was filled.
  case mailbox
  /// The program was stopped and goes on: what was asked is no longer to be seen.
  case resumed
  case timeout
}
