import ReplicationEngine
import ReplicationModel

/// The hosts that are being asked, each opened once: browsing a remote tree is one login, not one
/// per dataset that is opened.
actor HostPool {
  typealias Open = @Sendable (Connection?) async throws(HostError) -> any HostPort

  private let open: Open
  private var hosts: [Connection?: Task<any HostPort, any Error>] = [:]

  init(open: @escaping Open) { self.open = open }

  /// Runs a command. Where a host that was opened earlier has gone, it is opened anew, once.
  func run(_ command: Command, on connection: Connection?) async throws
    -> (label: String, result: CommandResult)
  {
    let isReused = hosts[connection] != nil
    do {
      return try await attempt(command, connection)
    } catch let error as HostError {
      guard isReused, error.isTransient, !Task.isCancelled else { throw error }
      return try await attempt(command, connection)
    }
  }

  /// One try; a host that fails is let go, because what is left of it is of no use.
  private func attempt(_ command: Command, _ connection: Connection?) async throws
    -> (label: String, result: CommandResult)
  {
    let opening = hosts[connection] ?? Task { [open] in try await open(connection) }
    hosts[connection] = opening
    do {
      let host = try await opening.value
      return (host.label, try await host.run(command))
    } catch {
      await drop(opening, connection)
      throw error
    }
  }

  private func drop(
    _ opening: Task<any HostPort, any Error>, _ connection: Connection?
  ) async {
    // Another question may have opened a new one in the meantime: that one stays.
    if hosts[connection] == opening { hosts[connection] = nil }
    if let host = try? await opening.value { await host.close() }
  }

  /// Closes all of them.
  func close() async {
    for (connection, opening) in hosts { await drop(opening, connection) }
  }
}
