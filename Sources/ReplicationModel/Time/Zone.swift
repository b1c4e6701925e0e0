/// How far local time is ahead of UTC, at each moment.
///
/// The model is free of Foundation, so the rules come in as a function; `zferry` makes it from the
/// system's time zone, tests make it by hand.
public struct Zone: Sendable {
  /// The name shown to people, as `Europe/Berlin`.
  public let name: String
  /// Seconds east of UTC at a moment.
  public let offset: @Sendable (Instant) -> Int

  public init(name: String, offset: @escaping @Sendable (Instant) -> Int) {
    self.name = name
    self.offset = offset
  }

  public static let utc = Zone(name: "UTC") { _ in 0 }

  /// A zone that never changes its offset.
  public static func fixed(_ seconds: Int, name: String) -> Zone {
    Zone(name: name) { _ in seconds }
  }
}
