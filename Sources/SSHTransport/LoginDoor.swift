internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel
internal import Synchronization

/// Lets few in at a time. Each stream has a login of its own, and sshd turns away at random who comes while
/// ten others are not logged in yet (MaxStartups); how many there are afterwards it does not ask.
public final class LoginDoor: Sendable {
  /// Far enough below ten for those that other programs make.
  static let width = 4
  private let inside = Mutex<[String: Int]>([:])

  /// A door that nobody has gone through.
  public init() {}

  /// Does the login once it is its turn. Blocks; raising `stop` ends the wait.
  func pass<Value>(
    to connection: Connection, _ stop: StopSignal, _ login: () throws(HostError) -> Value
  ) throws(HostError) -> Value {
    let host = "\(connection.host):\(connection.port)"
    var waiting = pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)
    while !enter(host) {
      guard poll(&waiting, 1, 10) <= 0 else { throw HostError(.cancelled, subject: host) }
    }
    defer { inside.withLock { $0[host, default: 1] -= 1 } }
    return try login()
  }

  private func enter(_ host: String) -> Bool {
    inside.withLock { inside in
      guard inside[host, default: 0] < Self.width else { return false }
      inside[host, default: 0] += 1
      return true
    }
  }
}
