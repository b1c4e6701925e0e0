internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// Where a host answers, and how long we wait for it.
struct Endpoint: Sendable {
  var host: String
  var port: Int
  /// Seconds, for connecting and again for logging in.
  var timeout: Int

  /// How failures name it.
  var label: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// A connected socket, not blocking. Tries every address of the name, each for its share of the time.
  ///
  /// The resolver keeps its own time (resolv.conf(5)); a stop is seen after it.
  func connect(_ stop: StopSignal, told: SSHSession.Told = { _ in }) throws(HostError) -> CInt {
    let deadline = Deadline(seconds: Double(max(timeout, 1)))
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, "\(port)", &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard status == 0 else {
      throw HostError(.resolve, subject: label, detail: String(cString: gai_strerror(status)))
    }
    let addresses = Array(sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil })
    let places = addresses.compactMap { $0.map { numeric($0.pointee) } }
    if !places.isEmpty { told(.good(.resolve, places.joined(separator: ", "))) }
    var failures: [HostError] = []
    for (index, address) in addresses.enumerated() {
      guard let address else { break }
      let share = deadline.secondsLeft / Double(addresses.count - index)
      do throws(HostError) {
        let socket = try connect(to: address.pointee, Deadline(seconds: share), stop)
        told(.good(.connect, "\(places[index]), port \(port)"))
        return socket
      } catch {
        if error.code == .cancelled { throw error }
        failures.append(error)
      }
    }
    throw verdict(failures)
  }

  /// One failure for all addresses: a refusal tells more than a silence, and that more than a missing route.
  private func verdict(_ failures: [HostError]) -> HostError {
    let order: [HostError.Code] = [.refused, .connectTimeout, .unreachable]
    let first = order.lazy.compactMap { code in failures.first { $0.code == code } }.first
    guard var worst = first ?? failures.first else {
      return HostError(.resolve, subject: label, detail: "the name has no address")
    }
    worst.detail = failures.map(\.detail).joined(separator: "; ")
    return worst
  }

  private func connect(to address: addrinfo, _ deadline: Deadline, _ stop: StopSignal)
    throws(HostError) -> CInt
  {
    let place = numeric(address)
    let type = address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(address.ai_family, type, address.ai_protocol)
    guard descriptor >= 0 else { throw failure(errno, place) }
    var error = Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno
    if error == EINPROGRESS { error = outcome(descriptor, deadline, stop) }
    guard error == 0 else {
      close(descriptor)
      throw failure(error, place)
    }
    Self.configure(descriptor)
    return descriptor
  }

  /// The error number of a connect that was under way.
  private func outcome(_ descriptor: CInt, _ deadline: Deadline, _ stop: StopSignal) -> CInt {
    while true {
      var waiting = [
        pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&waiting, 2, deadline.milliseconds)
      if waiting[1].revents != 0 { return ECANCELED }
      if ready > 0 {
        var error: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length)
        return error
      }
      if deadline.hasPassed { return ETIMEDOUT }
    }
  }

  /// Small packets at once; and a line that was cut is noticed, not waited for.
  static func configure(_ descriptor: CInt) {
    set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
    // Milliseconds that sent data may stay without an answer (tcp(7)).
    let userTimeout: Int32 = 18
    set(descriptor, Int32(IPPROTO_TCP), userTimeout, 60_000)
  }

  static func set(_ descriptor: CInt, _ level: Int32, _ option: Int32, _ value: CInt) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
  }

  private func failure(_ number: CInt, _ place: String) -> HostError {
    let code: HostError.Code =
      switch number {
      case ECONNREFUSED: .refused
      case ETIMEDOUT: .connectTimeout
      case ECANCELED: .cancelled
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: .system
      default: .unreachable
      }
    return HostError(
      code, subject: label, errno: number,
      detail: "\(place): \(String(cString: strerror(number)))")
  }

  private func numeric(_ address: addrinfo) -> String {
    Self.numeric(address.ai_addr, address.ai_addrlen)
  }

  /// An address in figures, or with `service` its port.
  static func numeric(
    _ address: UnsafePointer<sockaddr>?, _ length: socklen_t, service: Bool = false
  ) -> String {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    if service {
      getnameinfo(address, length, nil, 0, &text, socklen_t(text.count), NI_NUMERICSERV)
    } else {
      getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
