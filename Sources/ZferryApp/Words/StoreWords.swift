extension Words {
  /// Why a file could not be read or written.
  static let storeWords: [String: Sentence] = [
    "notFound": { subject, _ in
      Explanation("[ENOENT] \(subject) is not there.", "It may have been deleted or renamed.")
    },
    "invalid": { subject, detail in
      Explanation(
        "[EINVAL] \(subject) cannot be used as it is\(said(detail)).",
        "Correct it in an editor; the other files are not affected.")
    },
    "exists": { subject, _ in
      Explanation(
        "[EEXIST] \(subject) exists already, and was left as it is.", "Choose another name.")
    },
    "locked": { subject, detail in
      Explanation(
        "[EBUSY] \(subject) is being run at this moment\(said(detail)).",
        "Wait until that run has ended, then try again.")
    },
    "permission": { subject, detail in
      Explanation(
        "[EACCES] \(subject) may not be read or written by this user\(said(detail)).",
        "Run zferry as the user who owns it, or correct its owner and mode.")
    },
    "full": { subject, _ in
      Explanation(
        "[ENOSPC] There is no room left to write \(subject).", "Free some space, then try again.")
    },
    "system": { subject, detail in
      Explanation(
        "[EIO] \(subject) could not be read or written\(said(detail)).",
        "See what the system says, mend it, and try again.")
    },
    "inUse": { subject, detail in
      Explanation(
        "[EBUSY] \(subject) is still used\(said(detail)).", "Change what uses it first.")
    },
  ]
}
