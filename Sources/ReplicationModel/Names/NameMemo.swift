/// Remembers what was found out about a name. Datasets have the same names of snapshots over and over
/// and in the same order, so that a name is expected where it comes, and rarely looked up.
public struct NameMemo<Value> {
  @usableFromInline var known: [(name: String, value: Value)] = []
  @usableFromInline var places: [String: Int] = [:]
  @usableFromInline var next = 0
  /// How many that are not known came one after the other.
  @usableFromInline var strangers = 0
  /// Names that never come again are not worth more memory.
  @usableFromInline static var limit: Int { 20_000 }

  /// Knows no name yet.
  @inlinable public init() {}

  /// What is known of a name; what is not is made, and remembered.
  @inlinable public mutating func value(of name: String, _ make: (String) -> Value) -> Value {
    if next < known.count, known[next].name == name {
      next += 1
      strangers = 0
      return known[next - 1].value
    }
    // Where all that can be remembered is, and none of it comes again, most are not looked up either.
    if known.count >= Self.limit, strangers > Self.limit, strangers % 64 != 0 {
      strangers += 1
      return make(name)
    }
    if let place = places[name] {
      next = place + 1
      strangers = 0
      return known[place].value
    }
    strangers += 1
    let value = make(name)
    guard known.count < Self.limit else { return value }
    places[name] = known.count
    known.append((name, value))
    next = known.count
    return value
  }
}
