internal import ReplicationModel

// TrueNAS knows only whether a run may begin from scratch. What is allowed there destroys the old copy
// before the new one is sent; here the same word loses nothing.
extension YAMLMapping {
  /// REFUSE, ASIDE or REPLACE; `true` is ASIDE.
  mutating func fromScratch(_ key: String) -> TaskDraft.FromScratch? {
    guard let text = text(key) else { return nil }
    if let value = TaskDraft.FromScratch(rawValue: text.uppercased()) { return value }
    switch text.lowercased() {
    case "false", "no", "off": return .refuse
    case "true", "yes", "on": return .keepAside
    default:
      let choices = TaskDraft.FromScratch.allCases.map(\.rawValue).joined(separator: ", ")
      report(key, "has to be one of \(choices), not `\(text)`")
      return nil
    }
  }
}

extension YAMLWriter {
  /// `false` where nothing is allowed, as TrueNAS writes it.
  mutating func fromScratch(_ key: String, _ value: TaskDraft.FromScratch) {
    if value == .refuse { bool(key, false) } else { text(key, value.rawValue) }
  }
}
