/// Texts that are nearly right: words, lines and bytes of good ones, changed, doubled, left out and moved.
public struct Mutation {
  private var state: UInt64

  public init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return count > 0 ? Int((z ^ (z >> 31)) % UInt64(count)) : 0
  }

  /// A text some changes away from one of a corpus.
  public mutating func text(from corpus: [String]) -> [UInt8] {
    var bytes = Array(corpus[below(corpus.count)].utf8)
    for _ in 0...below(6) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let separators = ["\n", "\t", " ", ":", "-", ",", ""]
    let separator = separators[below(separators.count)].utf8.first
    var pieces =
      separator.map {
        bytes.split(separator: $0, omittingEmptySubsequences: false).map { Array($0) }
      }
      ?? bytes.map { [$0] }
    let place = below(pieces.count)
    let trouble = Parser.troubles[below(Parser.troubles.count)]
    switch below(8) {
    case 0 where !pieces.isEmpty: pieces.remove(at: place)
    case 1 where !pieces.isEmpty: pieces.insert(pieces[place], at: below(pieces.count))
    case 2 where !pieces.isEmpty: pieces[place] = trouble
    case 3 where !pieces.isEmpty: pieces[place] += trouble
    case 4 where !pieces.isEmpty: pieces.swapAt(place, below(pieces.count))
    case 5 where !pieces.isEmpty:
      // Long, and now and then very long.
      let most = (1 << 20) / max(1, pieces[place].count)
      let count = min(most, below(40) == 0 ? 20_000 : 1 + below(40))
      pieces.insert(contentsOf: Array(repeating: pieces[place], count: count), at: place)
    case 6 where !pieces.isEmpty: pieces.removeLast(below(pieces.count))
    default: pieces.insert(trouble, at: place)
    }
    bytes = Array(pieces.joined(separator: separator.map { [$0] } ?? []))
    if bytes.count > 1 << 20 { bytes.removeLast(bytes.count - 1 << 20) }
  }
}
