/// A limit for a part of the day; texts are kept as typed.
public struct BandwidthWindow: Hashable, Sendable {
  /// `HH:MM`, by the clock on the wall of the system that runs the task.
  public var begin: String
  /// `HH:MM`, the first minute that is not part of it; before `begin` it is that of the next day.
  public var end: String
  /// Bytes a second with a unit, as `10M`, or `none`.
  public var limit: String

  public init(begin: String = "", end: String = "", limit: String = "") {
    self.begin = begin
    self.end = end
    self.limit = limit
  }
}

/// How fast a task may send, by the time of day.
public struct Bandwidth: Hashable, Sendable {
  private struct Window: Hashable {
    var begin: Int
    var end: Int
    var limit: UInt64?

    func covers(_ minute: Int) -> Bool {
      begin < end ? (begin..<end).contains(minute) : minute >= begin || minute < end
    }
  }
  /// Outside of all windows; nil for no limit.
  private let standard: UInt64?
  private let windows: [Window]

  /// What a draft says; a window that cannot be read, which the rules report, is left out.
  public init(_ draft: TaskDraft) {
    standard = draft.speedLimit.map { UInt64(max(1, $0)) }
    windows = draft.bandwidth.compactMap { window in
      guard let begin = try? Self.minute(window.begin), let end = try? Self.minute(window.end),
        let limit = try? SpeedWish(window.limit)
      else { return nil }
      return Window(begin: begin, end: end, limit: limit.bytes)
    }
  }

  /// Bytes a second at a time of day, or nil for no limit. The first window that covers it counts.
  public func limit(at time: CivilTime) -> UInt64? {
    let minute = time.hour * 60 + time.minute
    guard let window = windows.first(where: { $0.covers(minute) }) else { return standard }
    return window.limit
  }

  /// Minutes since midnight of `HH:MM`.
  public static func minute(_ text: String) throws(SpeedWish.Problem) -> Int {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) }),
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else { throw SpeedWish.Problem(words: "`\(text)` is no time of day. Write it as 08:00") }
    return hour * 60 + minute
  }
}
