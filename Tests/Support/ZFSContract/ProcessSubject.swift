public import Foundation
internal import Glibc

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
    // Files, not pipes: a stream larger than a pipe cannot block both sides.
    let name = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
    let files = ["in", "out", "err"].map { "\(name).\($0)" }
    defer { for file in files { unlink(file) } }
    try Data(input).write(to: URL(filePath: files[0]))
    var status = try start(first + arguments, files)
    // Linux says now and then that a fresh mount point is busy where mounts of other cases go on.
    if arguments.first == "create", status == 1, let name = arguments.last,
      String(decoding: try Data(contentsOf: URL(filePath: files[2])), as: UTF8.self)
        .contains("busy\nfilesystem successfully created, but not mounted")
    {
      status = try start(first + ["mount", name], files)
    }
    return ContractResult(
      status: status, output: [UInt8](try Data(contentsOf: URL(filePath: files[1]))),
      errors: String(decoding: try Data(contentsOf: URL(filePath: files[2])), as: UTF8.self))
  }

  /// Runs the program to its end; gives its exit code.
  ///
  /// Foundation's `Process` takes as long as a `zfs` command itself in an emulated machine.
  private func start(_ arguments: [String], _ files: [String]) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, files[0], O_RDONLY, 0)
    for (descriptor, file) in [(CInt(1), files[1]), (2, files[2])] {
      posix_spawn_file_actions_addopen(
        &actions, descriptor, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    var words = ([program.path()] + arguments).map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, program.path(), &actions, nil, &words, &settings)
    guard failure == 0 else {
      throw ContractFailure(
        description: "\(program.path()) does not start: \(String(cString: strerror(failure)))")
    }
    var status: CInt = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    // As a shell tells it: what a signal ended has 128 and the signal's number.
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  public func keep(_ bytes: [UInt8], at path: String) async throws {
    try Data(bytes).write(to: URL(filePath: path))
    chmod(path, 0o600)
  }

  public func write(_ bytes: [UInt8], to file: String, of dataset: String) async throws {
    try Data(bytes).write(to: URL(filePath: "\(mounts)/\(dataset)/\(file)"))
  }

  public func read(_ file: String, of dataset: String) async throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: "\(mounts)/\(dataset)/\(file)")))
  }
}
