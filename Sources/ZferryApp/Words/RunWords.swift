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
    "receive.out_of_space": { subject, detail in
      Explanation(
        "[ENOSPC] \(subject): the destination is full\(said(detail)).",
        "Free space there or raise the quota; the next run goes on where this one stopped.")
    }
  ]
}
