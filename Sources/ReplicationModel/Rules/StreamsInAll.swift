extension TaskRule {
  /// All datasets of a moment, each over all of its connections, are logins on one host.
  static let streamsInAll = TaskRule { draft, _ in
    guard let streams = draft.streams, (1...Connection.mostForOneStream).contains(streams),
      (1...TaskDraft.mostParallel).contains(draft.parallel),
      streams * draft.parallel > Connection.mostForOneRun
    else { return [] }
    return [
      Finding(
        .streams, code: "streams.in_all",
        "makes \(streams * draft.parallel) connections with \(draft.parallel) datasets at a time,"
          + " and \(Connection.mostForOneRun) are allowed. Lower one of the two.")
    ]
  }
}
