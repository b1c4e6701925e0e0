import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import ZferryApp

/// What a tick carries from one look at the tasks to the next.
struct TickRound {
  let tick: Tick
  let taker: SnapshotTaker
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
    taker = SnapshotTaker(host: here, clock: tick.ports.clock, zone: tick.ports.zone)
    told = Set((try? tick.schedule.lastTick())?.waiting ?? [])
  }

  /// A task that is started now, with the mark that its turn leaves.
  struct Due {
    var task: String
    var served: [AgendaKey: Instant?]
  }

  /// Takes the snapshots that are due, and gives the tasks to start now.
  mutating func look() async throws -> [Due] {
    let now = ports.clock.now()
    let library = try TickLibrary(ports.files) { failure in
      if troubles.insert(failure).inserted { tick.tell(.trouble(failure)) }
    }
    let agenda = Agenda(
      at: now, marks: try schedule.marks(), tasks: library.tasks,
      snapshotTasks: library.snapshotTasks, unread: library.unread, zone: ports.zone)
    try schedule.keep(agenda.changes)
    var taken: Set<String> = []
    for due in agenda.snapshots {
      if Task.isCancelled { return [] }
      try await take(due.task, for: due.minute)
      try schedule.keep([due.key: now])
      taken.insert(due.task.name)
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
      starting.append(Due(task: due.task.name, served: [due.key: now]))
    }
    for waits in waiting where told.insert(waits).inserted { tick.tell(.waits(waits)) }
    told = Set(waiting)
    try schedule.ticked(TickLook(at: now, waiting: waiting))
    var valid: [Due] = []
    for due in starting where mayRun(due) { valid.append(due) }
    return valid
  }

  /// A task that is not valid is told, and has had its turn.
  private mutating func mayRun(_ due: Due) -> Bool {
    do {
      try tick.check(due.task)
      own.insert(due.task)
      return true
    } catch {
      tick.refuse(due.task, Failure(describing: error))
      // Where it cannot be kept, it is told again.
      try? schedule.keep(due.served)
      return false
    }
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

  private func take(_ task: SnapshotTask, for minute: Instant) async throws {
    let taking = await taker.take(task, for: minute)
    try schedule.taken(taking)
    tick.tell(.taken(taking))
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
