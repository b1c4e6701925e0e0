internal import Glibc
public import ReplicationEngine
public import ReplicationModel
internal import Subprocess
internal import SystemPackage

/// This machine: commands are processes, streams are pipes.
public struct LocalHost: HostPort {
  public let label: String
  private let paths: ToolPaths
  private let sudo: Bool
  /// Made once: a run starts thousands of processes.
  private let environment: [[UInt8]]

  /// - Parameters:
  ///   - label: what messages call this host.
  ///   - sudo: whether commands run through `sudo -n`.
  ///   - searchPath: where `zfs` is looked for first; the environment's PATH by default.
  ///   - environment: values set for the commands, beside those of this process.
  public init(
    label: String = "this host", sudo: Bool = false, searchPath: String? = nil,
    environment: [String: String] = [:]
  ) {
    self.label = label
    self.sudo = sudo
    paths = ToolPaths(searchPath: searchPath ?? getenv("PATH").map { String(cString: $0) })
    // Messages are read by a program: they have to be in the language it knows.
    self.environment = EnvironmentBytes.inherited(
      changed: environment.merging(["LC_ALL": "C"]) { $1 })
  }

  public func run(_ command: Command) async throws(HostError) -> CommandResult {
    let words = try words(command)
    do {
      guard let input = command.input else { return try await result(words, .none) }
      return try await result(words, .string(input.revealed))
    } catch {
      throw Self.hostError(error, program: words[0])
    }
  }

  private func result(_ words: [String], _ input: some InputProtocol) async throws -> CommandResult
  {
    let record = try await Subprocess.run(
      configuration(words), input: input, output: .bytes(limit: .max), error: .bytes(limit: .max))
    return CommandResult(
      exit: .init(record.terminationStatus), output: record.standardOutput,
      errors: Self.text(record.standardError))
  }

  public func run(_ command: Command, onOutput: @escaping @Sendable (ArraySlice<UInt8>) -> Void)
    async throws(HostError) -> CommandResult
  {
    let stream = try await startSending(command)
    let room = MemoryRoom.forOutput
    let isWhole = await withTaskCancellationHandler {
      await OutputDrain(handle: stream.handle.raw, room: room).toTheEnd(onOutput)
    } onCancel: {
      Task { await stream.terminate() }
    }
    if Task.isCancelled { throw HostError(.cancelled, subject: command.tool) }
    guard isWhole else {
      await stream.terminate()
      _ = try? await stream.finish()
      throw HostError(
        .memory, subject: label, detail: "more than \((room ?? 0) >> 20) MiB of text")
    }
    return try await stream.finish()
  }

  public func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
    let packer = try command.filter.map { (filter) throws(HostError) in try words(filter.command) }
    let stream = try sending(try words(command))
    guard let packer else { return stream }
    return try packing(stream, packer)
  }

  public func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
    let packer = try command.filter.map { (filter) throws(HostError) in try words(filter.command) }
    let stream = try receiving(try words(command))
    guard let packer else { return stream }
    return try unpacking(stream, packer)
  }

  private func sending(_ words: [String]) throws(HostError) -> LocalStream {
    let pipe = try Pipe()
    let settings = configuration(words)
    return LocalStream(handle: pipe.reading.rawValue, program: words[0]) {
      try await Subprocess.run(
        settings, input: .none,
        output: .fileDescriptor(pipe.writing, closeAfterSpawningProcess: true),
        error: .bytes(limit: .max))
    }
  }

  private func receiving(_ words: [String]) throws(HostError) -> LocalStream {
    let pipe = try Pipe()
    let settings = configuration(words)
    return LocalStream(handle: pipe.writing.rawValue, program: words[0]) {
      try await Subprocess.run(
        settings, input: .fileDescriptor(pipe.reading, closeAfterSpawningProcess: true),
        output: .discarded, error: .bytes(limit: .max))
    }
  }

  /// What a sender writes goes through a count into a packer, whose output is the stream's.
  private func packing(_ sender: LocalStream, _ words: [String]) throws(HostError) -> PackedStream {
    let (into, out) = (try Pipe(), try Pipe())
    return PackedStream(
      zfs: sender, packer: filtering(words, from: into.reading, to: out.writing),
      ours: out.reading.rawValue, counting: sender.handle, StreamHandle(into.writing.rawValue))
  }

  /// What a packer unpacks goes through a count into a receiver.
  private func unpacking(_ receiver: LocalStream, _ words: [String]) throws(HostError)
    -> PackedStream
  {
    let (into, out) = (try Pipe(), try Pipe())
    return PackedStream(
      zfs: receiver, packer: filtering(words, from: into.reading, to: out.writing),
      ours: into.writing.rawValue, counting: StreamHandle(out.reading.rawValue), receiver.handle)
  }

  private func filtering(
    _ words: [String], from input: FileDescriptor, to output: FileDescriptor
  ) -> LocalStream {
    let settings = configuration(words)
    return LocalStream(handle: -1, program: words[0]) {
      try await Subprocess.run(
        settings, input: .fileDescriptor(input, closeAfterSpawningProcess: true),
        output: .fileDescriptor(output, closeAfterSpawningProcess: true),
        error: .bytes(limit: .max))
    }
  }

  public func close() async {}

  private func words(_ command: Command) throws(HostError) -> [String] {
    guard let path = paths[command.tool] else {
      if Packer.Program(rawValue: command.tool) != nil {
        throw HostError(.packerMissing, subject: label, detail: command.tool)
      }
      throw HostError(.zfsMissing, subject: label, detail: command.tool)
    }
    guard sudo, command.mayNeedRoot else { return [path] + command.arguments }
    guard let sudoPath = paths["sudo"] else {
      throw HostError(.sudo, subject: label, detail: "sudo is not installed")
    }
    return [sudoPath, "-n", path] + command.arguments
  }

  private func configuration(_ words: [String]) -> Configuration {
    var options = PlatformOptions()
    // No child may read from, or write to, the terminal that the screens use.
    options.createSession = true
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(10))]
    return Configuration(
      executable: .path(FilePath(words[0])), arguments: Arguments(Array(words.dropFirst())),
      environment: .custom(environment), platformOptions: options)
  }

  /// Standard error, cut where it is longer than anyone reads.
  static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix(64 << 10), as: UTF8.self)
  }

  static func hostError(_ error: any Error, program: String) -> HostError {
    if error is CancellationError { return HostError(.cancelled, subject: program) }
    if let error = error as? SubprocessError, error.code == .executableNotFound {
      return HostError(.zfsMissing, subject: program, detail: "\(error)")
    }
    return HostError(.system, subject: program, detail: "\(error)")
  }
}

extension CommandResult.Exit {
  init(_ status: TerminationStatus) {
    switch status {
    case .exited(let code): self = .status(code)
    case .signaled(let signal): self = .signal(signal)
    }
  }
}
