extension Words {
  /// What the checklist finds that no run would tell.
  static let checkWords: [String: Sentence] = [
    "check.not_reached": { _, detail in
      Explanation("It is not known yet: another check comes first (\(detail)).", "Mend that first.")
    },
    "check.key_mode": { subject, detail in
      Explanation(
        "Others on this system can read the private key \(subject) (mode \(detail)).",
        "Close it: chmod 600 \(subject).")
    },
    "check.shell_speaks": { subject, detail in
      Explanation(
        "\(place(subject)): the login shell prints text before each command\(said(detail)).",
        "Text in between spoils listings and streams. Remove it from .bashrc, .cshrc or"
          + " config.fish there, or print it only for terminals.")
    },
    "check.home_unusable": { subject, detail in
      Explanation(
        "\(place(subject)): the user's home is none a key can be kept in\(said(detail)).",
        "Give the user a home of its own there: usermod -d /home/USER -m USER.")
    },
    "check.home_missing": { subject, detail in
      Explanation(
        "\(place(subject)): the user's home does not exist\(said(detail)).",
        "Make it there: mkhomedir_helper USER, or mkdir and chown.")
    },
    "check.home_owner": { subject, detail in
      Explanation(
        "\(place(subject)): the user's home belongs to somebody else\(said(detail)).",
        "Give it to the user there with chown. Until then sshd finds no key in it.")
    },
    "check.home_readonly": { subject, detail in
      Explanation(
        "\(place(subject)): the user may not write to its own home\(said(detail)).",
        "Correct its mode there: chmod 750, or mount it writable.")
    },
    "check.home_mode": { subject, detail in
      Explanation(
        "\(place(subject)): others may write to the user's home\(said(detail)).",
        "Run there: chmod go-w on it. Until then sshd takes no key from it (StrictModes).")
    },
    "check.zfs_old": { subject, detail in
      Explanation(
        "\(place(subject)): this OpenZFS is older than what zferry is tested with"
          + "\(said(detail)).",
        "Update it there: 2.1 or later on this system, 0.8 or later on the other.")
    },
    "check.zfs_mixed": { subject, detail in
      Explanation(
        "\(place(subject)): the zfs command and the kernel's module differ\(said(detail)).",
        "Restart that system, so that it loads the module that belongs to the command.")
    },
    "check.zfs_version": { subject, detail in
      Explanation(
        "\(place(subject)): zfs does not tell its version\(said(detail)).",
        "Run there: zfs version. Before OpenZFS 0.8 there is no such command.")
    },
    "check.rights": { subject, _ in
      Explanation(
        "\(place(subject)) is not root: zfs there needs sudo, or rights of its own.",
        "Give them with zfs allow, or turn on sudo in the connection.")
    },
    "check.rights_missing": { subject, detail in
      Explanation(
        "\(place(subject)) may not do all that the task needs: \(detail).",
        "Run zferry task rights: it shows the lines that allow it, and with --apply it runs them.")
    },
    "check.clock": { subject, detail in
      Explanation(
        "The clock of \(place(subject)) differs from ours by \(detail) s.",
        "Lifetimes and schedules go by the clock: set up NTP on both systems.")
    },
    "check.large_packets": { subject, detail in
      Explanation(
        "\(place(subject)): commands work, but 64 KiB did not get there and back"
          + "\(said(detail)).",
        "Large packets are lost on the way: compare the MTU of both systems and of a VPN or tunnel"
          + " in between, and lower the larger one.")
    },
    "check.source_missing": { subject, detail in
      Explanation(
        "\(place(subject)) has no dataset of this name: \(detail).",
        "It may have been renamed or destroyed: choose it again under Source.")
    },
    "check.pool_missing": { subject, detail in
      Explanation(
        "\(place(subject)) has no pool \(detail).",
        "Import it there (zpool import), or choose another Destination.")
    },
    "check.below_volume": { subject, detail in
      Explanation(
        "\(place(subject)): nothing can be made below \(detail), which is a volume.",
        "Choose another Destination.")
    },
    "check.readonly_off": { subject, detail in
      Explanation(
        "\(place(subject)): \(detail) can be written to, and the task insists that it is read-only.",
        "Set it there: zfs set readonly=on \(detail). Or set the policy to SET.")
    },
    "check.space": { subject, detail in
      Explanation(
        "\(subject) may not have enough room for the first run\(said(detail)).",
        "Free space there, or send less. Compression may still make it fit.")
    },
    "check.quota": { subject, detail in
      Explanation(
        "The quota of \(subject) may be too small for the first run\(said(detail)).",
        "Raise it there: zfs set quota=SIZE \(subject). Or choose another Destination.")
    },
    "check.features_unknown": { subject, _ in
      Explanation(
        "The features of both pools could not be compared (\(subject)).",
        "Run zpool get all on both sides by hand where a stream is refused.")
    },
    "check.feature_unknown": { subject, detail in
      Explanation(
        "The source uses what the pool \(subject) is too old for: \(detail).",
        "Update OpenZFS there, or turn the option off that needs it.")
    },
    "check.feature_off": { subject, detail in
      Explanation(
        "The source uses what is switched off on the pool \(subject): \(detail).",
        "Switch it on there: zpool set feature@NAME=enabled \(subject).")
    },
    "check.tool_missing": { subject, detail in
      Explanation(
        "\(place(subject)) has no \(detail), and both sides need it for the task's compression.",
        "Install it there (its package has the same name), or choose another compression.")
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
