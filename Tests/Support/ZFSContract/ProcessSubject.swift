public import Foundation

/// A `zfs` program as subject: OpenZFS itself, or `zfs-sandbox`.
public struct ProcessSubject: ContractSubject {
  public let pools: (source: String, target: String)
  let program: URL
  let first: [String]
  let environment: [String: String]
  let mounts: String

  /// - Parameters:
  ///   - program: the executable.
  ///   - first: words before the arguments, such as `zfs` for `zfs-sandbox`.
  ///   - environment: what is added to this process's own.
  ///   - mounts: the folder in front of every mount point; empty for OpenZFS.
  ///   - source: the pool that cases send from.
  ///   - target: the pool that cases receive into.
  public init(
    program: URL, first: [String] = [], environment: [String: String] = [:], mounts: String = "",
    source: String, target: String
  ) {
    self.program = program
    self.first = first
    self.environment = environment
    self.mounts = mounts
    pools = (source, target)
  }

  public func run(_ arguments: [String], input: [UInt8]) async throws -> ContractResult {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: a stream larger than a pipe cannot block both sides.
    let files = ["in", "out", "err"].map { folder.appending(path: $0) }
    try Data(input).write(to: files[0])
    try Data().write(to: files[1])
    try Data().write(to: files[2])
    let process = Process()
    process.executableURL = program
    process.arguments = first + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return ContractResult(
      status: process.terminationStatus, output: [UInt8](try Data(contentsOf: files[1])),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }

  public func write(_ bytes: [UInt8], to file: String, of dataset: String) async throws {
    try Data(bytes).write(to: URL(filePath: "\(mounts)/\(dataset)/\(file)"))
  }

  public func read(_ file: String, of dataset: String) async throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: "\(mounts)/\(dataset)/\(file)")))
  }
}
