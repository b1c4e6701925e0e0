import ZferryApp

extension Effect {
  /// What a last reply will come for; nil where none does, and for a run, which takes its time.
  var awaited: RequestID? {
    switch self {
    case .load(let id), .listDatasets(let id, _, _), .scanHostKey(let id, _, _),
      .pair(let id, _, _), .prove(let id, _), .countSnapshots(let id, _), .plan(let id, _),
      .save(let id, _), .change(let id, _), .listSnapshots(let id, _, _), .check(let id, _),
      .forecast(let id, _), .holdings(let id, _, _), .rights(let id, _, _), .makeKey(let id, _),
      .importKey(let id, _, _), .unlockKey(let id, _, _), .writeOut(let id, _),
      .listRuns(let id, _), .readLog(let id, _),
      .keepDraft(let id, _), .dropDraft(let id, _), .lookAtConflicts(let id, _),
      .resolve(let id, _, _), .planRestore(let id, _), .readForeign(let id, _),
      .saveForeign(let id, _), .lookToPrune(let id, _, _), .pruneSnapshots(let id, _, _, _):
      id
    case .startRun, .startRestore, .cancelRun, .abandon, .redraw, .keepMode, .keepAsks, .copy,
      .quit:
      nil
    }
  }
}

extension Reply {
  /// Whether more replies to the same effect follow.
  var isOnTheWay: Bool {
    switch self {
    case .pairing, .run, .someDatasets: true
    case .checked(let result): result != nil
    case .loaded, .datasets, .hostKeys, .paired, .proved, .counted, .planned, .conflicts, .forecast,
      .holdings,
      .snapshots, .rights, .saved, .foreign, .outlived, .pruned,
      .runs, .log, .failed:
      false
    }
  }
}
