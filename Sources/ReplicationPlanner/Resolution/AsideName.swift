internal import ReplicationModel

/// Where a copy is put that makes way: beside its place, with the day and a number.
enum AsideName {
  private static let mark = ".zferry-aside-"

  /// All such names, as a pattern: what was put aside is no part of a copy.
  static let pattern = "*\(mark)*"

  /// The first name that nothing has; nil where it would be too long.
  static func unused(for name: DatasetName, on day: CivilTime, beside taken: Set<DatasetName>)
    -> DatasetName?
  {
    let digits = String(day.year * 10_000 + day.month * 100 + day.day)
    for number in 1... {
      guard let aside = try? DatasetName("\(name.text)\(mark)\(digits)-\(number)") else {
        return nil
      }
      if !taken.contains(aside) { return aside }
    }
    return nil
  }
}
