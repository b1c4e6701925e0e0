/// A strftime pattern that snapshot names are made from and read with (engine.md 2.2).
public struct NamingSchema: Hashable, Sendable, CustomStringConvertible {
  public let text: String
  let pieces: [SchemaPiece]

  public var description: String { text }

  /// Reads a pattern; throws the first of N1 to N8 that it breaks.
  public init(_ text: String) throws(NamingSchemaProblem) {
    self.text = text
    pieces = try SchemaPiece.parse(text)
    try checkRoundTrip()
  }

  /// The name of a snapshot made at `instant`, by clocks in `zone`; a `+` of `%z` becomes `--`.
  public func name(at instant: Instant, in zone: Zone) -> String {
    let offset = zone.offset(instant)
    let time = CivilTime(instant, in: zone)
    return pieces.map { $0.text(time, offset: offset, instant: instant) }.joined()
  }

  /// The moment a name tells, or nil where the name is not of this schema.
  ///
  /// A local time that a clock change repeats is read as the first of the two; one that it skips
  /// is read as if the clock had not changed yet.
  public func instant(of name: String, in zone: Zone) -> Instant? {
    var name = name
    return name.withUTF8 { bytes in
      var reader = SchemaReader(bytes)
      for piece in pieces {
        guard reader.read(piece) else { return nil }
      }
      return reader.isAtEnd ? reader.instant(in: zone) : nil
    }
  }

  /// What several schemas make of a name: engine.md 3.5, 2.
  public enum Reading: Hashable, Sendable {
    case none
    case one(Instant)
    /// Two schemas read different moments out of it.
    case ambiguous(Instant, Instant)
  }

  public static func read(_ name: String, with schemas: [NamingSchema], in zone: Zone) -> Reading {
    var found: Instant?
    for schema in schemas {
      guard let instant = schema.instant(of: name, in: zone) else { continue }
      if let found, found != instant { return .ambiguous(found, instant) }
      found = instant
    }
    return found.map(Reading.one) ?? .none
  }

  /// N8: a leap day, at both ends of the world, has to come back as it went in.
  private func checkRoundTrip() throws(NamingSchemaProblem) {
    let time = CivilTime(year: 2000, month: 2, day: 29, hour: 19, minute: 40)
    for offset in [36_000, -36_000] {
      let zone = Zone.fixed(offset, name: "test")
      let instant = Instant(time.secondsAsUTC - Int64(offset))
      guard self.instant(of: name(at: instant, in: zone), in: zone) == instant else {
        throw NamingSchemaProblem(
          code: "N8",
          message: "A name made by `\(text)` does not tell its own time when it is read again. "
            + "Use %Y, %m, %d, %H and %M, with something that is no digit between them.")
      }
    }
  }

  public static func == (a: NamingSchema, b: NamingSchema) -> Bool { a.text == b.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
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
