internal import CSSH2
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// One libssh2 session, which is not thread-safe: its owner uses it from one serial queue.
///
/// Not blocking: each call that would wait is repeated, with the same arguments, after poll(2).
final class SSHSession: @unchecked Sendable {
  let raw: OpaquePointer
  let socket: CInt
  let endpoint: Endpoint
  let link: Link
  /// Ends every wait; set anew for each command of a control session.
  var stop: StopSignal

  /// Hears of each step on the way to a shell as soon as it is taken.
  typealias Told = @Sendable (CheckResult) -> Void

  private static let library: CInt = libssh2_init(0)

  /// Connects, and agrees on keys; logs in nowhere. `hostKeys` are the algorithms in the order we want
  /// them, nil for all that we take.
  init(
    _ endpoint: Endpoint, hostKeys: [String]? = nil, stop: StopSignal, told: Told = { _ in }
  ) throws(HostError) {
    guard Self.library == 0, let session = libssh2_session_init_ex(nil, nil, nil, nil) else {
      throw HostError(.system, subject: endpoint.label, detail: "libssh2 could not be started")
    }
    do { socket = try endpoint.connect(stop, told: told) } catch {
      libssh2_session_free(session)
      throw error
    }
    let deadline = Deadline(seconds: Double(max(endpoint.timeout, 1)))
    raw = session
    link = Link(deadline: deadline)
    self.endpoint = endpoint
    self.stop = stop
    libssh2_session_set_blocking(raw, 0)
    link.install(in: raw)
    Algorithms.prefer(hostKeys: hostKeys, in: raw)
    let status = wait(until: deadline) { libssh2_session_handshake(raw, socket) }
    let greeting = Greeting(link.beginning)
    if greeting.isSSH, !link.isFlooded { told(.good(.banner, greeting.line)) }
    guard status == 0 else { throw handshakeError(status, greeting, hostKeys) }
    told(.good(.keyExchange, Algorithms.agreed(in: raw)))
    // No answers wanted: libssh2 would keep each of them. TCP notices a host that is gone.
    libssh2_keepalive_config(raw, 0, 15)
  }

  deinit {
    // Without waiting: a dead peer would not answer a farewell. The socket is shut down first, for
    // libssh2 gives its memory back only when nothing of it is left to send.
    libssh2_session_disconnect_ex(raw, SSH_DISCONNECT_BY_APPLICATION, "done", "")
    shutdown(socket, Int32(SHUT_RDWR))
    libssh2_session_free(raw)
    close(socket)
  }

  var label: String { endpoint.label }

  /// Repeats a call that would block until it is through, or the time is up.
  func wait(until deadline: Deadline, _ call: () -> CInt) -> CInt {
    while true {
      let status = call()
      guard status == LIBSSH2_ERROR_EAGAIN else { return status }
      guard mayWait(until: deadline) else { return LIBSSH2_ERROR_TIMEOUT }
      waitForSocket(deadline.milliseconds)
    }
  }

  /// The same for a call that gives a pointer.
  func wait<Value>(until deadline: Deadline, pointer call: () -> Value?) -> Value? {
    while true {
      if let value = call() { return value }
      guard libssh2_session_last_errno(raw) == LIBSSH2_ERROR_EAGAIN, mayWait(until: deadline)
      else { return nil }
      waitForSocket(deadline.milliseconds)
    }
  }

  private func mayWait(until deadline: Deadline) -> Bool {
    !deadline.hasPassed && !link.isFlooded && !stop.isRaised
  }

  /// Waits for the directions that libssh2 is blocked in, or the stop.
  func waitForSocket(_ milliseconds: CInt) {
    var waiting = [
      pollfd(fd: socket, events: socketEvents, revents: 0),
      pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    poll(&waiting, 2, milliseconds)
  }

  var socketEvents: Int16 {
    let directions = libssh2_session_block_directions(raw)
    var events: Int16 = 0
    if directions & LIBSSH2_SESSION_BLOCK_INBOUND != 0 { events |= Int16(POLLIN) }
    if directions & LIBSSH2_SESSION_BLOCK_OUTBOUND != 0 { events |= Int16(POLLOUT) }
    return events == 0 ? Int16(POLLIN) : events
  }

  /// Says that we are here, where nothing was sent for a while: firewalls forget quiet lines.
  ///
  /// Only into a socket with room: half a packet would stand in the way of the next one.
  func keepAlive() {
    var room = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
    guard poll(&room, 1, 0) > 0, room.revents == Int16(POLLOUT) else { return }
    var next: CInt = 0
    libssh2_keepalive_send(raw, &next)
  }

  /// The shortest round trip seen on this line, in seconds; nil where the system does not tell.
  var roundTrip: Double? {
    // struct tcp_info of linux/tcp.h, as far as tcpi_min_rtt in its 148th byte, in microseconds.
    let (size, place) = (152, 148)
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { info in
      var length = socklen_t(size)
      guard getsockopt(socket, Int32(IPPROTO_TCP), TCP_INFO, info.baseAddress, &length) == 0,
        length == size
      else { return nil }
      return Double(info.load(fromByteOffset: place, as: UInt32.self)) / 1e6
    }
  }

  /// What libssh2 says of its last failure.
  var lastError: String {
    var text: UnsafeMutablePointer<CChar>?
    libssh2_session_last_error(raw, &text, nil, 0)
    return text.map { String(cString: $0) } ?? ""
  }

  /// An error of this session; a wait that was stopped on purpose is no fault of the host.
  func error(_ code: HostError.Code, _ detail: String) -> HostError {
    stop.isRaised
      ? HostError(.cancelled, subject: label) : HostError(code, subject: label, detail: detail)
  }

  /// Whether the host has closed the line; its farewell may be on the way for a moment.
  var isHungUp: Bool {
    let closed: Int16 = 0x2000  // POLLRDHUP, which Glibc's module leaves out (poll(2)).
    var waiting = pollfd(fd: socket, events: closed, revents: 0)
    return poll(&waiting, 1, 200) > 0
  }

  func lost() -> HostError { error(.connectionLost, lastError) }

  private func handshakeError(_ status: CInt, _ greeting: Greeting, _ hostKeys: [String]?)
    -> HostError
  {
    let said = greeting.line.isEmpty ? "it said nothing" : "it said: \(greeting.line)"
    let isTimeout = status == LIBSSH2_ERROR_TIMEOUT
    guard greeting.isSSH, !link.isFlooded else {
      if link.isFlooded { return error(.banner, said) }
      if greeting.line.isEmpty { return error(isTimeout ? .bannerTimeout : .bannerClosed, said) }
      return error(greeting.turnsAway ? .bannerClosed : .banner, said)
    }
    switch status {
    case LIBSSH2_ERROR_TIMEOUT: return error(.handshakeTimeout, said)
    default:
      // sshd hangs up, too, where it finds nothing in common before we do.
      if let gaps = Algorithms.gaps(greeting, hostKeys: hostKeys, in: raw) {
        return error(.handshake, gaps)
      }
      return isHungUp
        ? error(.handshakeClosed, said) : error(.handshake, "\(lastError); \(said)")
    }
  }

  /// The key the host has shown.
  func hostKey() throws(HostError) -> HostKey {
    var length = 0
    var type: CInt = 0
    guard let blob = libssh2_session_hostkey(raw, &length, &type), length > 4 else {
      throw error(.handshake, "the host showed no key")
    }
    return HostKey(blob: Array(UnsafeRawBufferPointer(start: blob, count: length)))
  }
}
