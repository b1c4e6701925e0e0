import ReplicationModel
import Testing

@Suite("Amounts")
struct AmountTests {
  @Test(
    "Sizes in binary units",
    arguments: [
      (0, "0 B"), (1_023, "1023 B"), (1_024, "1.0 KiB"), (1_536, "1.5 KiB"),
      (1_048_575, "1.0 MiB"), (1 << 30, "1.0 GiB"), (UInt64.max, "16.0 EiB"),
    ])
  func bytes(count: UInt64, text: String) { #expect(Amount.bytes(count) == text) }

  @Test(
    "Durations",
    arguments: [
      (0.0, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (7_800, "2 h 10 min"), (90_000, "1 d 1 h"),
      (-5, "0 s"), (.infinity, "11574 d 1 h"),
    ])
  func durations(seconds: Double, text: String) { #expect(Amount.duration(seconds) == text) }

  @Test("Counts know one from many")
  func counts() {
    #expect(Amount.count(1, "dataset") == "1 dataset")
    #expect(Amount.count(0, "dataset") == "0 datasets")
    #expect(Amount.count(2, "key", "keys") == "2 keys")
  }
}
