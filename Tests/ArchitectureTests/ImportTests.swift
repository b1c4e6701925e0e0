import Testing

/// Holds every `import` under Sources/ to the table in Architecture.md.
@Suite("Imports")
struct ImportTests {
  /// Modules that a target may import, beside those of the language itself.
  static func table() throws -> [String: Set<String>] {
    let document = try SourceTree.text("Sources/zferry/zferry.docc/Architecture.md")
    var table: [String: Set<String>] = [:]
    var isInTable = false
    for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("| target |") { isInTable = true }
      guard isInTable else { continue }
      guard line.hasPrefix("|") else { break }
      let cells = line.split(separator: "|").map { $0.trimming(" `") }
      guard cells.count == 2, cells[0] != "target", !cells[0].hasPrefix("-") else { continue }
      table[cells[0]] = Set(
        cells[1].split(separator: ",").map { $0.trimming(" `") }.filter { $0 != "nothing" })
    }
    return table
  }

  static func imports(_ file: SourceTree.File) -> [String] {
    file.lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count,
        words[..<at].allSatisfy({
          $0.hasPrefix("@") || ["public", "internal", "private"].contains($0)
        })
      else { return nil }
      var name = words[at + 1]
      if ["struct", "class", "enum", "func", "var", "let", "protocol", "typealias"].contains(name),
        at + 2 < words.count
      {
        name = words[at + 2]
      }
      return String(name.prefix { $0 != "." })
    }
  }

  @Test("Every import under Sources is in the table of Architecture.md")
  func importsAreInTheTable() throws {
    let table = try Self.table()
    #expect(table.count > 12)
    for file in SourceTree.swiftFiles("Sources") {
      guard let allowed = table[file.target] else {
        Issue.record("\(file.target) has no row in the table")
        continue
      }
      for name in Self.imports(file) {
        #expect(allowed.contains(name), "\(file.path) imports \(name)")
      }
    }
  }

  @Test("Targets that are pure import neither Foundation nor the C library")
  func pureTargetsArePure() throws {
    let pure = [
      "ReplicationModel", "ReplicationPlanner", "ZFSText", "TerminalCore", "FormKit", "ZferryApp",
    ]
    for (target, allowed) in try Self.table() where pure.contains(target) {
      #expect(
        allowed.isDisjoint(with: ["Foundation", "FoundationEssentials", "Glibc"]), "\(target)")
    }
  }

  @Test("One target alone imports each C library")
  func oneImporterEach() throws {
    for (library, importer) in ["CSSH2": "SSHTransport", "CNcurses": "CursesTerminal"] {
      let importers = Set(
        SourceTree.swiftFiles("Sources").filter { Self.imports($0).contains(library) }.map(\.target)
      )
      #expect(importers == [importer])
    }
  }
}

extension StringProtocol {
  func trimming(_ characters: String) -> String {
    var text = Substring(self)
    while let first = text.first, characters.contains(first) { text.removeFirst() }
    while let last = text.last, characters.contains(last) { text.removeLast() }
    return String(text)
  }
}
