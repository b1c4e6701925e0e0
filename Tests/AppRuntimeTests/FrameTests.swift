import FormKit
import Foundation
import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import TerminalCore
import Testing

@testable import AppGallery
@testable import AppRuntime
@testable import ZferryApp

/// When frames are drawn: at once for keys, seldom for what nobody asked for.
@Suite struct FrameTests {
  /// Time that goes on while the loop waits.
  final class WaitingClock: ClockPort {
    private let time = Mutex(0.0)
    func now() -> Instant { Instant(1_795_514_700 + Int64(uptime())) }
    func uptime() -> Double { time.withLock { $0 } }
    func pass(_ seconds: Double) { time.withLock { $0 += seconds } }
    func sleep(seconds: Double) async {}
  }

  /// A loop on a running task, with something new twenty times a second for a minute.
  func frames(_ capabilities: Capabilities) throws -> Int {
    let running = try #require(Gallery.states.first { $0.name == "run" }?.state)
    let id = try #require(running.run.request)
    var state = running
    state.capabilities = capabilities
    let terminal = ScriptedTerminal()
    let mailbox = Mailbox {}
    let clock = WaitingClock()
    var tick = 0
    terminal.next = {
      guard tick < 1200 else { return [.hangUp] }
      tick += 1
      clock.pass(0.05)
      mailbox.post(
        .reply(
          id,
          .run(
            .progress(
              index: 0, bytes: UInt64(tick) << 20, total: 1 << 32, rate: 2e7, etaSeconds: 60))))
      return [.mailbox]
    }
    let loop = AppLoop(
      state: state, terminal: terminal, events: terminal, mailbox: mailbox, clock: clock,
      draw: { _, size, _ in Frame(size: size) }, start: { _ in })
    _ = loop.run()
    #expect(loop.state.run.told?.bytes == 1200 << 20, "nothing is lost")
    return terminal.frames
  }

  @Test func `progress is drawn four times a second, on a slow line every other second`() throws {
    let rich = try frames(.init(colour: true, unicode: true))
    #expect(rich > 150 && rich <= 242)
    let basic = try frames(.basic)
    #expect(basic > 20 && basic <= 32)
  }

  @Test func `on a slow line the help comes when the keys rest`() {
    let terminal = ScriptedTerminal()
    let clock = WaitingClock()
    let mailbox = Mailbox {}
    mailbox.post(.reply(RequestID(1), .loaded(AppLoopTests.connected)))
    var seen: [String] = []
    terminal.waits = [
      { [.mailbox] },
      {
        terminal.keys = [.character("1"), .tab]
        return [.keys]
      },
      { [] },
      {
        clock.pass(1.1)
        return []
      }, { [] },
    ]
    let loop = AppLoop(
      state: AppState(prefersBasic: true), terminal: terminal, events: terminal, mailbox: mailbox,
      clock: clock,
      draw: { screen, size, _ in
        seen.append(screen.status.text)
        return Frame(size: size)
      }, start: { _ in })
    _ = loop.run()
    let help = "The datasets to copy. You mark them in a list of what is there."
    #expect(seen.suffix(2) == ["", help])
    #expect(seen.count { $0 == help } == 1)
  }

  @Test func `Ctrl-T draws in the other way, and the choice is handed on`() {
    let terminal = ScriptedTerminal()
    var started: [Effect] = []
    terminal.waits = [
      {
        terminal.keys = [.ctrl("t")]
        return [.keys]
      },
      {
        terminal.keys = [.ctrl("t")]
        return [.keys]
      },
    ]
    let rich = Capabilities(colour: true, unicode: true)
    let loop = AppLoop(
      state: AppState(capabilities: rich), terminal: terminal, events: terminal,
      mailbox: Mailbox {}, clock: StepClock(), draw: { _, size, _ in Frame(size: size) },
      start: { started.append($0) })
    _ = loop.run()
    #expect(terminal.drawnWith == [rich, .basic, rich])
    #expect(started.contains { if case .keepMode(_, basic: true) = $0 { true } else { false } })
  }

  @Test
  func `the choice reaches the port that keeps it, and where it cannot be kept nothing breaks`()
    async
  {
    struct Full: Error {}
    let kept = Mutex<[Bool?]>([])
    let bench = Bench()
    var ports = bench.runner(Mailbox {}).ports
    ports.keepMode = { isBasic in
      kept.withLock { $0.append(isBasic) }
      if isBasic == false { throw Full() }
    }
    let mailbox = Mailbox {}
    let runner = EffectRunner(ports: ports, mailbox: mailbox)
    runner.start(.keepMode(RequestID(1), basic: true))
    runner.start(.keepMode(RequestID(2), basic: false))
    runner.start(.keepMode(RequestID(3), basic: nil))
    await runner.idle()
    #expect(Set(kept.withLock { $0 }) == [true, false, nil])
    var state = AppState()
    for message in mailbox.take() {
      let effects = update(&state, message)
      #expect(effects == [])
    }
    #expect(state.notice == nil)
  }

  @Test(arguments: [true, false]) func `a copy is told as it went`(takes: Bool) {
    let terminal = ScriptedTerminal()
    terminal.takesCopies = takes
    var state = AppState()
    let loop = AppLoop(
      state: state, terminal: terminal, events: terminal, mailbox: Mailbox {}, clock: StepClock(),
      draw: { _, size, _ in Frame(size: size) }, start: { _ in })
    loop.perform([.copy("ssh-ed25519 AAAA")])
    #expect(terminal.copied == ["ssh-ed25519 AAAA"])
    state = loop.state
    #expect(screen(state).status.tone == (takes ? .success : .warning))
  }
}
