internal import ReplicationModel

/// `dataset`, `dataset@snapshot` or `dataset#bookmark`, taken apart.
struct WholeName {
  enum Kind { case dataset, snapshot, bookmark }
  var dataset: String
  var kind: Kind
  /// The part after the mark.
  var part: String

  init(_ text: String) {
    if let mark = text.firstIndex(where: { $0 == "@" || $0 == "#" }) {
      dataset = String(text[..<mark])
      kind = text[mark] == "@" ? .snapshot : .bookmark
      part = String(text[text.index(after: mark)...])
    } else {
      dataset = text
      kind = .dataset
      part = ""
    }
  }
}

extension SandboxMachine {
  /// Holds a new dataset's name to ZFS' rules, in its words.
  func checkNewName(_ name: String, verb: String) throws {
    guard let problem = NameProblem.inDataset(name) else { return }
    let words =
      switch problem {
      case .tooLong: "name is too long"
      case .emptyComponent: "empty component or misplaced '@' or '#' delimiter in name"
      case .leadingSlash: "leading slash in name"
      case .trailingSlash: "trailing slash in name"
      case .badCharacter(let character): "invalid character '\(character)' in name"
      case .notADataset: "snapshot delimiter '@' is not expected here"
      default: "invalid name"
      }
    throw SandboxProblem.failure("cannot \(verb) '\(name)': \(words)")
  }

  /// What is wrong with the part after `@`, in ZFS' words.
  static func problem(inPart part: String) -> String? {
    if part.isEmpty { return "empty component or misplaced '@' or '#' delimiter in name" }
    if part.contains("@") { return "multiple '@' and/or '#' delimiters in name" }
    return part.first { !"-_.: ".contains($0) && !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      .map { "invalid character '\($0)' in name" }
  }

  func dataset(_ name: String) throws -> SandboxDataset {
    guard let dataset = state.datasets[name] else { throw SandboxProblem.missing(name) }
    return dataset
  }

  func snapshot(_ name: WholeName) throws -> SandboxSnapshot {
    guard let found = state.datasets[name.dataset]?.snapshots.first(where: { $0.name == name.part })
    else { throw SandboxProblem.missing("\(name.dataset)@\(name.part)") }
    return found
  }
}
