import ReplicationModel
import Testing

@Suite("Regular expressions for names")
struct NameRegexTests {
  static let patterns = [
    "auto-.*", "auto-[0-9]+", #"\d{4}-\d\d-\d\d"#, "(daily|weekly)-.+", "a|b|", "", "(?:ab)*c?",
    "x{2,3}", "x{2,}", "x{0}", "[^-]+-[a-c-]", "[]a]+", #"[\w.]+"#, #"\.zfs"#, "^auto$",
    "(?!manual).*", "(?=.*-12).*", ".*(?!x)y", "(?<n>a)+", "a.c", #"\ba-b\b"#, "a+?b*?",
    "((a|b)*c|d)*", "[[:digit:]]+", #"\x61+"#, "(?i)AUTO-[X-Z]+", "a$|b", "(|a)+b", "(a*)*b",
  ]
  static let names: [String] = [
    "", "a", "b", "c", "d", "x", "xx", "xxx", "xxxx", "auto-", "auto-1", "auto-12", "auto",
    "Auto-x",
    "manual-1", "daily-x", "weekly-", "2027-01-02", "2027-1-02", "a-b", "a-", "ab", "abc", "ababc",
    "a.c", "-.zfs", ".zfs", "aab", "abacd", "acbc", "xy", "yy", "]a", "a]", "x-12-y", "AUTO-y",
    "\n",
  ]

  @Test("It says the same as Swift's own", arguments: patterns)
  func same(pattern: String) throws {
    let ours = try NameRegex(pattern)
    // Python and Swift differ in how they name a group, and in a bracket that comes first.
    let theirs = try Regex(pattern == "[]a]+" ? #"[\]a]+"# : pattern)
    for name in Self.names {
      #expect(
        ours.matches(name) == ((try theirs.wholeMatch(in: name)) != nil),
        "\(pattern) and \(name.debugDescription)")
    }
  }

  @Test("Python's names of groups are read", arguments: ["(?P<day>auto)-1"])
  func named(pattern: String) throws { #expect(try NameRegex(pattern).matches("auto-1")) }

  @Test(
    "What takes for ever elsewhere ends at once, on the longest name there may be",
    arguments: [
      "(a+)+$", "(a|a)*b", "(a*)*b", "(a|aa)+$", "(.*a){20}", "(.*)*(.*)*(.*)*x",
      "(?!(a+)+b)(a+)+c",
      "(?=(.*a)*)(.*,)*", "((((a*)*)*)*)*b",
    ])
  func ends(pattern: String) throws {
    let regex = try NameRegex(pattern)
    #expect(regex.matches(String(repeating: "a", count: 254) + "!") == false)
  }

  @Test(
    "What is no pattern is refused",
    arguments: [
      "(", ")", "a(", "[", "[a", "[]", "*", "+a", "a**", "a{2}{3}", "^*", "[z-a]", #"\"#, "a{3,2}",
      #"\x6"#, "(?<n", #"[a-\d]"#,
    ])
  func unreadable(pattern: String) {
    #expect(throws: NameRegexProblem.unreadable) { try NameRegex(pattern) }
  }

  @Test(
    "What only backtracking gives is refused with its words",
    arguments: [#"(a)\1"#, "(?<=a)b", "(?<!a)b", "(?>a)", "a++", #"\p{L}"#, "(?#x)", "[[:graph:]]"])
  func unsupported(pattern: String) {
    let problem = #expect(throws: NameRegexProblem.self) { try NameRegex(pattern) }
    guard case .unsupported(let words)? = problem else {
      Issue.record("\(pattern): \(problem as Any)")
      return
    }
    #expect(!words.isEmpty)
  }

  @Test(
    "What is too large written out is refused, and not written out",
    arguments: [
      "a{2001}", "((a{99}){99}){99}", "(((){2000}){2000}){2000}", "a{99999999999999999999}",
      String(repeating: "(", count: 400) + String(repeating: ")", count: 400),
      String(repeating: "(?=a)", count: 9),
    ])
  func tooLarge(pattern: String) {
    #expect(throws: NameRegexProblem.tooLarge) { try NameRegex(pattern) }
  }
}
