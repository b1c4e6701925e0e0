/// What a check found.
public struct CheckResult: Hashable, Sendable {
  /// How it stands.
  public enum State: String, CaseIterable, Sendable {
    case good
    /// It works, but look at it.
    case doubtful
    case bad
    /// Not reached: a check that it hangs on failed.
    case skipped
  }
  public var id: CheckID
  public var state: State
  /// The cause: a code of the message catalogue; empty where all is good.
  public var code: String
  /// The host, file or dataset it concerns.
  public var subject: String
  /// What was found, or said. It may come from outside: escape it before it is shown.
  public var detail: String
  /// How long it took.
  public var seconds: Double

  public init(
    _ id: CheckID, _ state: State, code: String = "", subject: String = "", detail: String = "",
    seconds: Double = 0
  ) {
    self.id = id
    self.state = state
    self.code = code
    self.subject = subject
    self.detail = detail
    self.seconds = seconds
  }

  /// As it should be, with what was found.
  public static func good(_ id: CheckID, _ found: String = "") -> CheckResult {
    CheckResult(id, .good, detail: found)
  }
  /// It works, but look at it: a code of the message catalogue says why.
  public static func doubtful(
    _ id: CheckID, _ code: String, subject: String = "", detail: String = ""
  ) -> CheckResult {
    CheckResult(id, .doubtful, code: code, subject: subject, detail: detail)
  }
  /// It does not work: a code of the message catalogue says why.
  public static func bad(
    _ id: CheckID, _ code: String, subject: String = "", detail: String = ""
  ) -> CheckResult {
    CheckResult(id, .bad, code: code, subject: subject, detail: detail)
  }
}

extension [CheckResult] {
  /// The first one because of which no run can succeed, in the order of the list.
  public var blocking: CheckResult? {
    let failed = filter { $0.state == .bad && CheckID.blocking.contains($0.id) }
    return CheckID.allCases.lazy.compactMap { id in failed.first { $0.id == id } }.first
  }
}
