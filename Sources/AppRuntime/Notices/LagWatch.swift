import ReplicationEngine
import ReplicationModel
import ZferryApp

/// Tells once of each copy that falls further behind than its task allows, and once when it has caught
/// up: looked at with every tick, for it is the runs that do not happen which nobody else tells of.
struct LagWatch: Sendable {
  private let ports: AppPorts
  private let schedule: any ScheduleRecordPort
  private let tell: @Sendable (TickEvent) -> Void

  init(_ tick: Tick) {
    ports = tick.ports
    schedule = tick.schedule
    tell = tick.tell
  }

  func look() async {
    guard let notices = ports.notices else { return }
    do {
      for crossing in try crossings() {
        // Kept first: who cannot be told now must not be told every minute.
        guard try schedule.keepBehind(crossing.task.name, crossing.isOver) else { continue }
        let told = await notices.lag(
          of: crossing.task, seconds: crossing.lag, limit: crossing.limit, isOver: crossing.isOver)
        for one in told {
          guard let trouble = one.trouble else { continue }
          tell(
            .trouble(
              Failure(
                "notify.failed", subject: crossing.task.name, detail: "\(one.way): \(trouble)")))
        }
      }
    } catch {
      tell(.trouble(Failure(describing: error)))
    }
  }

  private struct Crossing {
    var task: TaskDraft
    var lag: Int64
    var limit: Int64
    var isOver: Bool
  }

  private func crossings() throws -> [Crossing] {
    let now = ports.clock.now()
    let behind = try schedule.behind()
    return try ports.files.taskNames().compactMap { name in
      guard let task = try? ports.files.task(name), task.enabled, let notify = task.notify,
        notify.on.contains(.lag), let hours = notify.lagHours
      else { return nil }
      let status = TaskStatus(
        name: name, draft: task, runs: try ports.records.runs(of: name, limit: 200),
        snapshotTasks: [], zone: ports.zone, now: now,
        situation: try TaskSituation(of: name, ports.control, tick: nil, now: now))
      guard let lag = status.lagSeconds else { return nil }
      let limit = Int64(hours) * 3_600
      let isOver = lag > limit
      guard isOver != behind.contains(name) else { return nil }
      return Crossing(task: task, lag: lag, limit: limit, isOver: isOver)
    }
  }
}
