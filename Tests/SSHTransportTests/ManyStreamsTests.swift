import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel
import Synchronization
import Testing

@testable import SSHTransport

extension SSHTests {
  @Suite("Many streams at a time")
  struct ManyStreams {
    @Test(
      "All come in, though the host turns away who comes while ten are not logged in yet",
      arguments: Streams.carriers)
    func all(carrier: StreamCarrier) async throws {
      let server = try TestServer("MaxStartups 10:100:10")
      let host = SSHHost(server.connection, keyPath: server.key, carrier: carrier)
      let said = try await withThrowingTaskGroup(of: Data.self) { group in
        for number in 0..<24 {
          group.addTask {
            let stream = try await host.startSending(.zfs("echo \(number)"))
            let bytes = await Bytes.read(stream.handle.raw)
            let result = try await stream.finish()
            #expect(result.succeeded)
            return bytes
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(
        said.compactMap { Int(String(decoding: $0.dropLast(), as: UTF8.self)) }.sorted()
          == Array(0..<24))
    }

    static func connection(_ host: String) -> Connection {
      var connection = Connection()
      connection.host = host
      return connection
    }

    /// How many are inside, and were at the most.
    final class Count: Sendable {
      let inside = Atomic(0)
      let most = Atomic(0)

      func enter() {
        let now = inside.add(1, ordering: .relaxed).newValue
        most.max(now, ordering: .relaxed)
      }
      func leave() { inside.subtract(1, ordering: .relaxed) }
    }

    @Test("Few log in on a host at a time, each host by itself, and a stop ends the wait")
    func door() async throws {
      let door = LoginDoor()
      let (vault, other) = (Self.connection("vault"), Self.connection("other"))
      let count = Count()
      let opened = StopSignal()
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<12 {
          group.addTask {
            let queue = DispatchQueue(label: "test.door")
            try? await Blocking.run(on: queue, stop: StopSignal()) { () throws(HostError) in
              try door.pass(to: vault, StopSignal()) {
                count.enter()
                var waiting = pollfd(
                  fd: opened.descriptor, events: Int16(POLLIN), revents: 0)
                poll(&waiting, 1, 60_000)
                count.leave()
              }
            }
          }
        }
        await eventually { count.inside.load(ordering: .relaxed) >= LoginDoor.width }
        // It is full here, and open elsewhere.
        #expect(throws: Never.self) { try door.pass(to: other, StopSignal()) {} }
        let stop = StopSignal()
        stop.raise()
        let error = #expect(throws: HostError.self) { try door.pass(to: vault, stop) {} }
        #expect(error?.code == .cancelled)
        opened.raise()
      }
      #expect(count.most.load(ordering: .relaxed) == LoginDoor.width)
      // Whoever failed has left again, too.
      for _ in 0..<(2 * LoginDoor.width) {
        #expect(throws: HostError.self) {
          try door.pass(to: vault, StopSignal()) { () throws(HostError) in
            throw HostError(.refused, subject: "vault")
          }
        }
      }
    }
  }
}
