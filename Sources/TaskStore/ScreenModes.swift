public import ReplicationEngine

/// How a person wanted the screens on each kind of terminal: basic or rich, a line each, in a file of
/// the state folder. A convenience: what cannot be read counts as never said.
public struct ScreenModes: Sendable {
  private let folder: String
  private var path: String { "\(folder)/screens" }

  public init(_ folders: StoreFolders) { folder = folders.state }

  /// Whether the screens are basic on a terminal of this name; nil where nobody said.
  public func isBasic(on terminal: String) -> Bool? { modes[terminal] }

  /// Remembers it. A name that no terminal has is not kept.
  public func keep(isBasic: Bool, on terminal: String) throws(StoreError) {
    guard Self.isName(terminal) else { return }
    var modes = modes
    modes[terminal] = isBasic
    let lines = modes.map { "\($0.key) \($0.value ? "basic" : "rich")\n" }.sorted()
    try AtomicFile.makeFolder(folder, mode: 0o700)
    try AtomicFile.write(lines.joined(), to: path, mode: 0o600)
  }

  private var modes: [String: Bool] {
    guard let text = try? AtomicFile.read(path) else { return [:] }
    var modes: [String: Bool] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2, Self.isName(words[0]), ["basic", "rich"].contains(words[1]) else {
        continue
      }
      modes[words[0]] = words[1] == "basic"
    }
    return modes
  }

  private static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
