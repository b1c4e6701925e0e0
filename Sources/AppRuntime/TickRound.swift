import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import ZferryApp

/// What a tick carries from one look at the tasks to the next.
struct TickRound {
  let tick: Tick
  let taker: SnapshotTaker
  private let here: any HostPort
  /// Tasks that this tick has started and that have not ended.
  var own: Set<String> = []
  let idle = IdleRuns()
  /// Who waited at the last look, so that each reason is told once.
  private var told: Set<Waiting>
  /// What cannot be read is told once as well.
  private var troubles: Set<Failure> = []

  private var ports: AppPorts { tick.ports }
  private var schedule: any ScheduleRecordPort { tick.schedule }

  init(_ tick: Tick, _ here: any HostPort) {
    self.tick = tick
    self.here = here
    taker = SnapshotTaker(host: here, clock: tick.ports.clock, zone: tick.ports.zone)
    told = Set((try? tick.schedule.lastTick())?.waiting ?? [])
  }

  /// A task that is started now, with the mark that its turn leaves.
  struct Due {
    var task: String
    var served: [AgendaKey: Instant?]
    /// Whether it makes up for a run that was killed.
    var catchesUp = false
  }

  /// Takes the snapshots that are due, and gives the tasks to start now.
  mutating func look() async throws -> [Due] {
    let now = ports.clock.now()
    let library = try TickLibrary(ports.files) { failure in
      if troubles.insert(failure).inserted { tick.tell(.trouble(failure)) }
    }
    let agenda = Agenda(
      at: now, marks: try schedule.marks(), tasks: library.tasks,
      snapshotTasks: library.snapshotTasks, unread: library.unread, killed: try killed(library),
      zone: ports.zone)
    try schedule.keep(agenda.changes)
    var taken: Set<String> = []
    var failed: Set<String> = []
    for due in agenda.snapshots {
      if Task.isCancelled { return [] }
      let taking = try await take(due.task, for: due.minute)
      try schedule.keep([due.key: now])
      taken.insert(due.task.name)
      // Where none could be taken, something is wrong: then none goes either.
      if taking.outcome == .failed { failed.insert(due.task.name) }
    }
    for due in agenda.snapshots where !failed.contains(due.task.name) {
      if Task.isCancelled { return [] }
      try await prune(due.task, library)
    }
    var admission = try admission(library)
    var waiting: [Waiting] = []
    var starting: [Due] = []
    for due in agenda.replications where try ports.control.paused(due.task.name) == nil {
      if let reason = admission.admit(due.task.name, library.places(of: due.task)) {
        waiting.append(reason)
        continue
      }
      try await takeFirst(for: due.task, library, except: taken)
      starting.append(
        Due(task: due.task.name, served: [due.key: now], catchesUp: due.catchesUp))
    }
    for waits in waiting where told.insert(waits).inserted { tick.tell(.waits(waits)) }
    told = Set(waiting)
    try schedule.ticked(TickLook(at: now, waiting: waiting))
    var valid: [Due] = []
    for due in starting where await mayRun(due) { valid.append(due) }
    return valid
  }

  /// A task that is not valid is told, and has had its turn.
  private mutating func mayRun(_ due: Due) async -> Bool {
    do {
      try tick.check(due.task)
      own.insert(due.task)
      return true
    } catch {
      await tick.refuse(due.task, Failure(describing: error))
      // Where it cannot be kept, it is told again.
      try? schedule.keep(due.served)
      return false
    }
  }

  /// When the last run of each task began whose process is gone without a word. Two in a row are no
  /// accident: what kills every run is not started over and over.
  private func killed(_ library: TickLibrary) throws -> [String: Instant] {
    var killed: [String: Instant] = [:]
    for task in library.tasks where task.enabled {
      let runs = try ports.records.runs(of: task.name, limit: 10).filter { $0.kind == .run }
      guard let last = runs.first, last.summary == nil, !last.isRunning,
        runs.count < 2 || runs[1].summary != nil
      else { continue }
      killed[task.name] = last.started
    }
    return killed
  }

  /// Lets go what has outlived a snapshot task's lifetime, where no task copies it.
  private func prune(_ task: SnapshotTask, _ library: TickLibrary) async throws {
    // A task whose file cannot be read may copy any of them.
    guard !library.unread.contains(where: { $0.kind == .replication }) else { return }
    let pruner = SnapshotPruner(
      host: here, clock: ports.clock, zone: ports.zone, snapshotTasks: library.snapshotTasks,
      uses: library.tasks)
    guard let taking = await pruner.prune(task), try !isKnown(taking) else { return }
    try schedule.taken(taking)
    tick.tell(.taken(taking))
  }

  /// A trouble that stands in the history already is not told with every snapshot.
  private func isKnown(_ taking: SnapshotTaking) throws -> Bool {
    guard let error = taking.error, taking.datasets == 0 else { return false }
    let last = try schedule.takings(of: taking.task, limit: 200).first { $0.outcome == .pruned }
    return last?.error?.code == error.code && last?.error?.subject == error.subject
  }

  /// What runs already, here and in other processes.
  private func admission(_ library: TickLibrary) throws -> Admission {
    var running: [String: TaskPlaces] = [:]
    for task in library.tasks {
      let isRunning = try ports.records.runs(of: task.name, limit: 1).first?.isRunning ?? false
      if isRunning || own.contains(task.name) { running[task.name] = library.places(of: task) }
    }
    return Admission(limit: tick.limit, running: running, idle: idle.names)
  }

  @discardableResult
  private func take(_ task: SnapshotTask, for minute: Instant) async throws -> SnapshotTaking {
    let taking = await taker.take(task, for: minute)
    try schedule.taken(taking)
    tick.tell(.taken(taking))
    return taking
  }

  /// The snapshot tasks that a push is bound to take theirs first, where its source has none at all:
  /// else its first run would find nothing to send.
  private func takeFirst(
    for task: TaskDraft, _ library: TickLibrary, except taken: Set<String>
  ) async throws {
    guard task.direction == .push else { return }
    for bound in library.snapshotTasks
    where bound.enabled && task.periodicSnapshotTasks.contains(bound.name)
      && !taken.contains(bound.name)
    {
      guard try schedule.takings(of: bound.name, limit: 1).isEmpty,
        try ports.records.runs(of: task.name, limit: 1).isEmpty,
        // Where nobody can tell, the run itself says what is wrong.
        (try? await taker.hasSnapshot(of: bound)) == false
      else { continue }
      let now = ports.clock.now()
      try await take(bound, for: Instant(now.seconds - now.seconds % 60))
    }
  }
}

/// The runs that wait for a host to answer again, as far as they have told.
final class IdleRuns: Sendable {
  private let waiting = Mutex<Set<String>>([])

  var names: Set<String> { waiting.withLock { $0 } }

  func note(_ event: RunEvent, of task: String) {
    switch event {
    case .retry: waiting.withLock { _ = $0.insert(task) }
    case .stepStarted, .progress, .finished: forget(task)
    default: break
    }
  }

  func forget(_ task: String) { waiting.withLock { _ = $0.remove(task) } }
}

/// What the files say at one look; a bad one harms no other.
struct TickLibrary {
  var tasks: [TaskDraft] = []
  var snapshotTasks: [SnapshotTask] = []
  var connections: [String: Connection] = [:]
  var unread: Set<AgendaKey> = []

  init(_ files: any TaskFilesPort, tell: (Failure) -> Void) throws {
    for name in try files.taskNames() {
      do {
        tasks.append(try files.task(name))
      } catch {
        unread.insert(.replication(name))
        tell(Failure(describing: error))
      }
    }
    for name in try files.snapshotTaskNames() {
      do {
        snapshotTasks.append(try files.snapshotTask(name))
      } catch {
        unread.insert(.snapshot(name))
        tell(Failure(describing: error))
      }
    }
    for connection in try files.connections() { connections[connection.name] = connection }
  }

  func places(of task: TaskDraft) -> TaskPlaces {
    TaskPlaces(task, connection: task.connection.flatMap { connections[$0] })
  }
}
