/// A moment, in whole seconds since 1970-01-01 00:00 UTC.
public struct Instant: Hashable, Sendable, Comparable {
  public var seconds: Int64
  public init(_ seconds: Int64) { self.seconds = seconds }

  public static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }
  public static func + (a: Instant, seconds: Int64) -> Instant { Instant(a.seconds + seconds) }
  public static func - (a: Instant, b: Instant) -> Int64 { a.seconds - b.seconds }
}
