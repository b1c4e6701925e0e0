internal import ReplicationModel
internal import ZferryApp

/// What `zferry doctor` prints: a line a check for people, or one object whose keys are only ever
/// added to.
struct DoctorReport: Encodable {
  struct Row: Encodable {
    var id: String
    var state: String
    var title: String
    var cause: String?
    var code: String?
    var mend: String?
    var found: String?
    var seconds: Double

    private enum Key: CodingKey { case id, state, title, cause, code, mend, found, seconds }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(id, forKey: .id)
      try container.encode(state, forKey: .state)
      try container.encode(title, forKey: .title)
      // Null where there is none: the contract names the keys.
      try container.encode(cause, forKey: .cause)
      try container.encode(code, forKey: .code)
      try container.encode(mend, forKey: .mend)
      try container.encode(found, forKey: .found)
      try container.encode(seconds, forKey: .seconds)
    }
  }
  var checks: [Row]
  /// `good`, `doubtful`, `unreachable`, `no_right` or `failed`.
  var outcome: String

  init(_ results: [CheckResult]) {
    checks = results.map(Row.init)
    outcome =
      switch Self.status(results) {
      case .unreachable: "unreachable"
      case .noRight: "no_right"
      case .failed: "failed"
      default: results.contains { $0.state == .doubtful } ? "doubtful" : "good"
      }
  }

  /// One line with sign, title and cause, and the mend below it.
  static func show(_ result: CheckResult) {
    let sign =
      switch result.state {
      case .good: "[ok]"
      case .doubtful: "[!] "
      case .bad: "[!!]"
      case .skipped: "[--]"
      }
    guard result.state != .good else {
      let found = result.detail.isEmpty ? "" : ": \(Words.escaped(result.detail))"
      return Report.line("\(sign) \(result.id.title)\(found)")
    }
    let words = Words.explain(result)
    let mend = words.hint.isEmpty || result.state == .skipped ? "" : "\n     \(words.hint)"
    // In one piece: several checks end at the same time.
    Report.line("\(sign) \(result.id.title): \(words.message)\(mend)")
  }

  static func status(_ results: [CheckResult]) -> ExitStatus {
    let bad = results.filter { $0.state == .bad }.map(\.id)
    if bad.contains(where: CheckID.reaching.contains) { return .unreachable }
    if bad.contains(.sudo) || bad.contains(.rights) { return .noRight }
    return bad.isEmpty ? .done : .failed
  }
}

extension DoctorReport.Row {
  init(_ result: CheckResult) {
    let words = result.state == .good ? nil : Words.explain(result)
    self.init(
      id: result.id.rawValue, state: result.state.rawValue, title: result.id.title,
      cause: words?.message, code: words == nil ? nil : result.code, mend: words?.hint,
      found: words == nil ? Words.escaped(result.detail) : nil,
      seconds: (result.seconds * 1_000).rounded() / 1_000)
  }
}
