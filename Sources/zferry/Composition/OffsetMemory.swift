internal import ReplicationModel
internal import Synchronization

/// Offsets from UTC by "days" of 65,536 seconds: a million names of snapshots are read in the order of their times, and the
/// system's rules are slow to ask.
final class OffsetMemory: Sendable {
  private struct Day {
    var number = Int64.min
    /// Nil where the clock changes on this day, which is then asked about each moment.
    var offset: Int?
  }
  private let days = Mutex([Day](repeating: Day(), count: 16))
  private let rules: @Sendable (Int64) -> Int

  init(_ rules: @escaping @Sendable (Int64) -> Int) { self.rules = rules }

  func offset(at instant: Instant) -> Int {
    let number = instant.seconds >> 16
    return days.withLock { days in
      let place = Int(number & 15)
      if days[place].number != number {
        let (first, last) = (rules(number << 16), rules(((number + 1) << 16) - 1))
        days[place] = Day(number: number, offset: first == last ? first : nil)
      }
      return days[place].offset ?? rules(instant.seconds)
    }
  }
}
