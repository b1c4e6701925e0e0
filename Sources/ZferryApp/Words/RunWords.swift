extension Words {
  /// Why a run or one of its steps failed; codes as in `run --progress json`.
  static let runWords: [String: Sentence] = {
    var words = failures
    for (code, hint) in conflictHints {
      words[code] = { subject, detail in
        Explanation("\(subject): it cannot be replicated as it is\(said(detail)).", hint)
      }
    }
    return words
  }()

  private static let failures: [String: Sentence] = [
    "zfs.failed": { subject, detail in
      Explanation(
        "[EZFS] zfs on \(subject) could not tell that\(said(detail)).",
        "Mend what it says, then press Retry.")
    },
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
    "receive.out_of_space": { subject, detail in
      Explanation(
        "[ENOSPC] \(subject): the destination is full\(said(detail)).",
        "Free space there or raise the quota; the next run goes on where this one stopped.")
    },
  ]
}
