internal import ReplicationModel

/// The lines of a sanoid.conf: sections in brackets, and values in them.
struct SanoidFile {
  struct Entry: Hashable {
    var line: Int
    var value: String
  }
  struct Section {
    var name: String
    var line: Int
    /// The last value of each key.
    var entries: [String: Entry] = [:]
  }

  private(set) var sections: [Section] = []
  private(set) var findings: [Finding] = []

  init(_ text: String) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      read(line.trimmed, number: index + 1)
    }
  }

  private mutating func read(_ line: Substring, number: Int) {
    guard let first = line.first, first != "#", first != ";" else { return }
    if first == "[", line.last == "]" {
      sections.append(Section(name: String(line.dropFirst().dropLast().trimmed), line: number))
    } else if let equals = line.firstIndex(of: "="), !sections.isEmpty {
      let key = line[..<equals].trimmed.lowercased()
      let value = String(line[line.index(after: equals)...].trimmed)
      sections[sections.count - 1].entries[key] = Entry(line: number, value: value)
    } else {
      findings.append(
        Finding(
          "line \(number)", code: "import.unreadable",
          "Line \(number) is neither `[a section]` nor `key = value` within one. Mend it."))
    }
  }

  /// Whether a text is such a file, not a listing of snapshots.
  static func isOne(_ text: String) -> Bool {
    text.split(separator: "\n").contains { $0.trimmed.hasPrefix("[") }
  }
}

extension Substring {
  /// Without spaces around it.
  var trimmed: Substring {
    var kept = drop { $0.isWhitespace }
    while kept.last?.isWhitespace == true { kept.removeLast() }
    return kept
  }
}
