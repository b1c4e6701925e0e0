/// What was done under a task's lock. Only a run says anything of how far its copy is.
public enum RunKind: String, CaseIterable, Sendable {
  case run
  /// The copy was sent back.
  case restore
  /// A conflict was decided.
  case resolve
}
