import Foundation
import Glibc
import Loopback
import ReplicationModel
import Synchronization
import Testing

@testable import SSHTransport

extension SSHTests {
  /// What a login costs: the way there and back, and what stays behind.
  @Suite("What a login costs")
  struct LoginCost {
    let server: TestServer

    init() throws { server = try TestServer.shared.get() }

    /// A line between a client and the server that takes its time, and counts how often the client
    /// spoke after the server had: the round trips of what passed.
    final class SlowLine: Sendable {
      let port: Int
      private let listener: CInt
      private let state = Mutex((trips: 0, serverSpoke: true))

      /// `delay` is in microseconds; what is said within it counts as said at once.
      init(to server: Int, delay: UInt32 = 15_000) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        port = Loopback.bind(listener)
        listen(listener, 1)
        Thread.detachNewThread { [self] in
          let client = accept(listener, nil, nil)
          guard client >= 0 else { return }
          let peer = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
          _ = Loopback.with(server) { connect(peer, $0, $1) }
          Thread.detachNewThread { [self] in pass(peer, client, delay, isServer: true) }
          pass(client, peer, delay, isServer: false)
        }
      }

      deinit { close(listener) }

      var trips: Int { state.withLock { $0.trips } }

      private func pass(_ from: CInt, _ to: CInt, _ delay: UInt32, isServer: Bool) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
          let count = read(from, &bytes, bytes.count)
          guard count > 0 else { break }
          state.withLock { state in
            if !isServer, state.serverSpoke { state.trips += 1 }
            state.serverSpoke = isServer
          }
          usleep(delay)
          guard send(to, bytes, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(to, Int32(SHUT_WR))
      }
    }

    @Test("A login takes at most one round trip more than OpenSSH's client")
    func roundTrips() async throws {
      let theirs = SlowLine(to: server.port)
      let known = "\(server.folder)/known-\(theirs.port)"
      try "[127.0.0.1]:\(theirs.port) \(server.line("host_ed25519"))\n".write(
        toFile: known, atomically: true, encoding: .utf8)
      let said = try TestServer.output(
        "/usr/bin/ssh",
        [
          "-F", "none", "-i", server.key, "-p", "\(theirs.port)", "-o", "IdentitiesOnly=yes", "-o",
          "UserKnownHostsFile=\(known)", "-o", "BatchMode=yes", "root@127.0.0.1", "echo in",
        ])
      #expect(said == "in\n")
      let ours = SlowLine(to: server.port)
      var connection = server.connection
      connection.port = ours.port
      let session = try SSHSession.open(
        connection, .key(path: server.key, ring: KeyRing()), stop: StopSignal())
      let login = ours.trips
      withExtendedLifetime(session) {}
      // Of OpenSSH's, one opens the session and one runs the command.
      #expect(login > 2)
      #expect(login <= theirs.trips - 2 + 1, "ours \(login), theirs \(theirs.trips) with a command")
    }

    /// Run alone with `ZFERRY_LOGINS=1000` it is a thousand, and memory is held to account: with other
    /// tests beside it nobody can say whose that is.
    @Test("A hundred logins leave no descriptor behind, and no memory")
    func leftovers() async throws {
      let asked = ProcessInfo.processInfo.environment["ZFERRY_LOGINS"].flatMap { Int($0) }
      let logins = asked ?? 100
      func logIn() async throws {
        let host = SSHHost(server.connection, keyPath: server.key)
        _ = try await host.run(.zfs("true"))
        await host.close()
      }
      func descriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
      }
      func memory() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return (Int(text.split(separator: " ")[1]) ?? 0) * 4_096
      }
      // What the first ones take is kept for the others.
      for _ in 0..<20 { try await logIn() }
      let before = (descriptors: try descriptors(), memory: try memory())
      for _ in 0..<logins { try await logIn() }
      #expect(try descriptors() <= before.descriptors + 2)
      // A session that is kept would be 100 KiB a login.
      if asked != nil { #expect(try memory() - before.memory < 4_000_000 + logins * 1_000) }
    }
  }
}
