/// What a pattern says, as a tree.
indirect enum RegexNode {
  case set(ByteSet)
  case sequence([RegexNode])
  case choice([RegexNode])
  /// `most` is nil where there is no limit.
  case repeated(RegexNode, least: Int, most: Int?)
  case look(RegexNode, isWanted: Bool)
  case start
  case end
  case boundary(Bool)
}

/// Makes the steps of a pattern.
struct RegexCompiler {
  /// How many steps a pattern may have: each of them may be walked for each byte of a name.
  static let most = 2_000
  /// How often a pattern may look ahead, which walks the rest of the name each time.
  static let mostLooks = 8
  private(set) var program: [Instruction] = []
  private var looks = 0
  /// How many nodes were written out; a repetition of nothing has no steps, and takes its time all the same.
  private var written = 0

  mutating func add(_ instruction: Instruction) throws(NameRegexProblem) {
    guard program.count < Self.most else { throw .tooLarge }
    program.append(instruction)
  }

  mutating func emit(_ node: RegexNode) throws(NameRegexProblem) {
    written += 1
    guard written <= 10 * Self.most else { throw .tooLarge }
    switch node {
    case .set(let set): try add(.set(set))
    case .sequence(let nodes): for node in nodes { try emit(node) }
    case .choice(let nodes): try emit(choice: nodes)
    case .repeated(let node, let least, let most): try emit(node, least, most)
    case .start: try add(.start)
    case .end: try add(.end)
    case .boundary(let isWanted): try add(.boundary(isWanted))
    case .look(let node, let isWanted):
      looks += 1
      guard looks <= Self.mostLooks else { throw .tooLarge }
      let place = program.count
      try add(.match)
      try emit(node)
      try add(.match)
      program[place] = .look(isWanted: isWanted, next: program.count)
    }
  }

  private mutating func emit(choice nodes: [RegexNode]) throws(NameRegexProblem) {
    var ends: [Int] = []
    for (index, node) in nodes.enumerated() {
      guard index < nodes.count - 1 else {
        try emit(node)
        break
      }
      let place = program.count
      try add(.match)
      try emit(node)
      ends.append(program.count)
      try add(.match)
      program[place] = .split(place + 1, program.count)
    }
    for end in ends { program[end] = .jump(program.count) }
  }

  private mutating func emit(_ node: RegexNode, _ least: Int, _ most: Int?)
    throws(NameRegexProblem)
  {
    guard least <= Self.most, most ?? 0 <= Self.most else { throw .tooLarge }
    for _ in 0..<least { try emit(node) }
    guard let most else {
      let place = program.count
      try add(.match)
      try emit(node)
      try add(.jump(place))
      program[place] = .split(place + 1, program.count)
      return
    }
    var skips: [Int] = []
    for _ in least..<max(least, most) {
      skips.append(program.count)
      try add(.match)
      try emit(node)
    }
    for skip in skips { program[skip] = .split(skip + 1, program.count) }
  }
}
