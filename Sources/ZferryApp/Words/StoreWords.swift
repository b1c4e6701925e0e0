extension Words {
  /// Why a file could not be read or written. The codes are those of `StoreError`, behind `store.`,
  /// because hosts have a `system` too.
  static let storeWords: [String: Sentence] = [
    "store.notFound": { subject, _ in
      Explanation("[ENOENT] \(subject) is not there.", "It may have been deleted or renamed.")
    },
    "store.invalid": { subject, detail in
      Explanation(
        "[EINVAL] \(subject) cannot be used as it is\(said(detail)).",
        "Correct it in an editor; the other files are not affected.")
    },
    "store.exists": { subject, _ in
      Explanation(
        "[EEXIST] \(subject) exists already, and was left as it is.", "Choose another name.")
    },
    "store.locked": { subject, detail in
      Explanation(
        "[EBUSY] \(subject) is being run at this moment\(said(detail)).",
        "Wait until that run has ended, then try again.")
    },
    "store.permission": { subject, detail in
      Explanation(
        "[EACCES] \(subject) may not be read or written by this user\(said(detail)).",
        "Run zferry as the user who owns it, or correct its owner and mode.")
    },
    "store.full": { subject, _ in
      Explanation(
        "[ENOSPC] There is no room left to write \(subject).", "Free some space, then try again.")
    },
    "store.system": { subject, detail in
      Explanation(
        "[EIO] \(subject) could not be read or written\(said(detail)).",
        "See what the system says, mend it, and try again.")
    },
    "store.readOnly": { subject, _ in
      Explanation(
        "[EROFS] \(subject) would change something, and --read-only says that nothing may.",
        "Run it without --read-only.")
    },
    "store.inUse": { subject, detail in
      Explanation(
        "[EBUSY] \(subject) is still used\(said(detail)).", "Change what uses it first.")
    },
  ]
}
