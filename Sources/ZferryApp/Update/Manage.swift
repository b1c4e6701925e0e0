import FormKit
import ReplicationModel

/// What the screens of management share: lists, changes, and the news of them.
extension AppState {
  /// Where the cursor is in a list of so many rows.
  func cursor(in count: Int) -> Int { min(place.row, max(0, count - 1)) }

  /// What is under the cursor; nil where there is nothing.
  func chosen<Value>(of values: [Value]) -> Value? {
    values.isEmpty ? nil : values[cursor(in: values.count)]
  }

  /// Changes what is stored; says `done` and closes so many screens once it is. With a trial it is
  /// asked then whether the change is kept.
  mutating func change(
    _ change: StoreChange, done: String, closes: Int = 0, trial: ConnectionTrial? = nil
  ) -> [Effect] {
    let effects = start(done: done, closes: closes) { .change($0, change) }
    if !effects.isEmpty { management.change?.trial = trial }
    return effects
  }

  /// One change at a time: a second Enter must not do it twice.
  mutating func start(
    done: String, closes: Int, writing: WriteOut? = nil, _ effect: (RequestID) -> Effect
  ) -> [Effect] {
    guard management.change == nil else { return [] }
    let id = newRequest()
    management.change = Management.Change(id: id, done: done, closes: closes, writing: writing)
    return [effect(id)]
  }

  mutating func writeOut(_ order: WriteOut) -> [Effect] {
    start(
      done: "Written to \(Words.escaped(order.path)).", closes: 1,
      writing: order
    ) { .writeOut($0, order) }
  }

  /// Reads everything again.
  mutating func reload() -> [Effect] {
    let id = newRequest()
    loading = id
    return [.load(id)]
  }

  /// A reply for these screens; nil where none of them waits for it.
  mutating func receiveManaged(_ id: RequestID, _ reply: Reply) -> [Effect]? {
    switch (id, reply) {
    case (management.change?.id, .saved): return changeDone()
    case (management.change?.id, .failed(let failure)): changeFailed(failure)
    case (management.change?.id, .pruned(let count, let failure)):
      return prunedSnapshots(count, failure)
    case (importing.request, .foreign(let tasks)): receiveForeign(.success(tasks))
    case (importing.request, .failed(let failure)): receiveForeign(.failure(failure))
    case (outlived?.request, .outlived(let plan)): receiveOutlived(.success(plan))
    case (outlived?.request, .failed(let failure)): receiveOutlived(.failure(failure))
    case (management.check?.id, .proved(let host)): finishCheck(.success(host))
    case (management.check?.id, .failed(let failure)): finishCheck(.failure(failure))
    case (management.connection.scanning, .hostKeys(let keys)): receiveScan(keys)
    case (management.connection.scanning, .failed(let failure)):
      management.connection.scanning = nil
      management.connection.failure = failure
    case (management.history.id, .runs(let runs)):
      management.history = Loading(result: .success(runs))
    case (management.history.id, .failed(let failure)):
      management.history = Loading(result: .failure(failure))
    case (management.log.id, .log(let lines)):
      management.log = Loading(result: .success(lines))
      // The end of a log says how it went.
      if case .log = route { place.row = max(0, lines.count - 1) }
    case (management.log.id, .failed(let failure)):
      management.log = Loading(result: .failure(failure))
    default: return nil
    }
    return []
  }

  mutating func changeDone() -> [Effect] {
    guard let change = management.change else { return [] }
    management.change = nil
    for _ in 0..<change.closes { pop() }
    notice = Note(.success, change.done)
    return reload() + (change.trial.map { begin($0) } ?? [])
  }

  private mutating func changeFailed(_ failure: Failure) {
    let writing = management.change?.writing
    management.change = nil
    if let writing, failure.code == "store.exists" {
      management.existing = writing
      ask(.replaceFile)
    } else {
      notice = Note(.error, Words.explain(failure).text)
    }
  }

  private mutating func finishCheck(_ result: Result<ProvedHost, Failure>) {
    management.check?.id = nil
    management.check?.result = result
  }

  /// Whether a run of another process is on the screen, which tells nobody how it goes on.
  var showsOthersRun: Bool {
    switch route {
    case .tasks:
      library.facts.contains { $0.value.state == .running && !isRunningHere($0.key) }
    case .task(let name): library.facts[name]?.state == .running && !isRunningHere(name)
    default: false
    }
  }

  private func isRunningHere(_ task: String) -> Bool { run.isRunning && run.task == task }

  /// Time has passed: a change that nobody kept is taken back, and what is on the screen is read again, every 5 seconds while another process
  /// runs a task, else when a key comes after a minute.
  mutating func tick() -> [Effect] {
    if let trial = management.trial, now >= trial.until { return takeBackConnection() }
    let isShown: Bool =
      switch route {
      case .tasks, .task: true
      default: false
      }
    guard isShown, isLoaded, loading == nil, management.change == nil else { return [] }
    guard now - management.loadedAt >= (showsOthersRun ? 5 : 60) else { return [] }
    return reload()
  }
}
