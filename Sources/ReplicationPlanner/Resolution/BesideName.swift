public import ReplicationModel

/// The names of what stands beside a copy's place: a copy that made way, or one that takes it.
public enum BesideName {
  /// What all of them have behind the name of the place.
  public static let mark = ".zferry-"
  /// All such names, as a pattern: what stands there is no part of a copy.
  static let pattern = "*\(mark)*"

  /// The first name for a copy that makes way, with the day, the task and a number, that nothing has; nil
  /// where it would be too long.
  static func aside(
    for name: DatasetName, task: String, on day: CivilTime, beside taken: Set<DatasetName>
  ) -> DatasetName? {
    let digits = String(day.year * 10_000 + day.month * 100 + day.day)
    for number in 1... {
      guard
        let aside = try? DatasetName(
          "\(name.text)\(mark)aside-\(digits)-\(plain(task))-\(number)")
      else { return nil }
      if !taken.contains(aside) { return aside }
    }
    return nil
  }

  /// Where a new copy comes together that is to take a place; nil where it would be too long. Each run
  /// of the task finds it again by this name.
  static func standIn(for name: DatasetName, task: String) -> DatasetName? {
    try? DatasetName(
      "\(name.text)\(mark)new-\(BaseBookmark.hash(task: task, target: name))")
  }

  /// What an old copy is called once a new one has its place: with its own GUID, so that nothing else is
  /// ever taken for it. Nil where it would be too long.
  static func old(_ name: DatasetName, _ guid: GUID) -> DatasetName? {
    try? DatasetName("\(name.text)\(mark)old-\(Hexadecimal.text(guid.value, 16))")
  }

  /// Whether a dataset is one of these, or below one.
  public static func isBeside(_ name: DatasetName) -> Bool {
    name.components.contains { $0.contains(mark) }
  }

  /// A task's name as a part of a dataset's: what the latter may not hold is a dash.
  private static func plain(_ task: String) -> String {
    String(
      task.prefix(40).map { character in
        let isPlain = character.isASCII && (character.isLetter || character.isNumber)
        return isPlain || "_.:".contains(character) ? character : "-"
      })
  }
}
