extension Words {
  /// What the checklist finds that no run would tell.
  static let checkWords: [String: Sentence] = [
    "check.clock": { subject, detail in
      Explanation(
        "The clock of \(place(subject)) differs from ours by \(detail) s.",
        "Lifetimes and schedules go by the clock: set up NTP on both systems.")
    },
    "check.not_reached": { subject, _ in
      Explanation("Not known: \(place(subject)) was not reached.", "Mend the login first.")
    },
    "check.rights": { subject, _ in
      Explanation(
        "\(place(subject)) is not root: zfs there needs sudo, or rights of its own.",
        "Give them with zfs allow, or turn on sudo in the connection.")
    },
    "check.snapshot_task_off": { subject, _ in
      Explanation(
        "The snapshot task \(subject) is disabled: nothing new would be sent.",
        "Enable it under Snapshot tasks.")
    },
    "check.no_snapshot_task": { subject, _ in
      Explanation(
        "No snapshot task belongs to \(subject).",
        "Something else has to take snapshots whose names the task selects.")
    },
  ]
}
