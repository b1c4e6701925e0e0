internal import CSSH2
internal import Glibc
internal import ReplicationEngine

/// One command on the other side: a channel of a session, used on the session's thread.
final class Channel: @unchecked Sendable {
  let session: SSHSession
  let raw: OpaquePointer
  private var errors = ErrorText()
  /// What arrived on standard error, also what was dropped.
  var errorCount: Int { errors.count }
  private var isFreed = false
  /// What the last read brought. One buffer for all reads, and always as long: libssh2 1.10 works out
  /// by the buffer's length how far it has to open the window. Where that could not be sent at once
  /// (new keys, a full socket) and is repeated with another length, it believes in a window that is
  /// smaller than the one it gave, and drops without a word what arrives beyond it.
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 512 << 10, alignment: 16)

  /// Bytes the other side may send before we answer: twice what a line of 1 Gbit/s holds, as what is
  /// read is told only now and then.
  private static func window(roundTrip: Double?) -> UInt32 {
    UInt32(min(max((roundTrip ?? 0) * 250e6, 8e6), 32e6))
  }
  private static let packet: UInt32 = 32 << 10

  /// Opens a channel. Nothing runs yet, so that a failure here may be tried again.
  init(_ session: SSHSession) throws(HostError) {
    self.session = session
    let window = Self.window(roundTrip: session.roundTrip)
    let opened = session.wait(
      until: Deadline(seconds: 30),
      pointer: {
        libssh2_channel_open_ex(session.raw, "session", 7, window, Self.packet, nil, 0)
      })
    guard let opened else { throw session.error(.channel, session.lastError) }
    raw = opened
  }

  deinit {
    if !isFreed { libssh2_channel_free(raw) }
    buffer.deallocate()
  }

  /// Starts a line in the user's login shell.
  func start(_ line: String) throws(HostError) {
    let status = session.wait(until: Deadline(seconds: 30)) {
      libssh2_channel_process_startup(raw, "exec", 4, line, UInt32(line.utf8.count))
    }
    guard status == 0 else {
      throw session.error(.exec, session.lastError)
    }
  }

  /// Waits until the line has said a text on standard error, which is then forgotten with all before it.
  func hear(_ text: String, until deadline: Deadline) throws(HostError) {
    while true {
      try drainErrors()
      if errors.forget(through: text) { return }
      guard !isAtEnd else { throw session.error(.exec, errors.end.text) }
      guard !deadline.hasPassed, !session.stop.isRaised else {
        throw session.error(.stalled, "the line does not begin")
      }
      session.waitForSocket(deadline.milliseconds)
    }
  }

  /// What a read found: bytes, none at the moment or no more, or a link that broke.
  enum Reading { case bytes(Int), nothing, failed }

  /// Reads into `buffer`.
  func read(stream: CInt = 0) -> Reading {
    let count = libssh2_channel_read_ex(
      raw, stream, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    if count > 0 { return .bytes(Int(count)) }
    switch CInt(count) {
    // "Bad use" is said where half of a packet of ours waits for room: what we had to say in return
    // is said at the next read.
    case 0, LIBSSH2_ERROR_EAGAIN, LIBSSH2_ERROR_BAD_USE: return .nothing
    default: return .failed
    }
  }

  /// Takes standard error off the line, so that neither side waits for the other.
  func drainErrors() throws(HostError) {
    while true {
      switch read(stream: SSH_EXTENDED_DATA_STDERR) {
      case .bytes(let count):
        errors.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      case .nothing: return
      case .failed: throw session.lost()
      }
    }
  }

  /// Whether there is something to read that has left the socket already, or the end.
  var hasMore: Bool { libssh2_poll_channel_read(raw, 1) != 0 || isAtEnd }

  /// The other side has said all that it will say, and we have read it.
  var isAtEnd: Bool { libssh2_channel_eof(raw) != 0 }

  func sendEnd(until deadline: Deadline) {
    _ = session.wait(until: deadline) { libssh2_channel_send_eof(raw) }
  }

  /// Waits for the host to close, and says how the command ended.
  ///
  /// libssh2 gives 0 also for a status that never came. The line's own word on standard error tells
  /// the two apart: an end that nobody saw is never a success.
  func finish(output: [UInt8]) throws(HostError) -> CommandResult {
    sendEnd(until: Deadline(seconds: 10))
    try? drainErrors()
    let (text, told, filter) = errors.end
    var closed: CInt = -1
    if told == nil {
      // Its status or signal may still be on the way; whoever closes first would miss it.
      closed = session.wait(until: Deadline(seconds: 2)) { libssh2_channel_wait_closed(raw) }
    }
    // Where the line has spoken, a host that is slow to close holds nobody up.
    let deadline = Deadline(seconds: told == nil ? 10 : 1)
    _ = session.wait(until: deadline) { libssh2_channel_close(raw) }
    if closed != 0 { closed = session.wait(until: deadline) { libssh2_channel_wait_closed(raw) } }
    let signal = exitSignal()
    let status = libssh2_channel_get_exit_status(raw)
    isFreed = session.wait(until: Deadline(seconds: 1)) { libssh2_channel_free(raw) } == 0
    let end = LineEnd(
      told: told, filter: filter, status: status, signal: signal, output: output, errors: text)
    if let result = end.result { return result }
    guard closed == 0 else { throw session.lost() }
    throw session.error(end.silence.code, end.silence.words)
  }

  private func exitSignal() -> Int32? {
    var name: UnsafeMutablePointer<CChar>?
    libssh2_channel_get_exit_signal(raw, &name, nil, nil, nil, nil, nil)
    guard let name else { return nil }
    defer { libssh2_free(session.raw, name) }
    return Self.signals[String(cString: name)] ?? SIGKILL
  }

  /// RFC 4254, 6.10.
  private static let signals: [String: Int32] = [
    "ABRT": SIGABRT, "ALRM": SIGALRM, "FPE": SIGFPE, "HUP": SIGHUP, "ILL": SIGILL, "INT": SIGINT,
    "KILL": SIGKILL, "PIPE": SIGPIPE, "QUIT": SIGQUIT, "SEGV": SIGSEGV, "TERM": SIGTERM,
    "USR1": SIGUSR1, "USR2": SIGUSR2,
  ]
}
