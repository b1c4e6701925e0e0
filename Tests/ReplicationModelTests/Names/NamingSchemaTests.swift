import ReplicationModel
import Testing

/// Berlin's rules: an hour ahead, two from the last Sunday of March to the last of October.
let berlin = Zone(name: "Europe/Berlin") { instant in
  let year = CivilTime(instant, in: .utc).year
  func lastSunday(of month: Int) -> Int64 {
    var day = CivilTime(year: year, month: month, day: 31, hour: 1)
    while day.weekday != 0 { day.day -= 1 }
    return day.secondsAsUTC
  }
  return (lastSunday(of: 3)..<lastSunday(of: 10)).contains(instant.seconds) ? 7_200 : 3_600
}

@Suite("Naming schemas")
struct NamingSchemaTests {
  @Test(
    "N1 to N8 are refused with their code",
    arguments: [
      ("%%Y-%m-%d_%H-%M", "N1"), ("auto-%Y-%m-%d_%H-%M/x", "N2"), ("auto@%Y-%m-%d_%H-%M", "N2"),
      ("%s-%Y", "N3"), ("auto-%y-%m-%d_%H-%M", "N4"), ("daily-%Y-%m-%d", "N4"), ("", "N4"),
      ("plain", "N4"), ("%Y-%m-%d--%H-%M%z", "N5"), ("%Y-%m-%d_%H-%M-%M", "N6"),
      ("%Y-%m-%d_%H-%M-%q", "N7"), ("%Y-%m-%d_%H-%M%", "N7"), ("%Y-%m-%d_%H-%M-%Z", "N7"),
      ("%s%Y", "N3"),
    ])
  func refused(text: String, code: String) throws {
    let problem = try #require(throws: NamingSchemaProblem.self) { try NamingSchema(text) }
    #expect(problem.code == code)
    #expect(problem.message.hasSuffix("."))
  }

  static let good = [
    "auto-%Y-%m-%d_%H-%M", "%Y%m%d%H%M", "snap %Y-%m-%d %H:%M", "a-%Y-%m-%d_%H-%M-%S", "%s",
    "%Y-%m-%d_%H-%M_%z", "%a-%Y-%b-%d-%m_%H-%M", "%Y-%j-%m-%d_%H-%M_%p-%I", "%H-%M_%d.%m.%Y",
    "%f-%B-%A-%Y-%m-%d_%H-%M-%y",
  ]

  @Test(
    "A name tells the moment it was made at, in every zone, through clock changes", arguments: good)
  func roundTrip(text: String) throws {
    let schema = try NamingSchema(text)
    let zones = [Zone.utc, berlin, .fixed(-12_600, name: "-0330"), .fixed(50_400, name: "+14")]
    var instant = CivilTime(year: 2026, month: 3, day: 27).secondsAsUTC
    let isLocal = !text.contains("%z") && !text.contains("%s")
    for step in 0..<2_000 {
      for zone in zones {
        let now = Instant(instant - instant % 60)
        let name = schema.name(at: now, in: zone)
        #expect(NameProblem.inSnapshot(name) == nil)
        let civil = CivilTime(now, in: zone)
        // A repeated local time is read as the first of the two.
        let expected = isLocal ? civil.instants(in: zone).first : now
        #expect(schema.instant(of: name, in: zone) == expected, "\(name) in \(zone.name)")
      }
      instant += 600 + Int64(step % 7) * 12_345
    }
  }

  @Test("Z-U61: a + is written -- and the older : is still read")
  func offsets() throws {
    let schema = try NamingSchema("auto-%Y-%m-%d_%H-%M%z")
    let moment = Instant(CivilTime(year: 2020, month: 2, day: 7, hour: 5).secondsAsUTC)
    #expect(schema.instant(of: "auto-2020-02-07_07-00--0200", in: .utc) == moment)
    #expect(schema.instant(of: "auto-2020-02-07_07-00:0200", in: .utc) == moment)
    #expect(schema.instant(of: "auto-2020-02-06_22-00-0700", in: .utc) == moment)
    #expect(schema.name(at: moment, in: berlin) == "auto-2020-02-07_06-00--0100")
  }

  @Test("must_not_B21: a name made with an offset is of its own schema")
  func must_not_B21() throws {
    let schema = try NamingSchema("auto-%Y-%m-%d_%H-%M%z")
    let moment = Instant(CivilTime(year: 2026, month: 7, day: 1).secondsAsUTC)
    #expect(schema.instant(of: schema.name(at: moment, in: berlin), in: .utc) == moment)
  }

  @Test(
    "Names of another kind are of no schema",
    arguments: [
      "", "auto-", "auto-2026-13-01_00-00", "auto-2026-02-30_00-00", "auto-2026-01-01_24-00",
      "auto-2026-01-01_00-00x", "xauto-2026-01-01_00-00", "auto-2026-1-1_0-0",
      "auto-26-01-01_00-00", "auto-２０２６-01-01_00-00",
    ])
  func foreign(name: String) throws {
    #expect(try NamingSchema("auto-%Y-%m-%d_%H-%M").instant(of: name, in: .utc) == nil)
  }

  @Test("Z-U62 to Z-U64: several schemas, and a name that two read differently")
  func several() throws {
    let dayFirst = try NamingSchema("%d-%m-%Y_%H-%M")
    let monthFirst = try NamingSchema("%m-%d-%Y_%H-%M")
    let both = [dayFirst, monthFirst]
    #expect(NamingSchema.read("x", with: both, in: .utc) == .none)
    guard case .one = NamingSchema.read("31-01-2026_00-00", with: both, in: .utc) else {
      Issue.record("one schema reads it")
      return
    }
    guard case .ambiguous = NamingSchema.read("02-01-2026_00-00", with: both, in: .utc) else {
      Issue.record("two schemas read it differently")
      return
    }
    guard case .one = NamingSchema.read("01-01-2026_00-00", with: both, in: .utc) else {
      Issue.record("two schemas agree")
      return
    }
  }
}
