import ReplicationModel
import Testing

@Suite("Sizes that people type")
struct ByteSizeTests {
  @Test(
    "A size is read with any common unit",
    arguments: [
      ("500 KiB", 500 << 10), ("500M", 500 << 20), ("2 TB", 2 << 40), ("7", 7 << 20),
      ("0", 0), ("12b", 12), ("1.5 GiB", 3 << 29), ("0.5k", 512), ("1gib", 1 << 30),
      ("  3 Pb ", 3 << 50), ("0.0001 KiB", 0), ("1.00000000000000000000 M", 1 << 20),
      ("8191.999999999999999999999 PiB", 9_223_372_036_854_775_807 - 1_125),
    ])
  func read(text: String, bytes: Int) throws {
    let read = try ByteSize.parse(text)
    // Digits behind the 18th are dropped.
    #expect(abs(read - bytes) <= (text.hasPrefix("8191") ? 2_000 : 0), "\(read)")
  }

  @Test(
    "What is no size is refused with the reason",
    arguments: [
      ("", ByteSize.Problem.empty), ("  ", .empty), ("fast", .noNumber("fast")), ("-5M", .negative),
      ("5 X", .unknownUnit("X")), ("5 mbit", .unknownUnit("mbit")), ("1,5 G", .unknownUnit(",5G")),
      ("1.2.3M", .noNumber("1.2.3")), (".5M", .noNumber(".5")), ("5.M", .noNumber("5.")),
      ("99999999999999999999", .tooLarge), ("8192 P", .tooLarge), ("٣M", .noNumber("٣M")),
      ("+5M", .noNumber("+5M")), ("1e3", .unknownUnit("e3")),
    ])
  func refused(text: String, problem: ByteSize.Problem) {
    #expect(throws: problem) { try ByteSize.parse(text) }
    #expect(problem.words.hasSuffix("."))
  }

  @Test("What is written is read as the same bytes")
  func roundTrip() throws {
    var random = SeededRandom(11)
    var sizes = [0, 1, 1_023, 1_024, 1 << 20, 1_000_000, Int.max, 1 << 62]
    for _ in 0..<5_000 {
      sizes.append(Int(random.next() >> 1) >> Int(random.next() % 63))
      sizes.append((Int(random.next() % 2_000)) << (10 * Int(random.next() % 6)))
    }
    for size in sizes { #expect(try ByteSize.parse(ByteSize.text(size)) == size) }
    #expect(ByteSize.text(1536 << 20) == "1536 MiB")
    #expect(ByteSize.text(0) == "0 B")
  }
}
