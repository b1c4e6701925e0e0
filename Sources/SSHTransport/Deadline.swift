internal import Glibc

/// A moment after which nobody waits any more, on a clock that never steps.
struct Deadline: Sendable {
  private let end: Double

  init(seconds: Double) { end = Self.now + seconds }

  /// What is left, for poll(2); rounded up, so that a wait does not end just before the moment.
  var milliseconds: CInt { CInt(max(0, min(2e9, ((end - Self.now) * 1_000).rounded(.up)))) }
  var secondsLeft: Double { max(0, end - Self.now) }
  var hasPassed: Bool { Self.now >= end }

  private static var now: Double {
    var value = timespec()
    clock_gettime(CLOCK_MONOTONIC, &value)
    return Double(value.tv_sec) + Double(value.tv_nsec) / 1e9
  }
}
