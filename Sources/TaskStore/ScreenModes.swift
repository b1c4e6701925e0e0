public import ReplicationEngine

/// How a person wanted the screens on each kind of terminal, basic or rich, and how much the wizard is
/// to ask: a line each, in a file of the state folder. A convenience: what cannot be read counts as never said.
public struct ScreenModes: Sendable {
  private let folder: String
  private var path: String { "\(folder)/screens" }

  public init(_ folders: StoreFolders) { folder = folders.state }

  /// Whether the screens are basic on a terminal of this name; nil where nobody said.
  public func isBasic(on terminal: String) -> Bool? {
    lines.contains("\(terminal) basic") ? true : lines.contains("\(terminal) rich") ? false : nil
  }

  /// Whether the wizard asks only what is needed.
  public var asksLess: Bool { lines.contains(Self.asking(less: true)) }

  /// Remembers it, beside the kinds of terminal.
  public func keep(asksLess: Bool) throws(StoreError) {
    let others = lines.filter { ![true, false].map(Self.asking).contains($0) }
    try write(others + [Self.asking(less: asksLess)])
  }

  private static func asking(less: Bool) -> String { less ? "asks less" : "asks all" }

  /// Remembers it, or forgets it for nil. A name that no terminal has is not kept.
  public func keep(isBasic: Bool?, on terminal: String) throws(StoreError) {
    guard Self.isName(terminal) else { return }
    let others = lines.filter { !$0.hasPrefix("\(terminal) ") }
    try write(others + (isBasic.map { ["\(terminal) \($0 ? "basic" : "rich")"] } ?? []))
  }

  private func write(_ lines: [String]) throws(StoreError) {
    try AtomicFile.makeFolder(folder, mode: 0o700)
    try AtomicFile.write(lines.sorted().map { "\($0)\n" }.joined(), to: path, mode: 0o600)
  }

  /// What is kept; a line that nobody would have written counts as not there.
  private var lines: [String] {
    guard let text = try? AtomicFile.read(path) else { return [] }
    return text.split(separator: "\n").map(String.init).filter { line in
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2, Self.isName(words[0]) else { return false }
      return ["basic", "rich"].contains(words[1]) || words[0] == "asks"
    }
  }

  private static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
