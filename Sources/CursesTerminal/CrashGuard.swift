internal import CLinux
import Glibc

/// Gives the terminal back as it was, however the program ends, and tells of signals through a pipe.
///
/// A signal handler may use next to nothing, so all it needs stands ready in memory that never
/// moves. Handlers of ordinary signals write one byte; handlers of crashes restore and die.
enum CrashGuard {
  private struct Saved {
    var input: Int32
    var output: Int32
    var before: termios
    var farewell: UnsafeMutableRawPointer
    var farewellLength: Int
    /// Standard error as it was, and what takes its place while the screen is up; -1 without.
    var errors: Int32 = -1
    var caught: Int32 = -1
    var keepsErrors = true
    var pipe: (reading: Int32, writing: Int32) = (-1, -1)
    /// Whether the screen is up: only then there is something to give back.
    var isUp = true
  }

  /// Allocated once, never freed: a handler may run at any time.
  nonisolated(unsafe) private static var saved: UnsafeMutablePointer<Saved>?

  /// Where signals arrive, a byte each; -1 while nothing is armed.
  static var signals: Int32 { saved?.pointee.pipe.reading ?? -1 }

  /// Ctrl-C and what else ends or stops a program.
  private static let ordinary = [
    SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH,
  ]
  private static let crashes = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE]

  /// Puts the handlers in place; false where the system has no descriptors left. Where a screen is
  /// drawn, standard error is kept from it.
  static func arm(
    input: Int32, output: Int32, before: termios, farewell: [UInt8], keepsErrors: Bool = true
  ) -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_NONBLOCK | O_CLOEXEC) == 0 else { return false }
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, farewell.count), alignment: 1)
    bytes.copyMemory(from: farewell, byteCount: farewell.count)
    let memory = UnsafeMutablePointer<Saved>.allocate(capacity: 1)
    memory.initialize(
      to: Saved(
        input: input, output: output, before: before, farewell: bytes,
        farewellLength: farewell.count))
    memory.pointee.pipe = (ends[0], ends[1])
    memory.pointee.keepsErrors = keepsErrors
    let isFirst = saved == nil
    saved = memory
    catchErrors()
    if isFirst {
      atexit { CrashGuard.restore() }
      giveHandlersAStack()
    }
    for signal in crashes { handle(signal, onStack: true) { CrashGuard.crash($0) } }
    handleOrdinary()
    return true
  }

  /// The screen is closed in good order: signals do again what they do by default.
  static func disarm() {
    guard let saved, saved.pointee.isUp else { return }
    saved.pointee.isUp = false
    releaseErrors()
    for number in ordinary + crashes { signal(number, SIG_DFL) }
  }

  /// Before a stop: standard error is the terminal's again.
  static func pause() {
    saved?.pointee.isUp = false
    releaseErrors()
  }

  static func unpause() {
    guard let saved else { return }
    saved.pointee.isUp = true
    if saved.pointee.caught == -1 { catchErrors() }
    handleOrdinary()
  }

  // MARK: In a handler: only calls that are safe there

  private static func crash(_ number: Int32) {
    restore()
    signal(number, SIG_DFL)
    raise(number)
  }

  private static func tell(_ number: Int32) {
    guard let saved else { return }
    let before = errno
    var byte = UInt8(truncatingIfNeeded: number)
    write(saved.pointee.pipe.writing, &byte, 1)
    errno = before
  }

  private static func restore() {
    guard let saved, saved.pointee.isUp else { return }
    saved.pointee.isUp = false
    write(saved.pointee.output, saved.pointee.farewell, saved.pointee.farewellLength)
    tcsetattr(saved.pointee.input, TCSANOW, &saved.pointee.before)
    releaseErrors()
  }

  // MARK: Standard error

  /// A line that a library writes there would be drawn over the screen: it waits in memory instead.
  private static func catchErrors() {
    guard let saved, saved.pointee.keepsErrors, isatty(STDERR_FILENO) == 1 else { return }
    let memory = memfd_create("zferry-stderr", 1)
    guard memory >= 0 else { return }
    saved.pointee.errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    saved.pointee.caught = memory
    dup2(memory, STDERR_FILENO)
  }

  /// Standard error is itself again, and gets what was kept for it. Safe in a handler.
  private static func releaseErrors() {
    guard let saved, saved.pointee.caught >= 0 else { return }
    dup2(saved.pointee.errors, STDERR_FILENO)
    lseek(saved.pointee.caught, 0, SEEK_SET)
    withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
      while let base = buffer.baseAddress {
        let count = read(saved.pointee.caught, base, buffer.count)
        guard count > 0 else { break }
        write(STDERR_FILENO, base, count)
      }
    }
    close(saved.pointee.caught)
    close(saved.pointee.errors)
    saved.pointee.caught = -1
  }

  // MARK: Handlers

  private static func handleOrdinary() {
    for signal in ordinary { handle(signal, onStack: false) { CrashGuard.tell($0) } }
  }

  private static func handle(
    _ number: Int32, onStack: Bool, _ handler: @escaping @convention(c) (Int32) -> Void
  ) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = onStack ? SA_ONSTACK : SA_RESTART
    sigaction(number, &action, nil)
  }

  /// A stack that has overflowed cannot run a handler.
  private static func giveHandlersAStack() {
    let size = 64 * 1024
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
  }
}
