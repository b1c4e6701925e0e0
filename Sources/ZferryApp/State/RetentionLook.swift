import ReplicationModel

/// The retention preview while it is open.
struct RetentionLook: Hashable, Sendable {
  /// How far ahead it looks.
  enum Day: Int, CaseIterable, Sendable {
    case today = 0
    case week = 7
    case month = 30
    case quarter = 90
    case year = 365
    /// As many as were typed.
    case other = -1
  }
  /// What a forecast depends on, beside the task.
  struct Wish: Hashable, Sendable {
    var days: Int
    var outageDays: Int
  }

  var order: TaskOrder
  /// All that take and prune snapshots here.
  var snapshotTasks: [SnapshotTask]
  var day = Day.month
  var typedDays = "60"
  var outageDays = "7"

  var request: RequestID?
  /// What was asked for last.
  var asked: Wish?
  /// Both sides, once they were looked at.
  var pairs: [KeptPair]?
  var result: Result<RetentionOutlook, Failure>?
  /// The dataset that was opened, and each snapshot of it.
  var opened = ""
  var held = Loading<[HeldSnapshot]>()

  init(order: TaskOrder, snapshotTasks: [SnapshotTask]) {
    self.order = order
    self.snapshotTasks = snapshotTasks
  }

  /// What is wanted now; nil where a number cannot be read.
  var wish: Wish? {
    guard let days = day == .other ? Self.number(typedDays) : day.rawValue,
      let outage = Self.number(outageDays)
    else { return nil }
    return Wish(days: days, outageDays: outage)
  }

  /// A number of days that was typed, or nil.
  static func number(_ text: String) -> Int? {
    Int(text).flatMap { (0...RetentionQuestion.mostDays).contains($0) ? $0 : nil }
  }

  /// Whether the numbers are those that are wanted.
  var isCurrent: Bool { request == nil && wish != nil && asked == wish }

  func question(_ wish: Wish, now: Instant) -> RetentionQuestion {
    RetentionQuestion(
      order: order, snapshotTasks: snapshotTasks, pairs: pairs, now: now, days: wish.days,
      outageDays: wish.outageDays)
  }
}
