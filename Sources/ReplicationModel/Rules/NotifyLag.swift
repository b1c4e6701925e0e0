extension TaskRule {
  /// A limit of the lag is there where it is wanted, is told of where it is there, and is sensible.
  static let notifyLag = TaskRule { draft, _ in
    guard let notify = draft.notify else { return [] }
    func finding(_ code: String, _ words: String) -> [Finding] {
      [Finding(.notify, "lag_hours", code: code, words)]
    }
    guard let hours = notify.lagHours else {
      return notify.on.contains(.lag)
        ? finding("notify.lag_required", "needs `lag_hours` for LAG, as 26 for a daily task.") : []
    }
    if !notify.on.contains(.lag) {
      return finding(
        "notify.lag_needless", "has `lag_hours` and no LAG. Add LAG to `on`, or remove it.")
    }
    return (1...87_600).contains(hours)
      ? []
      : finding("notify.lag_range", "has \(hours) as `lag_hours`; it is a number from 1 to 87600.")
  }
}
