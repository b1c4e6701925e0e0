import Testing

/// Holds Requirements.md to the tests: each number is held by at least one that exists.
@Suite("Requirements")
struct RequirementTests {
  /// Numbers whose part is not built yet. A number leaves this list with its first test.
  static let pending: Set<Int> = []

  struct Row {
    var number: Int
    var cell: String
    /// `Suite/test` with its file below Tests.
    var references: [(suite: String, test: String, file: String)]
  }

  static func rows() throws -> [Row] {
    let document = try SourceTree.text("Sources/zferry/zferry.docc/Requirements.md")
    return document.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimming(" ") }
      guard cells.count == 3, let number = Int(cells[0]) else { return nil }
      let references = cells[2].matches(of: /`([^`\/]+)\/([^`]+)` \(([^)]+\.swift)\)/).map {
        (suite: String($0.1), test: String($0.2), file: String($0.3))
      }
      return Row(number: number, cell: cells[2], references: references)
    }
  }

  @Test("All sixty-four are there, once and in order")
  func complete() throws {
    #expect(try Self.rows().map(\.number) == Array(1...64))
  }

  @Test("Each has a test, but for those whose part is to come")
  func held() throws {
    for row in try Self.rows() {
      let isMissing = row.references.isEmpty
      #expect(isMissing == (row.cell == "missing"), "\(row.number): \(row.cell)")
      #expect(isMissing == Self.pending.contains(row.number), "\(row.number)")
    }
  }

  @Test("Every test that is named exists")
  func exist() throws {
    let files = Dictionary(
      uniqueKeysWithValues: SourceTree.swiftFiles("Tests").map { ($0.path, $0.text) })
    for row in try Self.rows() {
      #expect(row.cell.count { $0 == "`" } == 2 * row.references.count, "\(row.number)")
      for (suite, test, file) in row.references {
        guard let text = files["Tests/\(file)"] else {
          Issue.record("\(row.number): there is no file \(file)")
          continue
        }
        #expect(Self.defines(text, test), "\(row.number): \(file) has no test \(test)")
        #expect(
          text.contains("struct \(suite) ") || text.contains("enum \(suite) "),
          "\(row.number): \(file) has no suite \(suite)")
      }
    }
  }

  @Test("A name that is only part of another is none")
  func wholeNames() {
    #expect(Self.defines("  @Test func abc() {", "abc"))
    #expect(!Self.defines("  @Test func abcd() {", "abc"))
    #expect(Self.defines("  @Test func `a name`() {", "a name"))
    #expect(!Self.defines("  @Test func `a name or two`() {", "a name"))
  }

  /// Whether a file has a function of this name.
  private static func defines(_ text: String, _ test: String) -> Bool {
    text.contains("func `\(test)`(") || text.contains("func \(test)(")
  }
}
