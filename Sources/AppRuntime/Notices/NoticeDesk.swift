public import ReplicationEngine
public import ReplicationModel
import ZferryApp

/// Tells people how tasks fare, as `notify` of a task wants it.
///
/// Nothing that fails here changes what a run came to: it is told in the run's log.
public struct NoticeDesk: Sendable {
  private let notifier: any NotifierPort
  private let records: any RunRecordPort
  private let clock: any ClockPort

  public init(
    _ notifier: any NotifierPort, records: any RunRecordPort, clock: any ClockPort
  ) {
    self.notifier = notifier
    self.records = records
    self.clock = clock
  }

  /// One way somebody was told, and what kept it from that.
  public struct Told: Hashable, Sendable {
    /// `mail`, `command` or `ping`.
    public var way: String
    /// Nil where it was done. It may hold what a program said: escape it.
    public var trouble: String?
  }

  /// A run has ended and is kept in the history.
  public func ended(_ task: TaskDraft, _ summary: RunSummary) async {
    guard let notify = task.notify, notify.hasChannel, summary.isWorthTelling else { return }
    let runs = (try? records.runs(of: task.name, limit: 50)) ?? []
    let own = runs.firstIndex {
      $0.summary?.finished == summary.finished && $0.summary?.outcome == summary.outcome
    }
    let before = runs.dropFirst(own.map { $0 + 1 } ?? 0).lazy
      .filter { $0.kind == .run }.compactMap(\.summary).first(where: \.isWorthTelling)
    let event: Notify.Event =
      !summary.isUpToDate ? .failure : before?.isUpToDate == false ? .recovered : .success
    // Who wants to hear of each run that did well hears of this one too.
    let isWanted =
      notify.on.contains(event) || event == .recovered && notify.on.contains(.success)
    let run = Notice.Run(
      outcome: summary.outcome.rawValue, sentBytes: summary.sentBytes,
      snapshots: summary.snapshots, seconds: summary.seconds,
      error: summary.error.map { Failure($0.code, subject: $0.subject, detail: $0.detail) })
    let told = await tell(notice(task, event, .run(run)), notify, people: isWanted)
    guard let id = own.map({ runs[$0].id }) else { return }
    for one in told {
      let end = one.trouble.map { "failed: \($0)" } ?? "done"
      try? records.log(
        id, at: clock.now(), line: "notice of \(event.rawValue) by \(one.way): \(end)")
    }
  }

  /// The copy is too far behind, or is so no more.
  public func lag(
    of task: TaskDraft, seconds: Int64, limit: Int64, isOver: Bool
  ) async -> [Told] {
    guard let notify = task.notify else { return [] }
    let notice = notice(task, isOver ? .lag : .recovered, .lag(seconds: seconds, limit: limit))
    return await tell(notice, notify, people: isOver || notify.on.contains(.recovered))
  }

  /// Tells all that the task names, whatever it wants to tell of.
  public func test(_ task: TaskDraft) async -> [Told] {
    guard let notify = task.notify else { return [] }
    return await tell(notice(task, .success, .test), notify, people: true)
  }

  private func notice(
    _ task: TaskDraft, _ event: Notify.Event, _ matter: Notice.Matter
  ) -> Notice {
    Notice(
      task: task.name, host: notifier.hostName, at: clock.now(), event: event, matter)
  }

  /// All ways at the same time: one that hangs keeps no other.
  private func tell(_ notice: Notice, _ notify: Notify, people: Bool) async -> [Told] {
    var deliveries: [Delivery] = []
    if people, !notify.mail.isEmpty { deliveries.append(.mail(notice, to: notify.mail)) }
    if people, !notify.command.isEmpty { deliveries.append(.command(notice, notify.command)) }
    if let ping = notify.ping { deliveries.append(.ping(notice, to: ping)) }
    return await withTaskGroup(of: Told.self) { group in
      for delivery in deliveries {
        group.addTask { Told(way: delivery.way, trouble: await notifier.deliver(delivery)) }
      }
      let told = await group.reduce(into: [Told]()) { $0.append($1) }
      return told.sorted { $0.way < $1.way }
    }
  }
}

extension RunSummary {
  /// A person who stops a run, or prunes, knows it.
  fileprivate var isWorthTelling: Bool { outcome != .cancelled && outcome != .pruned }
}
