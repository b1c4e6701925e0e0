internal import CLinux
internal import Glibc
internal import ReplicationEngine
internal import Subprocess
internal import SystemPackage

/// A process with one end of a pipe in our hands.
struct LocalStream: RunningStream {
  let handle: StreamHandle
  private let program: String
  private let process: Task<CommandResult, any Error>

  init<Output: OutputProtocol>(
    handle: CInt, program: String,
    run: @escaping @Sendable () async throws -> ExecutionResult<Void, Output, BytesOutput>
  ) {
    self.handle = StreamHandle(handle)
    self.program = program
    process = Task {
      let record = try await run()
      return CommandResult(
        exit: .init(record.terminationStatus), errors: LocalHost.text(record.standardError))
    }
  }

  func finish() async throws(HostError) -> CommandResult {
    do { return try await process.value } catch is CancellationError {
      return CommandResult(exit: .signal(SIGTERM))
    } catch {
      throw LocalHost.hostError(error, program: program)
    }
  }

  /// Cancelling runs the teardown: SIGTERM, and after ten seconds SIGKILL.
  func terminate() async { process.cancel() }
}

/// A pipe whose ends are closed in children that are not given them, made as large as the system allows.
struct Pipe {
  let reading: FileDescriptor
  let writing: FileDescriptor

  init() throws(HostError) {
    var ends: [CInt] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      throw HostError(
        .system, subject: "pipe", errno: errno, detail: String(cString: strerror(errno)))
    }
    // Fewer wake-ups on both sides; refused beyond the user's limit, and then the default will do.
    _ = fcntl(ends[1], CInt(LINUX_F_SETPIPE_SZ), 1 << 20)
    reading = FileDescriptor(rawValue: ends[0])
    writing = FileDescriptor(rawValue: ends[1])
  }
}
