/// A statement of the contract that did not hold.
public struct ContractFailure: Error, CustomStringConvertible {
  public var description: String
}

/// One statement about OpenZFS, in plain words, with the steps that prove it.
public struct ContractCase: Sendable, CustomStringConvertible {
  public let name: String
  public var description: String { name }
  private let needsTarget: Bool
  private let body: @Sendable (ContractBench) async throws -> Void

  /// A statement about one pool.
  init(_ name: String, _ body: @escaping @Sendable (ContractBench) async throws -> Void) {
    self.name = name
    self.body = body
    needsTarget = false
  }

  /// A statement about what comes from one pool into the other.
  init(copying name: String, _ body: @escaping @Sendable (ContractBench) async throws -> Void) {
    self.name = name
    self.body = body
    needsTarget = true
  }

  /// Makes a place in the pools and proves the statement there. What it made is left: the pools are
  /// throw-away, and each command takes long in an emulated machine.
  ///
  /// - Parameters:
  ///   - subject: what acts as OpenZFS.
  ///   - place: a name that no other case uses, so that none can spoil another.
  /// - Throws: `ContractFailure` when the statement does not hold.
  public func run(on subject: any ContractSubject, in place: String) async throws {
    let bench = ContractBench(
      subject: subject, a: "\(subject.pools.source)/\(place)",
      b: "\(subject.pools.target)/\(place)")
    try await bench.ok("create", bench.a)
    if needsTarget { try await bench.ok("create", bench.b) }
    try await body(bench)
  }
}

/// Where a case works: `a` in the source pool, `b` in the target pool.
struct ContractBench: Sendable {
  let subject: any ContractSubject
  let a: String
  let b: String

  /// Runs a command that must succeed; gives its text.
  @discardableResult
  func ok(_ words: String...) async throws -> String {
    try await succeed(words, input: []).text
  }

  func succeed(_ words: [String], input: [UInt8]) async throws -> ContractResult {
    let result = try await subject.run(words, input: input)
    guard result.status == 0 else {
      throw ContractFailure(
        description: "zfs \(words.joined(separator: " ")): exit \(result.status): \(result.errors)")
    }
    return result
  }

  /// Runs a command that must fail with this exit code and these words.
  func fails(
    _ status: Int32, _ words: String, _ command: [String], input: [UInt8] = []
  ) async throws {
    let refusal = Refusal(now: (status, words), before: (status, words))
    try await refused(refusal, command, input: input)
  }

  /// Runs a command that must be refused, as this or an earlier OpenZFS does.
  func refused(_ refusal: Refusal, _ command: String...) async throws {
    try await refused(refusal, command, input: [])
  }

  private func refused(_ refusal: Refusal, _ command: [String], input: [UInt8]) async throws {
    let result = try await subject.run(command, input: input)
    guard refusal.isGiven(in: result) else {
      throw ContractFailure(
        description: "zfs \(command.joined(separator: " ")): expected \(refusal.now) or "
          + "\(refusal.before), got exit \(result.status): \(result.errors)")
    }
  }

  /// Runs a command that may fail.
  func tried(_ words: String...) async throws -> ContractResult {
    try await subject.run(words, input: [])
  }

  func send(_ words: String...) async throws -> [UInt8] {
    try await succeed(["send"] + words, input: []).output
  }

  func receive(_ stream: [UInt8], _ words: String...) async throws {
    _ = try await succeed(["receive"] + words, input: stream)
  }

  func value(_ property: String, _ name: String) async throws -> String {
    try await ok("get", "-Hp", "-o", "value", property, name)
  }

  func write(_ size: Int, seed: UInt64, to file: String = "file", of dataset: String) async throws {
    try await subject.write(Self.bytes(size, seed: seed), to: file, of: dataset)
  }

  /// The value and its source, with a tab between.
  func sourced(_ property: String, _ name: String) async throws -> String {
    try await ok("get", "-H", "-o", "value,source", property, name)
  }

  /// Names of what lies at and below a dataset.
  func names(_ types: String, _ root: String) async throws -> [String] {
    try await ok("list", "-H", "-r", "-t", types, "-o", "name", root)
      .split(separator: "\n").map { String($0) }
  }

  func holds(_ isTrue: Bool, _ what: String) throws {
    guard isTrue else { throw ContractFailure(description: "\(what) does not hold") }
  }

  func same<T: Equatable>(_ found: T, _ wanted: T, _ what: String) throws {
    guard found == wanted else {
      throw ContractFailure(description: "\(what): expected \(wanted), found \(found)")
    }
  }

  /// Bytes that do not compress, the same for the same seed.
  static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    var bytes = [UInt8](repeating: 0, count: count)
    // Eight at a time: a case that moves megabytes should wait for ZFS, not for us.
    bytes.withUnsafeMutableBytes { buffer in
      var position = 0
      while position < count {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        withUnsafeBytes(of: state.littleEndian) { word in
          let part = UnsafeRawBufferPointer(rebasing: word.prefix(count - position))
          UnsafeMutableRawBufferPointer(rebasing: buffer[position...]).copyMemory(from: part)
        }
        position += 8
      }
    }
    return bytes
  }
}
