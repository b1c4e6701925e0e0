extension NameProblem {
  /// What is wrong, and what to do, in a sentence that begins with the field's label.
  public func message(label: String, value: String) -> String {
    switch self {
    case .empty:
      "\(label) is required: enter the name of a dataset, as tank/data."
    case .tooLong(let bytes):
      "\(label) is \(bytes) bytes long, and ZFS allows \(Self.longest). Use a shorter name."
    case .emptyComponent:
      "\(label) has two slashes in a row in `\(value)`. Leave one of them out."
    case .leadingSlash:
      "\(label) begins with a slash in `\(value)`. Enter a dataset's name, as tank/data, not a path."
    case .trailingSlash:
      "\(label) ends with a slash in `\(value)`. Leave it out."
    case .relativeComponent:
      "\(label) has `.` or `..` as a part in `\(value)`, which ZFS does not know. Write the whole name."
    case .badCharacter(let character):
      "\(label) holds \(Self.shown(character)), which ZFS allows in no name. "
        + "Use letters, digits, space and - _ . : only."
    case .poolBeginsWithoutLetter:
      "\(label) begins with a pool whose name has no letter first in `\(value)`. Check the pool's name."
    case .reservedPoolName:
      "\(label) begins with a word that ZFS keeps for itself in `\(value)`. Check the pool's name."
    case .tooDeep:
      "\(label) is more than \(Self.deepest) levels deep, which ZFS does not allow. Choose a place higher up."
    case .notADataset:
      "\(label) has to be a dataset, but `\(value)` names a snapshot or bookmark. "
        + "Leave out the @ or # and what follows."
    }
  }

  private static func shown(_ character: Character) -> String {
    guard let scalar = character.unicodeScalars.first,
      scalar.value > 0x20, scalar.value != 0x7F, !(0x80...0x9F).contains(scalar.value)
    else {
      let value = character.unicodeScalars.first?.value ?? 0
      return "a character that cannot be printed (code \(value))"
    }
    return "`\(character)`"
  }
}
