import Foundation
import SandboxZFS
import ZFSContract

/// The sandbox in memory, as the contract's subject.
actor MemorySubject: ContractSubject {
  nonisolated let pools = (source: "source", target: "target")
  let storage = MemoryStorage()
  private let machine: SandboxMachine

  init() {
    machine = SandboxMachine(state: SandboxState(seed: 7), storage: storage) { 1_767_225_600 }
    for pool in ["source", "target"] { _ = machine.run(["zpool", "create", pool]) }
  }

  func run(_ arguments: [String], input: [UInt8]) -> ContractResult {
    let result = machine.run(["zfs"] + arguments, input: input)
    return ContractResult(status: result.status, output: result.output, errors: result.errors)
  }

  func keep(_ bytes: [UInt8], at path: String) {
    storage.files[path] = String(decoding: bytes, as: UTF8.self)
  }

  func write(_ bytes: [UInt8], to file: String, of dataset: String) {
    storage.write(bytes, to: file, of: dataset)
  }

  func read(_ file: String, of dataset: String) -> [UInt8] {
    storage.bytes(file, of: dataset) ?? []
  }
}

/// A folder with two pools that the built `zfs-sandbox` keeps; it goes with its last user.
final class PracticeFolder: Sendable {
  let root: String
  let subject: ProcessSubject

  /// The program lies beside the tests that the same build made.
  static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "zfs-sandbox")

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "zfs-sandbox-\(UUID())").path()
    subject = ProcessSubject(
      program: Self.program, first: ["zfs"], environment: ["ZFS_SANDBOX": root],
      mounts: root + "/mnt", source: "source", target: "target")
    for pool in ["source", "target"] { try run("zpool", "create", pool) }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// A process of the sandbox, not yet started.
  func process(_ words: [String]) -> Process {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = words
    process.environment = ["ZFS_SANDBOX": root]
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Runs a command that must succeed; gives its text.
  @discardableResult
  func run(_ words: String...) throws -> String {
    let process = process(words)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CommandFailed(words: words) }
    return text
  }

  struct CommandFailed: Error { var words: [String] }
}
