/// Reads the text of a pattern. What it holds beyond ASCII is taken byte by byte.
struct RegexParser {
  private let bytes: [UInt8]
  private var position = 0
  /// How many groups are open, each of which takes some of the stack.
  private var depth = 0
  private static let deepest = 100
  private(set) var ignoresCase = false

  init(_ pattern: String) { bytes = Array(pattern.utf8) }

  mutating func whole() throws(NameRegexProblem) -> RegexNode {
    if skip("(?i)") { ignoresCase = true }
    let node = try choice()
    guard position == bytes.count else { throw .unreadable }
    return node
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take() throws(NameRegexProblem) -> UInt8 {
    guard let byte = next else { throw .unreadable }
    position += 1
    return byte
  }

  private mutating func skip(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  private mutating func choice() throws(NameRegexProblem) -> RegexNode {
    var nodes = [try sequence()]
    while skip("|") { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .choice(nodes)
  }

  private mutating func sequence() throws(NameRegexProblem) -> RegexNode {
    var nodes: [RegexNode] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      nodes.append(try quantified(try atom()))
    }
    return .sequence(nodes)
  }

  private mutating func quantified(_ node: RegexNode) throws(NameRegexProblem) -> RegexNode {
    guard let (least, most) = quantifier() else { return node }
    switch node {
    case .start, .end, .boundary, .look: throw .unreadable
    case .set, .sequence, .choice, .repeated: break
    }
    guard most.map({ $0 >= least }) ?? true else { throw .unreadable }
    // What is taken first does not matter where only the whole counts; what is never given back does.
    if next == UInt8(ascii: "+") { throw .unsupported("+ after a repetition") }
    _ = skip("?")
    if quantifier() != nil { throw .unreadable }
    return .repeated(node, least: least, most: most)
  }

  private mutating func quantifier() -> (least: Int, most: Int?)? {
    if skip("*") { return (0, nil) }
    if skip("+") { return (1, nil) }
    if skip("?") { return (0, 1) }
    let begin = position
    guard skip("{") else { return nil }
    let least = number()
    var most = least
    var isRange = false
    if skip(",") {
      isRange = true
      most = number()
    }
    guard skip("}"), least != nil || isRange && most != nil else {
      // A brace that counts nothing stands for itself.
      position = begin
      return nil
    }
    return (least ?? 0, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let byte = next, ByteSet.digits.contains(byte) {
      digits.unicodeScalars.append(Unicode.Scalar(byte))
      position += 1
    }
    return digits.isEmpty ? nil : Int(digits) ?? .max
  }

  private mutating func atom() throws(NameRegexProblem) -> RegexNode {
    let byte = try take()
    switch byte {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return .set(try set())
    case UInt8(ascii: "."): return .set(ByteSet.newline.inverted)
    case UInt8(ascii: "^"): return .start
    case UInt8(ascii: "$"): return .end
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): throw .unreadable
    default: return .set(ByteSet(byte))
    }
  }

  private mutating func group() throws(NameRegexProblem) -> RegexNode {
    var isWanted: Bool?
    if skip("?=") {
      isWanted = true
    } else if skip("?!") {
      isWanted = false
    } else if skip("?P<") || bytes[position...].starts(with: "?<".utf8) && !looksBehind {
      while try take() != UInt8(ascii: ">") {}
    } else if next == UInt8(ascii: "?"), !skip("?:") {
      let words = bytes[position...].prefix(3)
      throw .unsupported("(" + String(decoding: words, as: UTF8.self))
    }
    depth += 1
    guard depth <= Self.deepest else { throw .tooLarge }
    let node = try choice()
    depth -= 1
    guard skip(")") else { throw .unreadable }
    return isWanted.map { .look(node, isWanted: $0) } ?? node
  }

  private var looksBehind: Bool {
    bytes[position...].starts(with: "?<=".utf8) || bytes[position...].starts(with: "?<!".utf8)
  }

  private mutating func escape() throws(NameRegexProblem) -> RegexNode {
    let byte = try take()
    switch byte {
    case UInt8(ascii: "b"): return .boundary(true)
    case UInt8(ascii: "B"): return .boundary(false)
    case UInt8(ascii: "A"): return .start
    case UInt8(ascii: "z"), UInt8(ascii: "Z"): return .end
    default: return .set(try escaped(byte))
    }
  }

  /// What stands behind a backslash, in a class and outside of one.
  private mutating func escaped(_ byte: UInt8) throws(NameRegexProblem) -> ByteSet {
    switch byte {
    case UInt8(ascii: "d"): return .digits
    case UInt8(ascii: "D"): return ByteSet.digits.inverted
    case UInt8(ascii: "w"): return .word
    case UInt8(ascii: "W"): return ByteSet.word.inverted
    case UInt8(ascii: "s"): return .spaces
    case UInt8(ascii: "S"): return ByteSet.spaces.inverted
    case UInt8(ascii: "t"): return ByteSet(0x09)
    case UInt8(ascii: "n"): return .newline
    case UInt8(ascii: "r"): return ByteSet(0x0D)
    case UInt8(ascii: "x"):
      let digits = String(decoding: [try take(), try take()], as: UTF8.self)
      guard let value = UInt8(digits, radix: 16) else { throw .unreadable }
      return ByteSet(value)
    default:
      if ByteSet.letters.union(.digits).contains(byte) {
        throw .unsupported("\\" + String(decoding: [byte], as: UTF8.self))
      }
      return ByteSet(byte)
    }
  }

  /// The rest of a class, behind its bracket.
  private mutating func set() throws(NameRegexProblem) -> ByteSet {
    let isInverted = skip("^")
    var set = ByteSet()
    var isFirst = true
    while isFirst || next != UInt8(ascii: "]") {
      isFirst = false
      set = set.union(try member())
    }
    position += 1
    return isInverted ? set.inverted : set
  }

  private mutating func member() throws(NameRegexProblem) -> ByteSet {
    if skip("[:") { return try named() }
    let first = try take()
    if first == UInt8(ascii: "\\") {
      let byte = try take()
      let set = try escaped(byte)
      let isOne = !"dDwWsS".utf8.contains(byte)
      guard isOne, isRange, let low = (UInt8.min...127).first(where: set.contains) else {
        return set
      }
      return try range(from: low)
    }
    return isRange ? try range(from: first) : ByteSet(first)
  }

  /// Whether a dash comes that is not the last of the class.
  private var isRange: Bool {
    position + 1 < bytes.count && bytes[position] == UInt8(ascii: "-")
      && bytes[position + 1] != UInt8(ascii: "]")
  }

  private mutating func range(from low: UInt8) throws(NameRegexProblem) -> ByteSet {
    position += 1
    var high = try take()
    if high == UInt8(ascii: "\\") {
      let byte = try take()
      guard !"dDwWsS".utf8.contains(byte) else { throw .unreadable }
      let set = try escaped(byte)
      high = (UInt8.min...127).first(where: set.contains) ?? 0
    }
    guard low <= high else { throw .unreadable }
    return ByteSet(low...high)
  }

  private mutating func named() throws(NameRegexProblem) -> ByteSet {
    let names: [(String, ByteSet)] = [
      ("alnum:]", ByteSet.letters.union(.digits)), ("alpha:]", .letters), ("digit:]", .digits),
      ("lower:]", .lower), ("upper:]", .upper), ("space:]", .spaces), ("word:]", .word),
      ("xdigit:]", ByteSet.digits.union(ByteSet(0x41...0x46)).union(ByteSet(0x61...0x66))),
    ]
    for (name, set) in names where skip(name) { return set }
    throw .unsupported("[:")
  }
}
