import ReplicationModel

/// Suggests names that are good as names of files.
enum TaskNaming {
  /// A name for the task, from what is copied where; empty while either is missing.
  static func suggestion(for choices: WizardChoices, taken: Set<String>) -> String {
    guard !choices.sources.isEmpty, !choices.destination.isEmpty else { return "" }
    let names = choices.sources.map(plain)
    let from =
      names.count <= 3 ? names.joined(separator: "-") : "\(names[0])-and-\(names.count - 1)-more"
    var to = plain(choices.destination)
    if choices.effectiveDestination == .remote, let connection = choices.connection {
      to = "\(plain(connection))-\(to)"
    }
    let start =
      choices.isPull ? choices.connection.map { plain($0) + "-" } ?? "" : ""
    return unique(String("\(start)\(from)-to-\(to)".prefix(100)), taken: taken)
  }

  /// A name for a snapshot task of `dataset`.
  static func snapshotTask(
    _ dataset: String, preset: WizardChoices.Preset, taken: Set<String>
  ) -> String {
    unique("\(plain(dataset).prefix(100))-\(preset.rawValue)", taken: taken)
  }

  /// Only letters, digits, `_`, `.` and `-`.
  static func plain(_ text: String) -> String {
    let mapped = text.map { character -> Character in
      let isPlain =
        character.isASCII && (character.isLetter || character.isNumber)
        || character == "_" || character == "."
      return isPlain ? character : "-"
    }
    return String(mapped)
  }

  static func unique(_ name: String, taken: Set<String>) -> String {
    guard taken.contains(name) else { return name }
    for number in 2...(taken.count + 2) where !taken.contains("\(name)-\(number)") {
      return "\(name)-\(number)"
    }
    return name
  }
}
