/// Why a text cannot be the name of a dataset, snapshot or bookmark in OpenZFS.
public enum NameProblem: Error, Hashable, Sendable {
  case empty
  /// Longer than 255 bytes, counted over the whole name.
  case tooLong(bytes: Int)
  case emptyComponent
  case leadingSlash
  case trailingSlash
  /// `.` or `..` as a component.
  case relativeComponent
  case badCharacter(Character)
  /// A pool's name has to begin with a letter.
  case poolBeginsWithoutLetter
  /// `mirror`, `raidz`, `draid`, `spare` begin no pool's name, and none is called `log`.
  case reservedPoolName
  /// More than 50 components.
  case tooDeep
  /// `@` or `#` where a dataset is wanted.
  case notADataset

  /// `ZFS_MAX_DATASET_NAME_LEN` less its closing NUL.
  static let longest = 255
  /// OpenZFS' `zfs_max_dataset_nesting`.
  static let deepest = 50

  /// The first problem with `text` as a dataset's name, or nil.
  public static func inDataset(_ text: String) -> NameProblem? {
    if text.isEmpty { return .empty }
    if text.utf8.first == UInt8(ascii: "/") { return .leadingSlash }
    if text.utf8.last == UInt8(ascii: "/") { return .trailingSlash }
    if text.contains(where: { $0 == "@" || $0 == "#" }) { return .notADataset }
    let components = text.split(separator: "/", omittingEmptySubsequences: false)
    for component in components {
      if component.isEmpty { return .emptyComponent }
      if component == "." || component == ".." { return .relativeComponent }
    }
    if let bad = firstBadCharacter(in: text, allowed: "/") { return .badCharacter(bad) }
    if let problem = inPool(String(components[0])) { return problem }
    if components.count > deepest { return .tooDeep }
    let bytes = text.utf8.count
    return bytes > longest ? .tooLong(bytes: bytes) : nil
  }

  /// The first problem with `text` as the part after `@` or `#`, or nil.
  public static func inSnapshot(_ text: String) -> NameProblem? {
    if text.isEmpty { return .empty }
    if let bad = firstBadCharacter(in: text, allowed: "") { return .badCharacter(bad) }
    let bytes = text.utf8.count
    return bytes > longest ? .tooLong(bytes: bytes) : nil
  }

  private static func inPool(_ name: String) -> NameProblem? {
    guard let first = name.utf8.first, isLetter(first) else { return .poolBeginsWithoutLetter }
    let reserved = ["mirror", "raidz", "draid", "spare"]
    if reserved.contains(where: name.hasPrefix) || name == "log" { return .reservedPoolName }
    return nil
  }

  private static func firstBadCharacter(in text: String, allowed: String) -> Character? {
    text.first { character in
      guard let byte = character.asciiValue, character.utf8.count == 1 else { return true }
      let isNameByte =
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || "-_.: ".utf8.contains(byte) || allowed.utf8.contains(byte)
      return !isNameByte
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
