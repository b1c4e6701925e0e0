/// A strftime pattern that snapshot names are made from and read with (engine.md 2.2).
public struct NamingSchema: Hashable, Sendable, CustomStringConvertible {
  public let text: String
  public var description: String { text }

  /// Reads a pattern; throws the first of N1 to N8 that it breaks.
  public init(_ text: String) throws(NamingSchemaProblem) {
    self.text = text
  }

  /// The name of a snapshot made at `instant`, by clocks in `zone`; a `+` of `%z` becomes `--`.
  public func name(at instant: Instant, in zone: Zone) -> String { "" }

  /// The moment a name tells, or nil where the name is not of this schema.
  ///
  /// A local time that a clock change repeats is read as the first of the two.
  public func instant(of name: String, in zone: Zone) -> Instant? { nil }
}

/// Why a text cannot be a naming schema.
public struct NamingSchemaProblem: Error, Hashable, Sendable {
  /// `N1` to `N8`.
  public var code: String
  /// The sentence for people.
  public var message: String
  public init(code: String, message: String) {
    self.code = code
    self.message = message
  }
}
