/// One name on its way through a compiled pattern: all places that it may stand at, byte by byte.
struct RegexWalk {
  private let program: [Instruction]
  private let name: [UInt8]
  /// What was looked ahead for, by place and position: each is decided once.
  private var looked: [Look: Bool] = [:]

  private struct Look: Hashable {
    var place: Int
    var position: Int
  }

  init(_ program: [Instruction], _ name: [UInt8]) {
    self.program = program
    self.name = name
  }

  /// Whether what begins at a place of the program matches from a position of the name: to the name's end,
  /// or to anywhere.
  mutating func matches(from place: Int, at first: Int, toTheEnd: Bool) -> Bool {
    var seen = [Int](repeating: -1, count: program.count)
    var isMatched = false
    var current: [Int] = []
    add(place, first, &current, &seen, &isMatched)
    for position in first..<name.count {
      if isMatched, !toTheEnd { return true }
      if current.isEmpty { return false }
      var next: [Int] = []
      isMatched = false
      for place in current {
        if case .set(let set) = program[place], set.contains(name[position]) {
          add(place + 1, position + 1, &next, &seen, &isMatched)
        }
      }
      current = next
    }
    return isMatched
  }

  /// Adds a place, and all that are reached from it without a byte.
  private mutating func add(
    _ first: Int, _ position: Int, _ places: inout [Int], _ seen: inout [Int],
    _ isMatched: inout Bool
  ) {
    var waiting = [first]
    while let place = waiting.popLast() {
      guard seen[place] != position else { continue }
      seen[place] = position
      switch program[place] {
      case .set: places.append(place)
      case .split(let one, let other): waiting += [other, one]
      case .jump(let next): waiting.append(next)
      case .start: if position == 0 { waiting.append(place + 1) }
      case .end: if position == name.count { waiting.append(place + 1) }
      case .boundary(let isWanted):
        if isBoundary(position) == isWanted { waiting.append(place + 1) }
      case .look(let isWanted, let next):
        if looks(place + 1, position) == isWanted { waiting.append(next) }
      case .match: isMatched = true
      }
    }
  }

  private mutating func looks(_ place: Int, _ position: Int) -> Bool {
    let look = Look(place: place, position: position)
    if let known = looked[look] { return known }
    let found = matches(from: place, at: position, toTheEnd: false)
    looked[look] = found
    return found
  }

  private func isBoundary(_ position: Int) -> Bool {
    let before = position > 0 && ByteSet.word.contains(name[position - 1])
    let after = position < name.count && ByteSet.word.contains(name[position])
    return before != after
  }
}
