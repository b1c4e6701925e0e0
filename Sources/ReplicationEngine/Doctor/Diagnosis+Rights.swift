internal import ReplicationModel

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

  func rights(_ found: Inspection, _ place: String) -> CheckResult {
    switch found.facts.sudoWorks {
    case true: .good(.rights, "sudo")
    case false:
      CheckResult(.rights, .skipped, code: "check.not_reached", detail: CheckID.sudo.title)
    case nil:
      found.facts.userID == 0
        ? .good(.rights, "root") : .doubtful(.rights, "check.rights", subject: place)
    }
  }
}
