import ReplicationEngine
import ReplicationModel
import Synchronization
import Testing

@testable import AppRuntime

@Suite struct HostPoolTests {
  /// Opens hosts that fail at their n-th command, and counts.
  final class Opener: Sendable {
    let opened = Mutex(0)
    let closed = Mutex(0)
    let commands = Mutex(0)
    /// Commands, counted over all hosts, that lose the connection.
    let losing: Set<Int>
    let error: HostError.Code
    init(losing: Set<Int> = [], error: HostError.Code = .connectionLost) {
      self.losing = losing
      self.error = error
    }
    func open(_ connection: Connection?) async throws(HostError) -> any HostPort {
      opened.withLock { $0 += 1 }
      return Host(opener: self)
    }
  }

  struct Host: HostPort {
    let opener: Opener
    var label: String { "vault" }
    func run(_ command: Command) async throws(HostError) -> CommandResult {
      let number = opener.commands.withLock { count in
        count += 1
        return count
      }
      if opener.losing.contains(number) { throw HostError(opener.error, subject: "vault:22") }
      return CommandResult(exit: .status(0))
    }
    func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
      throw HostError(.system, subject: label)
    }
    func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
      throw HostError(.system, subject: label)
    }
    func close() async { opener.closed.withLock { $0 += 1 } }
  }

  let command = Command.zfs("list")

  @Test func `many questions are one login, and closing closes it`() async throws {
    let opener = Opener()
    let pool = HostPool(open: opener.open)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try await pool.run(command, on: Connection()) } }
      try await group.waitForAll()
    }
    #expect(opener.opened.withLock { $0 } == 1)
    _ = try await pool.run(command, on: nil)
    #expect(opener.opened.withLock { $0 } == 2, "this host is another one")
    await pool.close()
    #expect(opener.closed.withLock { $0 } == 2)
  }

  @Test func `a host that has gone is opened anew, once`() async throws {
    let opener = Opener(losing: [2])
    let pool = HostPool(open: opener.open)
    _ = try await pool.run(command, on: nil)
    _ = try await pool.run(command, on: nil)
    #expect(opener.opened.withLock { $0 } == 2)
    #expect(opener.closed.withLock { $0 } == 1)
    let twice = Opener(losing: [2, 3])
    let other = HostPool(open: twice.open)
    _ = try await other.run(command, on: nil)
    await #expect(throws: HostError.self) { _ = try await other.run(command, on: nil) }
    #expect(twice.opened.withLock { $0 } == 2)
    _ = try await other.run(command, on: nil)
    #expect(twice.opened.withLock { $0 } == 3, "and it can be asked again later")
  }

  @Test func `a first login that fails, or a right that is missing, is not tried twice`() async {
    let opener = Opener(losing: [1])
    let pool = HostPool(open: opener.open)
    await #expect(throws: HostError.self) { _ = try await pool.run(command, on: nil) }
    #expect(opener.opened.withLock { $0 } == 1)
    let sudo = Opener(losing: [2], error: .sudo)
    let other = HostPool(open: sudo.open)
    _ = try? await other.run(command, on: nil)
    await #expect(throws: HostError.self) { _ = try await other.run(command, on: nil) }
    #expect(sudo.opened.withLock { $0 } == 1)
  }
}
