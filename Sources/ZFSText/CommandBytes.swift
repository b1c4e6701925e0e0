/// Command lines that do not grow too long: over SSH a whole line is one argument of a shell, and
/// Linux takes 128 KiB of that.
public enum CommandBytes {
  /// For the names in one command.
  static let limit = 30_000

  /// The items in their order, in groups that each fit one command; one item always does.
  public static func groups<Item>(_ items: [Item], size: (Item) -> Int) -> [ArraySlice<Item>] {
    var groups: [ArraySlice<Item>] = []
    var start = 0
    var bytes = 0
    for index in items.indices {
      let more = size(items[index])
      if index > start, bytes + more > limit {
        groups.append(items[start..<index])
        start = index
        bytes = 0
      }
      bytes += more
    }
    if start < items.count { groups.append(items[start...]) }
    return groups
  }
}
