/// The words that are special to ZFS, SSH and zferry, explained.
public enum Glossary {
  /// A word and what it means.
  public struct Entry: Hashable, Sendable {
    public let term: String
    /// Other forms and words that this entry explains too.
    public let also: [String]
    /// One to three sentences.
    public let meaning: String

    init(_ term: String, also: [String] = [], _ meaning: String) {
      self.term = term
      self.also = also
      self.meaning = meaning
    }
  }

  /// All entries in the order of the alphabet.
  public static let entries = fromAToF + fromGToO + fromPToR + fromSToZ

  /// The entry that explains a word, whatever its letters' case; nil where none does.
  public static func entry(for word: String) -> Entry? {
    let word = word.lowercased()
    return entries.first { entry in
      ([entry.term] + entry.also).contains { $0.lowercased() == word }
    }
  }
}
