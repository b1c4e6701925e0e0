extension Words {
  /// Tasks have schedules, and no tick comes.
  public static let noTimer =
    "Nothing runs by itself now: no timer calls zferry. Set one up with: zferry timer install."

  /// Why what runs by itself waits, stands still, or could not do what it should.
  static let automationWords: [String: Sentence] = [
    "notify.none": { subject, _ in
      Explanation(
        "[EINVAL] \(subject) tells nobody how it fares.",
        "Give its file a notify with mail, command or ping, then try again.")
    },
    "notify.failed": { subject, detail in
      Explanation(
        "Nobody could be told how \(subject) fares\(said(detail)).",
        "Mend it, and try it with: zferry notify test \(subject).")
    },
    "wait.running": { subject, _ in
      Explanation(
        "\(subject) is due, and its last run still goes on.",
        "It is started again when that one has ended.")
    },
    "wait.turn": { subject, detail in
      Explanation(
        "\(subject) waits for its turn: \(detail) tasks run, and no more may at a time.",
        "To let more run, raise max_parallel_replication_tasks in settings.yaml.")
    },
    "wait.place": { subject, detail in
      Explanation(
        "\(subject) waits, because \(detail) is at work on the same datasets.",
        "It is started when that one has ended.")
    },
    "task.paused": { subject, _ in
      Explanation(
        "[EBUSY] \(subject) is paused, so it is not run.",
        "Let it run again with: zferry resume \(subject).")
    },
    "task.unreadable": { subject, _ in
      Explanation(
        "[EINVAL] The file of the task \(subject) cannot be read, so it does not run.",
        "See why with: zferry task check \(subject).")
    },
    "run.place": { subject, detail in
      Explanation(
        "[EBUSY] \(subject) was not started: \(detail) is at work on the same datasets.",
        "Wait until that run has ended, then try again.")
    },
    "run.not_stopped": { subject, detail in
      Explanation(
        "[EBUSY] \(subject) was asked to stop, and has not stopped yet\(said(detail)).",
        "It stops as soon as the other side answers. See zferry status \(subject).")
    },
    "snapshot.schema": { subject, detail in
      Explanation(
        "[EINVAL] The snapshot task \(subject) has a naming schema that cannot be used"
          + "\(said(detail)).", "Correct naming_schema in its file.")
    },
    "snapshot.nothing_left": { subject, _ in
      Explanation(
        "[EINVAL] No snapshot was taken below \(subject): what is excluded leaves nothing.",
        "Exclude less in the snapshot task's file.")
    },
    "timer.foreign": { subject, _ in
      Explanation(
        "[EEXIST] \(subject) is there, and zferry did not write it: it was left as it is.",
        "Move it away, then try again.")
    },
    "timer.user": { subject, _ in
      Explanation(
        "[EINVAL] There is no systemd here that runs timers of a user (\(subject)).",
        "Call `zferry tick` once a minute from your crontab.")
    },
    "timer.nowhere": { subject, _ in
      Explanation(
        "[ENOENT] There is neither systemd nor cron here (\(subject) is not there).",
        "Let whatever runs things here call `zferry tick` once a minute.")
    },
    "timer.systemctl": { subject, detail in
      Explanation(
        "[EIO] `\(subject)` failed\(said(detail)).",
        "The files are written. Mend what systemctl says, then try again.")
    },
  ]
}
