internal import CLinux
internal import Glibc
internal import ReplicationEngine

/// A port of this host that one peer is expected at: whoever has the token comes in, nobody else.
final class Doorway: @unchecked Sendable {
  let port: Int
  private var socket: CInt
  private(set) var turnedAway: [String] = []
  /// Those who have come and not said all of the token yet, the oldest first.
  private var waiting: [Caller] = []

  private struct Caller {
    let socket: CInt
    let place: String
    let deadline: Deadline
    var said: [UInt8] = []
  }

  /// Seconds within which a caller has to say the token, and how many may be at it at the same time.
  private static let patience = 10.0
  private static let crowd = 64

  /// Opens a free port of the range on the address, nil for all addresses; any port without a range. It
  /// begins anywhere in the range, so that runs do not meet and nobody knows the next one.
  init(address: String?, ports: ClosedRange<Int>?) throws(HostError) {
    let ports = ports ?? 0...0
    let first = Int.random(in: 0..<ports.count)
    var failure: CInt = EADDRNOTAVAIL
    for index in 0..<ports.count {
      let port = ports.lowerBound + (first + index) % ports.count
      switch Self.listen(address, port) {
      case .success(let socket):
        self.socket = socket
        self.port = Self.ownPort(socket)
        return
      case .failure(let error):
        failure = error.number
        // Only what is taken, or not for us, may be otherwise with the next.
        if ![EADDRINUSE, EACCES].contains(error.number) {
          throw Self.failure(error.number, address, ports)
        }
      }
    }
    throw Self.failure(failure, address, ports)
  }

  deinit { shut() }

  /// Closes the port, and lets go of all who wait there.
  func shut() {
    if socket >= 0 { close(socket) }
    socket = -1
    for caller in waiting { close(caller.socket) }
    waiting = []
  }

  /// Waits for the peer with the token: its socket, not blocking. Nil where the time is up or it was
  /// stopped.
  func peer(with token: LinkToken, until deadline: Deadline, _ stop: StopSignal) -> CInt? {
    while !deadline.hasPassed, !stop.isRaised {
      var watched = [
        pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
      ]
      watched += waiting.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
      let next = waiting.map(\.deadline.milliseconds).min() ?? .max
      poll(&watched, nfds_t(watched.count), min(deadline.milliseconds, next))
      let ready = Set(watched.filter { $0.revents != 0 }.map(\.fd))
      if let found = hear(ready, token) { return found }
      if ready.contains(socket) { welcome() }
    }
    return nil
  }

  private func hear(_ ready: Set<CInt>, _ token: LinkToken) -> CInt? {
    for index in waiting.indices.reversed() {
      if ready.contains(waiting[index].socket) {
        let wanted = token.line.count - waiting[index].said.count
        var bytes = [UInt8](repeating: 0, count: wanted)
        let count = recv(waiting[index].socket, &bytes, wanted, 0)
        if count > 0 {
          waiting[index].said += bytes[..<count]
          guard count == wanted else { continue }
          if token.isSaid(by: waiting[index].said) { return waiting.remove(at: index).socket }
        } else if count < 0, errno == EAGAIN || errno == EINTR {
          continue
        }
        turnAway(index)
      } else if waiting[index].deadline.hasPassed {
        turnAway(index)
      }
    }
    return nil
  }

  private func welcome() {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let (caller, place) = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        let flags = CInt(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let caller = accept4(socket, pointer, &length, flags)
        return (caller, Endpoint.numeric(pointer, length))
      }
    }
    guard caller >= 0 else { return }
    if waiting.count >= Self.crowd { turnAway(0) }
    waiting.append(
      Caller(socket: caller, place: place, deadline: Deadline(seconds: Self.patience)))
  }

  private func turnAway(_ index: Int) {
    let caller = waiting.remove(at: index)
    close(caller.socket)
    if !turnedAway.contains(caller.place), turnedAway.count < 16 { turnedAway.append(caller.place) }
  }

  private struct Failure: Error { var number: CInt }

  private static func listen(_ address: String?, _ port: Int) -> Result<CInt, Failure> {
    guard let address else {
      // Both families by one socket, where the system has both.
      let both = open("::", port)
      if case .failure(let error) = both,
        error.number == EAFNOSUPPORT || error.number == EADDRNOTAVAIL
      {
        return open("0.0.0.0", port)
      }
      return both
    }
    return open(address, port)
  }

  private static func open(_ address: String, _ port: Int) -> Result<CInt, Failure> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, "\(port)", &hints, &list) == 0, let first = list?.pointee else {
      return .failure(Failure(number: EADDRNOTAVAIL))
    }
    defer { freeaddrinfo(list) }
    let type = first.ai_socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = Glibc.socket(first.ai_family, type, first.ai_protocol)
    guard descriptor >= 0 else { return .failure(Failure(number: errno)) }
    Endpoint.set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
    if first.ai_family == AF_INET6 {
      Endpoint.set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0)
    }
    guard bind(descriptor, first.ai_addr, first.ai_addrlen) == 0,
      Glibc.listen(descriptor, 16) == 0
    else {
      defer { close(descriptor) }
      return .failure(Failure(number: errno))
    }
    return .success(descriptor)
  }

  private static func ownPort(_ descriptor: CInt) -> Int {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        getsockname(descriptor, pointer, &length)
        return Int(Endpoint.numeric(pointer, length, service: true)) ?? 0
      }
    }
  }

  private static func failure(_ number: CInt, _ address: String?, _ ports: ClosedRange<Int>)
    -> HostError
  {
    let range =
      ports == 0...0
      ? "a free port"
      : ports.count == 1
        ? "port \(ports.lowerBound)" : "ports \(ports.lowerBound) to \(ports.upperBound)"
    return HostError(
      .linkPort, subject: address ?? "this host", errno: number,
      detail: "\(range): \(String(cString: strerror(number)))")
  }
}
