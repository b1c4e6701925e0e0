import ReplicationModel
import Testing

@Suite("Names")
struct NameTests {
  @Test(
    "OpenZFS takes these",
    arguments: [
      "tank", "tank/data", "t", "tank/a b", "tank/-x", "tank/a:b.c_d-e", "tank/1", "logs",
      "Mirror/x", "tank/" + String(repeating: "x", count: 250),
    ])
  func good(name: String) throws { #expect(try DatasetName(name).text == name) }

  @Test(
    "OpenZFS refuses these, and zferry says why",
    arguments: [
      ("", NameProblem.empty), ("/tank", .leadingSlash), ("tank/", .trailingSlash),
      ("tank//a", .emptyComponent), ("tank/./a", .relativeComponent),
      ("tank/..", .relativeComponent), ("tank/a*b", .badCharacter("*")),
      ("tank/ü", .badCharacter("ü")), ("tank/a\nb", .badCharacter("\n")),
      ("tank/a\r\nb", .badCharacter("\r\n")), ("tank/a%b", .badCharacter("%")),
      ("1tank", .poolBeginsWithoutLetter), ("_tank", .poolBeginsWithoutLetter),
      ("mirror1/x", .reservedPoolName), ("raidz", .reservedPoolName), ("log", .reservedPoolName),
      ("tank@a", .notADataset), ("tank#a", .notADataset),
      ("tank/" + String(repeating: "x", count: 251), .tooLong(bytes: 256)),
      (Array(repeating: "a", count: 51).joined(separator: "/"), .tooDeep),
    ])
  func bad(name: String, problem: NameProblem) {
    #expect(throws: problem) { try DatasetName(name) }
    let message = problem.message(label: "Destination", value: name)
    #expect(message.hasPrefix("Destination "))
    #expect(message.hasSuffix("."))
    #expect(!message.contains("\n"))
  }

  @Test("A snapshot's own part has no slash, and no @")
  func snapshots() {
    #expect(NameProblem.inSnapshot("auto-2026-01-01_00-00") == nil)
    #expect(NameProblem.inSnapshot("a/b") == .badCharacter("/"))
    #expect(NameProblem.inSnapshot("a@b") == .badCharacter("@"))
    #expect(NameProblem.inSnapshot("") == .empty)
  }

  @Test("Z-U02, Z-U03: a child is below its parent by components, not by letters")
  func within() throws {
    let data = try DatasetName("tank/data")
    #expect(data.isWithin(data))
    #expect(try DatasetName("tank/data/a/b").isWithin(data))
    #expect(try !DatasetName("tank/database").isWithin(data))
    #expect(try !DatasetName("tank").isWithin(data))
    #expect(data.parent?.text == "tank")
    #expect(data.parent?.parent == nil)
    #expect(data.pool == "tank")
  }

  @Test(
    "Z-U01: what exclude leaves out",
    arguments: [
      ("data/src", "data/src", true), ("data/src", "data/src/work", true),
      ("data/src", "data/srcs", false), ("data/src", "data", false),
      ("data/.system", "data/.system-settings", false), ("data/*/cores", "data/a/cores", true),
      ("data/*/cores", "data/a/b/cores", true), ("data/*/cores", "data/a/cores2", false),
      ("*/.system", "tank/.system", true), ("data/?", "data/x", true), ("data/?", "data/xy", false),
      ("data/[a-c]x", "data/bx", true), ("data/[!a-c]x", "data/bx", false),
      ("data/[a-c]x", "data/dx", false), ("data/a[", "data/a[", true), ("*", "tank", true),
      ("**z**", "tank/bbb", false),
    ])
  func exclude(pattern: String, name: String, isOut: Bool) {
    #expect(DatasetPattern(pattern).matches(DatasetName(trusted: name)) == isOut)
  }

  @Test("A hostile glob takes no exponential time")
  func hostileGlob() {
    let pattern = DatasetPattern(String(repeating: "*a", count: 100) + "b")
    let name = DatasetName(trusted: "t/" + String(repeating: "a", count: 250))
    #expect(!pattern.matches(name))
  }
}

@Suite("Mapping of sources")
struct SourceMappingTests {
  func mapping(_ sources: [String], _ target: String) -> SourceMapping {
    SourceMapping(
      sources: sources.map(DatasetName.init(trusted:)), target: DatasetName(trusted: target))
  }

  @Test(
    "Z-U04, Z-U06: one source is the destination; several keep what tells them apart",
    arguments: [
      (["tank/a"], "bk", "tank/a", "bk"), (["tank/a"], "bk", "tank/a/x/y", "bk/x/y"),
      (["tank/a", "tank/b"], "bk", "tank/b", "bk/b"),
      (["tank/a", "pool2/b"], "bk", "pool2/b", "bk/pool2/b"),
      (["t/s", "t/s/x"], "d", "t/s", "d"), (["t/s", "t/s/x"], "d", "t/s/x", "d/x"),
      (["tank"], "bk/here", "tank/a", "bk/here/a"),
      (["tank/data1", "tank/data2"], "bk", "tank/data1/c", "bk/data1/c"),
    ])
  func target(sources: [String], target: String, dataset: String, expected: String) {
    let mapping = mapping(sources, target)
    #expect(mapping.target(of: DatasetName(trusted: dataset)).text == expected)
    #expect(mapping.source(of: DatasetName(trusted: expected))?.text == dataset)
  }

  @Test("Z-U05: what holds no copy of a source has no source")
  func reverse() {
    let mapping = mapping(["tank/a", "tank/b"], "bk")
    #expect(mapping.source(of: DatasetName(trusted: "bk/c")) == nil)
    #expect(mapping.source(of: DatasetName(trusted: "other/a")) == nil)
    #expect(mapping.source(of: DatasetName(trusted: "bk")) == nil)
  }
}
