internal import ReplicationModel
internal import ReplicationPlanner

/// Whether the user may run `zfs` there: sudo, and the rights the task needs.
extension Diagnosis {
  func sudo(_ found: Inspection, _ place: String) -> CheckResult {
    guard found.facts.sudoWorks == false else { return .good(.sudo, "sudo -n zfs") }
    let words = found.errors.lowercased()
    let signs: [(String, String)] = [
      ("must have a tty", "sudo.tty"), ("not found", "sudo.missing"),
      ("no such file", "sudo.missing"), ("password", "sudo"), ("not allowed", "sudo.not_allowed"),
      ("may not run", "sudo.not_allowed"), ("not in the sudoers", "sudo.not_allowed"),
    ]
    let code = signs.first { words.contains($0.0) }?.1
    // What sudo let through, and zfs then refused, is no trouble of sudo.
    let speaks = words.hasPrefix("sudo:") || code == "sudo.missing" || code == "sudo.tty"
    guard speaks || code != nil else {
      return .doubtful(.sudo, "sudo.failed", subject: place, detail: found.errors)
    }
    return .bad(.sudo, code ?? "sudo", subject: place, detail: found.errors)
  }

  /// What is known without a task, or before its rights are looked for; nil where the look will tell.
  func rights(_ found: Inspection, _ place: String) -> CheckResult? {
    if found.facts.sudoWorks == false {
      return CheckResult(
        .rights, .skipped, code: "check.not_reached", detail: CheckID.sudo.title)
    }
    guard request == nil else { return nil }
    if found.facts.sudoWorks == true { return .good(.rights, "sudo") }
    return found.facts.userID == 0
      ? .good(.rights, "root") : .doubtful(.rights, "check.rights", subject: place)
  }

  private var request: ReplicationRequest? {
    question.task.flatMap { task in
      ReplicationRequest(
        task,
        snapshotTasks: Dictionary(question.snapshotTasks.map { ($0.name, $0) }) { $1 })
    }
  }

  /// What the rights are looked for by; nil where a side has not answered, or the task is not valid.
  var rightsRequest: ReplicationRequest? {
    guard let here, here.error == nil else { return nil }
    if question.connection != nil {
      guard let found = there?.inspection, found.facts.zfsPath != nil,
        found.facts.sudoWorks != false
      else { return nil }
    }
    return request
  }

  /// The first side that lacks a right is told, with all it lacks.
  func proved(_ looks: [RightsLook]) -> CheckResult {
    for look in looks {
      let missing = look.findings.filter { $0.state == .missing }
      guard !missing.isEmpty else { continue }
      let datasets = Dictionary(grouping: missing, by: \.dataset.text)
      let detail = datasets.sorted { $0.key < $1.key }.map { name, findings in
        "\(Set(findings.map(\.right)).sorted().joined(separator: ", ")) on \(name)"
      }
      return .bad(
        .rights, "check.rights_missing", subject: look.label,
        detail: detail.joined(separator: "; "))
    }
    for look in looks {
      if let error = look.error {
        return .doubtful(.rights, error.code.rawValue, subject: error.subject, detail: error.detail)
      }
      if look.findings.contains(where: { $0.state == .unknown }) {
        return .doubtful(.rights, "check.rights", subject: look.label)
      }
    }
    let count = looks.reduce(0) { $0 + $1.findings.count }
    return .good(.rights, Amount.count(count, "right"))
  }
}
