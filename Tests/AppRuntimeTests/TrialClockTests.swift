import FormKit
import ReplicationEngine
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import AppRuntime
@testable import ZferryApp

/// What happens by itself while nobody types.
@Suite struct TrialClockTests {
  /// Nothing ever comes; the time that the loop is ready to wait goes by.
  private final class Silence: EventSource {
    let clock: FrameTests.WaitingClock
    private(set) var patience: [Double?] = []
    init(_ clock: FrameTests.WaitingClock) { self.clock = clock }

    func wait(seconds: Double?) -> Set<Wake> {
      patience.append(seconds)
      guard let seconds, patience.count < 200 else { return [.hangUp] }
      clock.pass(max(seconds, 0.05))
      return []
    }
  }

  @Test func `a connection that is not kept is put back while nobody types`() throws {
    let clock = FrameTests.WaitingClock()
    var state = try #require(Gallery.states.first { $0.name == "connection-keep" }?.state)
    let asked = clock.now()
    state.management.trial?.until = asked + ConnectionTrial.seconds
    var putBack: (connection: Connection, at: Instant)?
    let terminal = ScriptedTerminal()
    let silence = Silence(clock)
    let loop = AppLoop(
      state: state, terminal: terminal, events: silence, mailbox: Mailbox {}, clock: clock,
      draw: { _, size, _ in Frame(size: size) },
      start: { effect in
        if case .change(_, .connection(let connection, was: "vault")) = effect {
          putBack = (connection, clock.now())
        }
      })
    _ = loop.run()
    #expect(putBack?.connection.port == 22)
    let after = putBack.map { $0.at - asked } ?? 0
    #expect((60...62).contains(after), "after \(after) s")
  }
}
