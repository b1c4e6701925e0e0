public import ReplicationEngine
internal import ReplicationModel
public import ReplicationPlanner
public import ZferryApp

/// What a tick tells while it is at work.
public enum TickEvent: Sendable {
  case taken(SnapshotTaking)
  /// A task that was due was started.
  case started(String)
  /// A task is run again, because its last run was killed.
  case catchesUp(String)
  case run(String, RunEvent)
  /// A task is due and not started; told once for each reason.
  case waits(Waiting)
  /// A run did not begin, or no record of it could be kept.
  case failed(String, Failure)
  /// A file that cannot be read keeps what it describes from its turn, and nothing else; and so does a
  /// look that failed while runs go on.
  case trouble(Failure)
}

/// What the timer calls once a minute: takes the snapshots that are due, starts the tasks that are,
/// and while they run goes on looking every minute, so that no long run keeps the others waiting.
public struct Tick: Sendable {
  let ports: AppPorts
  let schedule: any ScheduleRecordPort
  /// The most tasks that run at a time; nil for any number.
  let limit: Int?
  /// Throws where a stored task may not run as it is.
  let check: @Sendable (String) throws -> Void
  let tell: @Sendable (TickEvent) -> Void

  public init(
    _ ports: AppPorts, schedule: any ScheduleRecordPort, limit: Int?,
    check: @escaping @Sendable (String) throws -> Void = { _ in },
    tell: @escaping @Sendable (TickEvent) -> Void
  ) {
    self.ports = ports
    self.schedule = schedule
    self.limit = limit
    self.check = check
    self.tell = tell
  }

  /// Why a run is not begun that is no trouble of its task: somebody else is at work, or wants it so.
  public static let othersReasons: Set<String> = [
    "store.locked", FailureCode.paused, FailureCode.placeTaken,
  ]

  /// Works until nothing that it started runs any more. Cancelling ends the runs in order.
  public func run() async throws {
    let here = try await ports.host(nil)
    do {
      try await work(TickRound(self, here))
    } catch {
      await here.close()
      throw error
    }
    await here.close()
  }

  private enum Wake: Sendable {
    case ended(String)
    case minute
  }

  private func work(_ first: TickRound) async throws {
    var round = first
    let starting = try await round.look()
    let watch = LagWatch(self)
    guard !starting.isEmpty else {
      await watch.look()
      return
    }
    // Beside the group, which is cancelled at its end: nobody is told half.
    var watching = Task { await watch.look() }
    await withTaskGroup(of: Wake.self) { group in
      for due in starting { start(due, round.idle, in: &group) }
      group.addTask { await nextMinute() }
      while let wake = await group.next() {
        switch wake {
        case .ended(let name): round.own.remove(name)
        case .minute:
          guard !Task.isCancelled else { break }
          group.addTask { await nextMinute() }
          watching = Task { [watching] in
            await watching.value
            await watch.look()
          }
        }
        for due in await lookAgain(&round) { start(due, round.idle, in: &group) }
        if round.own.isEmpty { break }
      }
      // What is left is the wait for the next minute.
      group.cancelAll()
    }
    await watching.value
  }

  /// What cannot be read or written now must not end the runs that go on.
  private func lookAgain(_ round: inout TickRound) async -> [TickRound.Due] {
    guard !Task.isCancelled else { return [] }
    do { return try await round.look() } catch {
      tell(.trouble(Failure(describing: error)))
      return []
    }
  }

  private func start(
    _ due: TickRound.Due, _ idle: IdleRuns, in group: inout TaskGroup<Wake>
  ) {
    let name = due.task
    tell(due.catchesUp ? .catchesUp(name) : .started(name))
    group.addTask {
      do {
        try await ports.run(name, .schedule) { event in
          // Its turn is served once it has begun, so that no kill loses one.
          if case .started = event {
            try? schedule.keep(due.served)
            if due.catchesUp { noteKilled(name) }
          }
          idle.note(event, of: name)
          tell(.run(name, event))
        }
      } catch {
        await refuse(name, Failure(describing: error))
      }
      try? schedule.keep(due.served)
      idle.forget(name)
      return .ended(name)
    }
  }

  /// Leaves in both logs which run makes up for which.
  private func noteKilled(_ name: String) {
    guard let runs = try? ports.records.runs(of: name, limit: 10).filter({ $0.kind == .run }),
      runs.count > 1
    else { return }
    let (new, killed) = (runs[0].id, runs[1].id)
    let now = ports.clock.now()
    try? ports.records.log(
      killed, at: now,
      line: "the process of this run is gone without a word; run #\(new.value) makes up for it")
    try? ports.records.log(
      new, at: now, line: "makes up for run #\(killed.value), which was killed; done once")
  }

  /// Tells that a run did not begin, and leaves a record of it, so that `status` shows why.
  func refuse(_ name: String, _ failure: Failure) async {
    tell(.failed(name, failure))
    guard !Self.othersReasons.contains(failure.code) else { return }
    let now = ports.clock.now()
    guard let id = try? ports.records.runStarted(task: name, at: now) else { return }
    let error = RunFailure(
      code: failure.code, subject: failure.subject,
      detail: failure.findings.first?.message ?? failure.detail)
    let summary = RunSummary(
      outcome: .failed, sentBytes: 0, snapshots: 0, finished: now, seconds: 0, error: error)
    try? ports.records.runFinished(id, summary)
    if let task = try? ports.files.task(name) { await ports.notices?.ended(task, summary) }
  }

  private func nextMinute() async -> Wake {
    await ports.clock.sleep(seconds: Double(60 - ports.clock.now().seconds % 60))
    return .minute
  }
}
