/// A regular expression for whole snapshot names, in the words of Python's `re` and of Swift.
///
/// It walks all ways at once instead of trying one after the other, so no pattern and no name makes it take
/// longer than their lengths together: `(a+)+$` is as quick as `a+`.
public struct NameRegex: Sendable {
  let program: [Instruction]

  /// Reads a pattern; what has no meaning, or one that only backtracking gives, is refused.
  public init(_ pattern: String) throws(NameRegexProblem) {
    var parser = RegexParser(pattern)
    let node = try parser.whole()
    var compiler = RegexCompiler()
    try compiler.emit(node)
    try compiler.add(.match)
    program = parser.ignoresCase ? compiler.program.map(\.anyCase) : compiler.program
  }

  /// Whether the whole of a name matches.
  public func matches(_ name: String) -> Bool {
    var walk = RegexWalk(program, Array(name.utf8))
    return walk.matches(from: 0, at: 0, toTheEnd: true)
  }
}

/// Why a pattern is not taken.
public enum NameRegexProblem: Error, Hashable, Sendable {
  /// It is not written as a regular expression is.
  case unreadable
  /// It asks for something that cannot be done in a time that has an end; these are its words.
  case unsupported(String)
  /// Its repetitions, written out, are too many.
  case tooLarge
}

/// One step of a compiled pattern.
enum Instruction: Sendable {
  case set(ByteSet)
  /// Goes on at both places.
  case split(Int, Int)
  case jump(Int)
  case start
  case end
  case boundary(Bool)
  /// Goes on behind its own pattern, which ends with a match before the given place, where that does or
  /// does not match from here.
  case look(isWanted: Bool, next: Int)
  case match

  var anyCase: Instruction {
    if case .set(let set) = self { return .set(set.anyCase) }
    return self
  }
}

/// A set of bytes.
struct ByteSet: Hashable, Sendable {
  private var words: (UInt64, UInt64) = (0, 0)
  /// Whether it has all bytes of letters beyond ASCII, which no snapshot's name holds.
  private var others = false

  init() {}
  init(_ bytes: some Sequence<UInt8>) { for byte in bytes { insert(byte) } }
  init(_ byte: UInt8) { insert(byte) }

  static let digits = ByteSet(0x30...0x39)
  static let spaces = ByteSet([0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D])
  static let upper = ByteSet(0x41...0x5A)
  static let lower = ByteSet(0x61...0x7A)
  static let letters = upper.union(lower)
  static let word = letters.union(digits).union(ByteSet(0x5F))
  static let newline = ByteSet(0x0A)

  func contains(_ byte: UInt8) -> Bool {
    switch byte {
    case ..<64: words.0 & (1 << UInt64(byte)) != 0
    case ..<128: words.1 & (1 << UInt64(byte - 64)) != 0
    default: others
    }
  }

  mutating func insert(_ byte: UInt8) {
    switch byte {
    case ..<64: words.0 |= 1 << UInt64(byte)
    case ..<128: words.1 |= 1 << UInt64(byte - 64)
    default: others = true
    }
  }

  func union(_ other: ByteSet) -> ByteSet {
    var set = self
    set.words = (words.0 | other.words.0, words.1 | other.words.1)
    set.others = others || other.others
    return set
  }

  var inverted: ByteSet {
    var set = self
    set.words = (~words.0, ~words.1)
    set.others = !others
    return set
  }

  /// With each letter in both cases.
  var anyCase: ByteSet {
    var set = self
    for byte in UInt8(0x41)...0x5A where contains(byte) || contains(byte + 0x20) {
      set.insert(byte)
      set.insert(byte + 0x20)
    }
    return set
  }

  static func == (left: ByteSet, right: ByteSet) -> Bool {
    left.words == right.words && left.others == right.others
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(others)
  }
}
