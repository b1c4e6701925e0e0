import ReplicationModel

/// The sentences of mails, and of what a command or a ping is given to read.
extension Words {
  /// One line that says it, without the system's name.
  public static func headline(_ notice: Notice) -> String {
    let task = escaped(notice.task)
    return switch (notice.matter, notice.event) {
    case (.test, _): "a test for the task \(task)"
    case (.lag(let seconds, _), .lag):
      "the copy of \(task) is \(Amount.duration(Double(seconds))) behind"
    case (.lag, _): "the copy of \(task) has caught up"
    case (.run(let run), .failure): "the run of \(task) ended: \(run.outcome)"
    case (.run, .recovered): "\(task) does well again"
    case (.run, _): "the run of \(task) did well"
    }
  }

  /// All of it: what happened, why, and what to do next.
  public static func paragraphs(_ notice: Notice) -> [String] {
    let task = Command.quoted(escaped(notice.task))
    switch notice.matter {
    case .test:
      return [
        "Somebody ran `zferry notify test` to see whether notices arrive. This one has."
      ]
    case .lag(let seconds, let limit):
      let lag = Amount.duration(Double(seconds))
      let most = Amount.duration(Double(limit))
      return notice.event == .lag
        ? [
          "The newest snapshot that both sides hold is \(lag) old, and may be \(most).",
          "See `zferry status \(task)` and `zferry history \(task)`.",
        ]
        : ["The newest snapshot that both sides hold is \(lag) old, within the limit of \(most)."]
    case .run(let run):
      let sent =
        "Sent and verified \(Amount.count(run.snapshots, "snapshot")), "
        + "\(Amount.bytes(run.sentBytes)) in \(Amount.duration(run.seconds))."
      guard let error = run.error else { return [sent] }
      let words = explain(error)
      return [words.message, words.hint, sent, "See `zferry history \(task) --log`."]
        .filter { !$0.isEmpty }
    }
  }
}
