/// What one command left: its exit code and both outputs.
public struct ContractResult: Sendable {
  /// 0 for success, 1 for a failure, 2 for a wrong command line.
  public var status: Int32
  public var output: [UInt8]
  public var errors: String

  public init(status: Int32, output: [UInt8], errors: String) {
    self.status = status
    self.output = output
    self.errors = errors
  }

  /// The output as text, without the last line end.
  public var text: String {
    var text = String(decoding: output, as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}

/// Something that acts as OpenZFS: real pools, the sandbox binary, or the sandbox in memory.
public protocol ContractSubject: Sendable {
  /// Two pools that the contract may fill; it works below a dataset of its own in each.
  var pools: (source: String, target: String) { get }
  /// Runs `zfs` with these arguments. Throws if it could not be started.
  func run(_ arguments: [String], input: [UInt8]) async throws -> ContractResult
  /// Writes a file outside the pools, for its owner only.
  func keep(_ bytes: [UInt8], at path: String) async throws
  /// Writes a file into a mounted filesystem.
  func write(_ bytes: [UInt8], to file: String, of dataset: String) async throws
  /// Reads a file of a mounted filesystem.
  func read(_ file: String, of dataset: String) async throws -> [UInt8]
}
