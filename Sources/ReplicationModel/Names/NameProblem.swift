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
  /// `mirror`, `raidz`, `draid`, `spare` and `log` begin no pool's name.
  case reservedPoolName
  /// More than 50 components.
  case tooDeep
  /// `@` or `#` where a dataset is wanted.
  case notADataset

  /// The first problem with `text` as a dataset's name, or nil.
  public static func inDataset(_ text: String) -> NameProblem? {
    if text.isEmpty { return .empty }
    return nil
  }

  /// The first problem with `text` as the part after `@` or `#`, or nil.
  public static func inSnapshot(_ text: String) -> NameProblem? {
    if text.isEmpty { return .empty }
    return nil
  }
}
