import Foundation
import Parsers
import Testing

/// Anything at all, to everything that reads. `ZFERRY_FUZZ_SECONDS=300` goes on for so long with each; what
/// was read last then lies in the folder that `TMPDIR` names, for the case that it was the last.
@Suite("Parsers and what nobody should have written")
struct ParserFuzzTests {
  static let seconds = Double(ProcessInfo.processInfo.environment["ZFERRY_FUZZ_SECONDS"] ?? "")

  @Test("Any text is read or refused", arguments: Parser.allCases)
  func anything(parser: Parser) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "zferry-fuzz-\(parser)")
    let end = Self.seconds.map { Date(timeIntervalSinceNow: $0) }
    var seed: UInt64 = end == nil ? 0 : UInt64(Date().timeIntervalSince1970) << 20
    let last = seed + 1_500
    while end.map({ Date() < $0 }) ?? (seed < last) {
      seed += 1
      var mutation = Mutation(seed: seed)
      let bytes = mutation.text(from: parser.corpus)
      if end != nil { try Data(bytes).write(to: file) }
      let began = Self.cpuSeconds()
      let problem = parser.read(bytes)
      #expect(problem == nil, "seed \(seed)")
      // A text of a mebibyte may take its time; more than that is a way to stop a service.
      #expect(Self.cpuSeconds() - began < 20, "seed \(seed): \(bytes.count) bytes took too long")
    }
    if end != nil { try? FileManager.default.removeItem(at: file) }
  }

  /// What this thread has worked so far, which does not depend on who works beside it.
  private static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static let bombs: [String] = {
    let levels = (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
    let doubled = "a0: &a0 x\n" + levels.joined(separator: "\n")
    return [
      doubled, doubled + "\n? *a40\n: 1\n",
      "source_datasets: " + String(repeating: "[", count: 100_000),
      String(repeating: "- ", count: 100_000) + "x",
      String(repeating: "? ", count: 50_000), String(repeating: "a: {", count: 50_000),
      String((0..<1_400).map { String(repeating: " ", count: $0) + "a:\n" }.joined()),
      "name_regex: '" + String(repeating: "[", count: 100_000) + "'",
      "name_regex: '" + String(repeating: "(", count: 100_000) + "'",
      "exclude: ['" + String(repeating: "*a", count: 100_000) + "']",
      "source_datasets: ['" + String(repeating: "/a", count: 100_000) + "']",
      "schedule: {minute: '" + String(repeating: "*,", count: 100_000) + "*'}",
      "also_include_naming_schema: ['" + String(repeating: "%Y%m%d%H%M", count: 50_000) + "']",
      String(repeating: "x", count: 1 << 20), String(repeating: "\0", count: 1 << 20),
      String(repeating: "k: 1\n", count: 100_000), "direction: !!python/object PUSH",
      "!<tag:x> {direction: PUSH}", "%YAML 9.9\n---\ndirection: PUSH", "--- a\n--- b",
    ]
  }()

  @Test("What is made to fill memory or to take for ever does neither", arguments: bombs.indices)
  func bomb(index: Int) {
    let text = "direction: PUSH\ntransport: LOCAL\n" + Self.bombs[index]
    for whole in [text, Self.bombs[index]] {
      let began = Self.cpuSeconds()
      #expect(Parser.task.read(Array(whole.utf8)) == nil)
      #expect(Parser.snapshotTask.read(Array(whole.utf8)) == nil)
      #expect(Self.cpuSeconds() - began < 20)
    }
  }
}
