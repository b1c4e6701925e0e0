import Testing

/// The house rules that a machine can see (CONTRIBUTING.md).
@Suite("House rules")
struct HouseRuleTests {
  static let sources = SourceTree.swiftFiles("Sources")
  static let tests = SourceTree.swiftFiles("Tests")

  @Test("No file is over 500 lines, no test over 800, and the median is at most 90")
  func sizes() {
    for file in Self.sources { #expect(file.lines.count <= 500, "\(file.path)") }
    for file in Self.tests { #expect(file.lines.count <= 800, "\(file.path)") }
    let sizes = Self.sources.map(\.lines.count).sorted()
    #expect(sizes[sizes.count / 2] <= 90)
  }

  @Test(
    "The sources hold no mark of unfinished or unsafe work",
    arguments: ["TODO", "FIXME", "XXX:", "try!", " as! ", "fatalError(\"not", "not implemented"])
  func marks(mark: String) {
    for file in Self.sources {
      #expect(!file.text.contains(mark), "\(file.path) has \(mark)")
    }
  }

  @Test("nonisolated(unsafe) stands only where a signal handler needs it")
  func unsafeState() {
    let files = Set(Self.sources.filter { $0.text.contains("nonisolated(unsafe)") }.map(\.path))
    #expect(files.isSubset(of: ["Sources/CursesTerminal/CrashGuard.swift"]))
  }

  @Test("No type is named Manager, Helper or Utils")
  func names() throws {
    let pattern = try Regex("(?:struct|class|enum|actor|protocol) \\w*(?:Manager|Helper|Utils?)\\b")
    for file in Self.sources {
      #expect(file.text.firstMatch(of: pattern) == nil, "\(file.path)")
    }
  }

  @Test("Every rule of the engine's list has a test that names it")
  func rulesAreTested() {
    let text = Self.tests.filter { $0.path.contains("ReplicationModelTests") }.map(\.text).joined()
    for rule in (1...48).map({ "M\($0)" }) + (1...22).map({ "R\($0)" }) + (1...8).map({ "N\($0)" })
    {
      #expect(text.contains(rule), "no test speaks of \(rule)")
    }
  }

  @Test("Every public declaration has a summary")
  func docstrings() throws {
    // `init`, protocol witnesses and enum raw values speak for themselves.
    let declaration = try Regex(
      "^\\s*(?:public|package) (?:final )?(?:struct|class|enum|protocol|actor) (\\w+)")
    for file in Self.sources {
      let lines = file.lines
      for (index, line) in lines.enumerated() where line.firstMatch(of: declaration) != nil {
        var above = index - 1
        while above >= 0, lines[above].trimming(" ").hasPrefix("@") { above -= 1 }
        #expect(
          above >= 0 && lines[above].trimming(" ").hasPrefix("///"),
          "\(file.path):\(index + 1) has no docstring")
      }
    }
  }
}
