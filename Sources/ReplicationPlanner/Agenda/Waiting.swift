internal import ReplicationModel

/// A task that is due and has not been started, with the reason.
public struct Waiting: Hashable, Sendable {
  /// Why it is not started yet; the raw values are codes of the message catalogue.
  public enum Reason: String, CaseIterable, Sendable {
    /// Its last run goes on.
    case running = "wait.running"
    /// As many tasks run as may at a time.
    case turn = "wait.turn"
    /// Another run is at work on the same datasets.
    case place = "wait.place"
  }
  public var task: String
  public var reason: Reason
  /// How many run, or the name of the task that is in the way.
  public var detail: String

  public init(task: String, reason: Reason, detail: String) {
    self.task = task
    self.reason = reason
    self.detail = detail
  }
}

/// Who may start beside what runs already (engine.md 3.1).
public struct Admission: Sendable {
  /// The most tasks that run at a time; nil for any number.
  public var limit: Int?
  /// Tasks that run, here or in other processes.
  public private(set) var running: [String: TaskPlaces]
  /// Those of them that wait for a host to answer again: they take nobody's turn.
  public var idle: Set<String>

  public init(limit: Int?, running: [String: TaskPlaces] = [:], idle: Set<String> = []) {
    self.limit = limit
    self.running = running
    self.idle = idle
  }

  /// Counts a task in, or says why it has to wait.
  public mutating func admit(_ name: String, _ places: TaskPlaces) -> Waiting? {
    if running[name] != nil { return Waiting(task: name, reason: .running, detail: name) }
    let inTheWay = running.sorted { $0.key < $1.key }.first { places.conflict(with: $0.value) }
    if let inTheWay { return Waiting(task: name, reason: .place, detail: inTheWay.key) }
    let moving = running.keys.count { !idle.contains($0) }
    if let limit, moving >= limit {
      return Waiting(task: name, reason: .turn, detail: "\(moving)")
    }
    running[name] = places
    return nil
  }
}
