public import ReplicationModel

/// What is due at a moment: snapshot tasks first, then the tasks that send.
///
/// It follows from the schedules and from one mark for each task, the moment up to which its minutes
/// were served. Whoever serves one moves its mark to `now`; what was not served stays due. So a minute
/// is served once, however often anybody looks, and minutes that were missed are served as one.
public struct Agenda: Sendable {
  /// A snapshot task whose turn has come.
  public struct Snapshots: Hashable, Sendable {
    public var task: SnapshotTask
    /// The minute it is for, which its snapshots are named after.
    public var minute: Instant
    public var key: AgendaKey { .snapshot(task.name) }
  }
  /// A replication task whose turn has come.
  public struct Replication: Hashable, Sendable {
    public var task: TaskDraft
    /// The minute it is for.
    public var minute: Instant
    /// Whether it is not due, and makes up for a run that was killed.
    public var catchesUp = false
    public var key: AgendaKey { .replication(task.name) }
  }

  /// In the order they are taken: trees before single datasets, so that a name which two tasks share
  /// is taken with all that is below.
  public private(set) var snapshots: [Snapshots] = []
  /// Who has waited longest comes first.
  public private(set) var replications: [Replication] = []
  /// Marks to keep whether or not anything is served; nil for one to forget.
  public private(set) var changes: [AgendaKey: Instant?] = [:]

  /// A clock that has gone back less than this is waited for, so that no minute comes twice; one that
  /// has gone back further was wrong before, and counts from where it stands now.
  public static let smallStep: Int64 = 3 * 3_600

  private let now: Instant
  private let zone: Zone
  private let marks: [AgendaKey: Instant]

  /// `unread` names tasks whose files cannot be read now: their marks stay. `killed` says of tasks
  /// whose last run was killed when it began: it is made up for, unless its turn was served since, while
  /// the window of the task's schedule is open.
  public init(
    at now: Instant, marks: [AgendaKey: Instant], tasks: [TaskDraft], snapshotTasks: [SnapshotTask],
    unread: Set<AgendaKey> = [], killed: [String: Instant] = [:], zone: Zone
  ) {
    self.now = now
    self.zone = zone
    self.marks = marks
    for task in snapshotTasks {
      let schedules = task.enabled ? [task.schedule] : []
      if let minute = due(.snapshot(task.name), schedules) {
        snapshots.append(Snapshots(task: task, minute: minute))
      }
    }
    for task in tasks {
      let schedules = task.enabled ? task.triggers(snapshotTasks) : []
      if let minute = due(.replication(task.name), schedules) {
        replications.append(Replication(task: task, minute: minute))
      } else if let began = killed[task.name], let mark = marks[.replication(task.name)],
        mark <= began, schedules.contains(where: { isOpen($0) })
      {
        let minute = Instant(now.seconds - now.seconds % 60)
        replications.append(Replication(task: task, minute: minute, catchesUp: true))
      }
    }
    let known =
      Set(snapshotTasks.map { AgendaKey.snapshot($0.name) })
      .union(tasks.map { .replication($0.name) }).union(unread)
    for key in marks.keys where !known.contains(key) { changes[key] = .some(nil) }
    snapshots.sort { $0.order < $1.order }
    replications.sort { ($0.minute, $0.task.name) < ($1.minute, $1.task.name) }
  }

  private func isOpen(_ schedule: Schedule) -> Bool {
    (try? Timetable(schedule))?.isOpen(at: now, in: zone) == true
  }

  /// The minute a task is due for. One that has no turn is forgotten, so that nothing is made up for
  /// when it gets one again; one that is seen for the first time begins with this minute.
  private mutating func due(_ key: AgendaKey, _ schedules: [Schedule]) -> Instant? {
    let tables = schedules.compactMap { try? Timetable($0) }
    guard !tables.isEmpty else {
      if marks[key] != nil { changes[key] = .some(nil) }
      return nil
    }
    let begin = Instant(now.seconds - now.seconds % 60 - 1)
    var mark = marks[key] ?? begin
    if mark - now > Self.smallStep { mark = begin }
    if mark != marks[key] { changes[key] = mark }
    return tables.compactMap { $0.due(after: mark, at: now, in: zone) }.max()
  }
}

extension Agenda.Snapshots {
  fileprivate var order: (Int, Int, Instant, String) {
    (task.recursive ? 0 : 1, task.exclude.count, minute, task.name)
  }
}

extension TaskDraft {
  /// When it runs by itself: a schedule of its own comes first; else a push runs after the snapshot
  /// tasks it is bound to.
  public func triggers(_ snapshotTasks: [SnapshotTask]) -> [Schedule] {
    guard auto else { return [] }
    if let schedule { return [schedule] }
    guard direction == .push else { return [] }
    let bound = Set(periodicSnapshotTasks)
    return snapshotTasks.filter { $0.enabled && bound.contains($0.name) }.map(\.schedule)
  }
}
