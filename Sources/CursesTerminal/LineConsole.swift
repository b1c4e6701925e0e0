internal import CLinux
import Glibc

/// Lines in, lines out: for plain mode, on a terminal that need not place its cursor, or on pipes.
///
/// A secret is typed without being shown; whatever ends or stops the program then, the terminal
/// shows again what is typed.
public final class LineConsole {
  /// What a wait is for.
  public enum Wish: Hashable, Sendable { case line, secret, nothing }
  /// What ended it.
  public enum Event: Hashable, Sendable {
    case line(String)
    /// Ctrl-C.
    case interrupted
    case endOfInput
    /// A signal asks the program to end, or the terminal is gone.
    case hangUp
    /// `Waker.wake` was called.
    case woken
    /// After a stop: what was asked is to be asked again.
    case resumed
    case timeout
  }

  private let input: Int32
  private let output: Int32
  private let waker: Waker
  private let before: termios
  /// Whether both ends are a terminal.
  public let isInteractive: Bool
  /// Bytes that were read and not asked for yet.
  private var bytes: [UInt8] = []
  private var hasEnded = false
  private var isBroken = false

  /// Takes the signals of the program; `close` gives them back.
  public init(_ waker: Waker, input: Int32 = 0, output: Int32 = 1) throws(TerminalProblem) {
    self.waker = waker
    self.input = input
    self.output = output
    var settings = termios()
    tcgetattr(input, &settings)
    before = settings
    isInteractive = isatty(input) == 1 && isatty(output) == 1
    // A reader that has gone away is told by the write.
    Glibc.signal(SIGPIPE, SIG_IGN)
    guard
      CrashGuard.arm(
        input: input, output: output, before: settings, farewell: [], keepsErrors: false)
    else { throw .system(errno) }
  }

  /// The columns of a line, or nil where nobody knows.
  public var columns: Int? {
    var window = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return nil }
    return Int(window.ws_col)
  }

  /// Writes all of it; where that is not possible, the next wait ends with `.hangUp`.
  public func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty, !isBroken {
      let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        isBroken = true
      }
    }
  }

  /// Writes a prompt. Before that of a secret the terminal stops showing what is typed; it shows it
  /// again when the secret is there, or nothing of the kind will come.
  public func ask(_ prompt: String, isSecret: Bool) {
    if isSecret { setEcho(false) }
    write(prompt)
  }

  /// Waits for what is wanted, or for what comes first; nil waits for ever.
  public func wait(for wish: Wish, seconds: Double?) -> Event {
    let event = event(for: wish, seconds: seconds)
    switch event {
    case .woken, .timeout: break
    case .line, .interrupted, .endOfInput, .hangUp, .resumed: if wish == .secret { setEcho(true) }
    }
    return event
  }

  private func event(for wish: Wish, seconds: Double?) -> Event {
    guard !isBroken else { return .hangUp }
    while true {
      if wish != .nothing {
        if let line = nextLine() { return .line(line) }
        // What stands there without its end may be half an answer: it is none.
        if hasEnded { return .endOfInput }
      }
      if let event = poll(for: wish, seconds: seconds) { return event }
      fill()
    }
  }

  /// Drops what was typed, and what of it was read.
  public func discardTypedAhead() {
    guard isInteractive else { return }
    bytes = []
    tcflush(input, TCIFLUSH)
  }

  /// Gives signals and the terminal back.
  public func close() {
    setEcho(true)
    CrashGuard.disarm()
  }

  private func nextLine() -> String? {
    guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
    var line = bytes[..<end]
    if line.last == 0x0D { line.removeLast() }
    let text = String(decoding: line, as: UTF8.self)
    bytes.removeSubrange(...end)
    return text
  }

  private func fill() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &buffer, buffer.count)
    if count > 0 {
      bytes += buffer[..<count]
    } else if count == 0 || errno != EINTR {
      hasEnded = true
    }
  }

  /// What is there first; nil says that something can be read.
  private func poll(for wish: Wish, seconds: Double?) -> Event? {
    let wanted = Int16(wish == .nothing ? 0 : POLLIN)
    var polled = [
      // A pipe whose writer has gone may hold lines all the same.
      pollfd(fd: wish == .nothing && !isInteractive ? -1 : input, events: wanted, revents: 0),
      pollfd(fd: CrashGuard.signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = seconds.map { Int32(max(0, min($0 * 1000, 2_000_000_000)).rounded(.up)) }
    let count = Glibc.poll(&polled, nfds_t(polled.count), milliseconds ?? -1)
    // A signal interrupts the poll; its byte is in the pipe all the same.
    if count < 0 || polled[1].revents != 0, let event = signalled() { return event }
    if count < 0 { return .timeout }
    if polled[2].revents != 0 {
      waker.drain()
      return .woken
    }
    if polled[0].revents != 0 { return wish == .nothing ? .hangUp : nil }
    return .timeout
  }

  private func signalled() -> Event? {
    var number: UInt8 = 0
    guard read(CrashGuard.signals, &number, 1) == 1 else { return nil }
    switch Int32(number) {
    case SIGINT: return .interrupted
    case SIGWINCH: return nil
    case SIGTSTP:
      stop()
      return .resumed
    case SIGCONT: return .resumed
    default: return .hangUp
    }
  }

  /// Stops as a shell expects it: with the terminal as it was.
  private func stop() {
    tcsetattr(input, TCSANOW, [before])
    CrashGuard.pause()
    Glibc.signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    CrashGuard.unpause()
  }

  private func setEcho(_ isOn: Bool) {
    guard isatty(input) == 1 else { return }
    var settings = before
    if !isOn {
      settings.c_lflag &= ~tcflag_t(ECHO)
      settings.c_lflag |= tcflag_t(ECHONL)
    }
    // What was typed ahead stays: it may be the answer.
    tcsetattr(input, TCSADRAIN, &settings)
  }

  deinit { close() }
}
