/// What the program is opened with.
public enum Opening: Hashable, Sendable {
  /// The tasks, or the wizard where there is none.
  case tasks
  case wizard
  /// The advanced screen: empty, or with a stored task.
  case advanced(task: String?)
}
