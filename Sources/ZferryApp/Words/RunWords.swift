extension Words {
  /// Why a run or one of its steps failed; codes as in `run --progress json`.
  static let runWords: [String: Sentence] = {
    var words = failures.merging(fromScratchWords) { $1 }.merging(keyWords) { $1 }
    for (code, hint) in conflictHints {
      words[code] = { subject, detail in
        Explanation("\(subject): it cannot be replicated as it is\(said(detail)).", hint)
      }
    }
    return words
  }()

  private static let failures: [String: Sentence] = [
    "snapshot.failed": { subject, detail in
      Explanation(
        "[EZFS] The first snapshot on \(subject) could not be taken\(said(detail)).",
        "Nothing was sent. Mend what zfs says, and run it again.")
    },
    "save.rest": { subject, detail in
      Explanation(
        "[EIO] Saving failed in the middle, and the snapshot task \(subject) could not be taken"
          + " back\(said(detail)).", "Delete it, then save again.")
    },
    "regex.invalid": { subject, _ in
      Explanation(
        "[EINVAL] \(subject) is not a regular expression.", "Correct it on the Source step.")
    },
    "answers.password": { subject, _ in
      Explanation(
        "[EINVAL] No password is named for the connection \(subject).",
        "Give password_file or password_env under generate.")
    },
    "run.killed": { subject, _ in
      Explanation(
        "[EINTR] The last run of \(subject) was killed in the middle.",
        "Nothing has to be mended: run it again, and it goes on from what has arrived.")
    },
    "run.ended": { subject, _ in
      Explanation(
        "[EINTR] The run of \(subject) ended without a report.",
        "Run it again: it goes on from what has arrived.")
    },
    "listing.unreadable": { subject, detail in
      Explanation(
        "[EPROTO] \(subject): zfs list printed a line nobody expects\(said(detail)).",
        "Nothing was changed. Report it with this line.")
    },
    "verify.missing": { subject, detail in
      Explanation(
        "[EBADMSG] \(subject): everything was sent, and the snapshot is not there all the same"
          + "\(said(detail)).", "Nothing on the source was let go. Run it again, and report it.")
    },
    "run.not_running": { subject, _ in
      Explanation(
        "[ESRCH] \(subject) does not run now, so nothing was changed.",
        "For the runs to come set speed_limit or bandwidth in the task.")
    },
    "packer.failed": { subject, detail in
      Explanation(
        "[EIO] \(subject): the stream could not be packed or unpacked\(said(detail)).",
        "What has arrived is kept; the next run goes on from there. Where it stays like that, check"
          + " the program on that side, or turn Stream Compression off.")
    },
    "link.strangers": { subject, detail in
      Explanation(
        "\(subject): somebody else came to the port for its data, and was turned away\(said(detail)).",
        "Nothing was sent to them or taken from them. See who looks for open ports there.")
    },
    "seal.opened": { subject, _ in
      Explanation(
        "[EBUSY] \(subject) could be written to again before the copy took its place.",
        "Nothing was overwritten. See who changes its readonly property, then run it again.")
    },
    "restore.place": { subject, detail in
      Explanation(
        "[EINVAL] \(subject.isEmpty ? "Nothing" : subject) is no place to restore to\(said(detail)).",
        "Give the name of a dataset that does not exist yet.")
    },
    "restore.unknown": { subject, detail in
      Explanation(
        "[ENOENT] \(subject) is not a dataset that \(detail.isEmpty ? "the task" : detail) copies.",
        "Choose one of its sources, or a dataset below one.")
    },
    "resolve.changed": { subject, _ in
      Explanation(
        "[ESTALE] \(subject) is not as it was when the decision was shown.",
        "Nothing more was done. Look at the conflict again, and decide anew.")
    },
    "resolve.blocked": { subject, detail in
      Explanation(
        "[EBUSY] \(subject) cannot be changed so: a hold, a clone or a lack of space is in the"
          + " way\(said(detail)).",
        "Nothing was changed. Take it away, or decide in another way: keep-aside loses nothing.")
    },
    "resolve.unfinished": { subject, _ in
      Explanation(
        "[EIO] \(subject) is not as the decision wants it, though every command ended well.",
        "Look at it again; the task's history has each command that was run.")
    },
    "parent.failed": { subject, detail in
      Explanation(
        "\(subject) waits, because \(detail.isEmpty ? "the dataset above it" : detail) failed.",
        "Mend that one; the next run sends both.")
    },
    "bookmark.failed": { subject, detail in
      Explanation(
        "\(subject): the bookmark that remembers what arrived could not be made\(said(detail)).",
        "What was sent is safe. Keep the newest snapshot on the source until the next run.")
    },
    "readonly.failed": { subject, detail in
      Explanation(
        "\(subject) could not be made read-only\(said(detail)).",
        "What was sent is safe. Set it there with: zfs set readonly=on DATASET.")
    },
  ]
}
