/// A practice machine: answers `zfs` and `zpool` command lines the way OpenZFS does, as far as zferry
/// and people's first steps need it. It is never chosen by itself on a host.
public final class SandboxMachine {
  public var state: SandboxState
  let storage: any SandboxStorage
  /// Seconds since 1970.
  let clock: () -> Int64
  var console = Console()
  /// Runs a change alone: in a folder under its lock, with the state read before and written after.
  public var exclusively: (() throws -> Void) throws -> Void = { try $0() }

  /// What a command reads and writes.
  struct Console {
    var input: (Int) -> [UInt8] = { _ in [] }
    var output: ([UInt8]) -> Bool = { _ in true }
    var errors = ""
  }

  /// What the last command wrote to standard error.
  public var errors: String { console.errors }

  /// How a command ended.
  public struct Result: Sendable {
    public var status: Int32
    public var output: [UInt8]
    public var errors: String

    public init(status: Int32, output: [UInt8], errors: String) {
      self.status = status
      self.output = output
      self.errors = errors
    }
  }

  public init(
    state: SandboxState, storage: any SandboxStorage, clock: @escaping () -> Int64
  ) {
    self.state = state
    self.storage = storage
    self.clock = clock
  }

  /// Runs a command line, `zfs` or `zpool` first, and gives all it wrote.
  public func run(_ words: [String], input: [UInt8] = []) -> Result {
    var output: [UInt8] = []
    var position = 0
    let status = run(
      words,
      input: { count in
        let chunk = input[position..<min(position + count, input.count)]
        position += chunk.count
        return Array(chunk)
      },
      output: {
        output += $0
        return true
      })
    return Result(status: status, output: output, errors: console.errors)
  }

  /// Runs a command line with streams: `input` gives up to so many bytes and none at the end,
  /// `output` says whether anyone still reads.
  public func run(
    _ words: [String], input: @escaping (Int) -> [UInt8], output: @escaping ([UInt8]) -> Bool
  ) -> Int32 {
    console = Console(input: input, output: output, errors: "")
    do {
      try dispatch(words)
      return 0
    } catch let problem as SandboxProblem {
      console.errors += problem.text
      return problem.status
    } catch {
      console.errors += "internal error: \(error)\n"
      return 1
    }
  }

  private func dispatch(_ words: [String]) throws {
    guard let tool = words.first, let verb = words.dropFirst().first else {
      throw SandboxProblem.usage("missing command")
    }
    let rest = Array(words.dropFirst(2))
    // Streams take long; they lock what they change themselves.
    if tool == "zfs", verb == "send" { return try send(rest) }
    if tool == "zfs", verb == "receive" || verb == "recv" { return try receive(rest) }
    try exclusively {
      if tool == "zpool" { try zpool(verb, rest) } else { try zfs(verb, rest) }
    }
  }

  private func zfs(_ verb: String, _ rest: [String]) throws {
    switch verb {
    case "create": try create(rest)
    case "destroy": try destroy(rest)
    case "list": try list(rest)
    case "get": try get(rest)
    case "set": try set(rest)
    case "inherit": try inherit(rest)
    case "snapshot", "snap": try snapshot(rest)
    case "bookmark": try bookmark(rest)
    case "hold": try hold(rest)
    case "release": try release(rest)
    case "holds": try holds(rest)
    case "rollback": try rollback(rest)
    case "rename": try rename(rest)
    case "clone": try clone(rest)
    case "promote": try promote(rest)
    case "mount": try mount(rest, mounted: true)
    case "umount", "unmount": try mount(rest, mounted: false)
    case "userspace": try userspace(rest)
    case "load-key": try loadKey(rest)
    case "unload-key": try unloadKey(rest)
    case "allow": try allow(rest)
    case "unallow": try unallow(rest)
    case "version", "--version", "-V": say("zfs-2.3.2-sandbox\nzfs-kmod-2.3.2-sandbox\n")
    default: throw SandboxProblem.usage("unrecognized command '\(verb)'")
    }
  }

  func say(_ text: String) { _ = console.output(Array(text.utf8)) }

  func complain(_ text: String) { console.errors += text + "\n" }

  /// The next transaction group of a dataset's pool.
  func nextTxg(_ dataset: String) -> UInt64 {
    let pool = Self.pool(of: dataset)
    state.pools[pool]?.txg += 1
    return state.pools[pool]?.txg ?? 1
  }

  func nextGUID() -> UInt64 {
    state.seed &+= 0x9E37_79B9_7F4A_7C15
    var z = state.seed
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  func nextBlob() -> Int {
    state.nextBlob += 1
    return state.nextBlob
  }

  static func pool(of dataset: String) -> String { String(dataset.prefix { $0 != "/" }) }

  static func parent(of dataset: String) -> String? {
    dataset.lastIndex(of: "/").map { String(dataset[..<$0]) }
  }

  /// A dataset and all below it, parents first.
  func tree(_ root: String) -> [String] {
    state.datasets.keys.filter { $0 == root || $0.hasPrefix(root + "/") }.sorted()
  }

  func children(of dataset: String) -> [String] { tree(dataset).filter { $0 != dataset } }
}
