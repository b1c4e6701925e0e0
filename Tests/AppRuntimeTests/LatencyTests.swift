import FormKit
import Foundation
import ReplicationEngine
import ReplicationModel
import Synchronization
import TerminalCore
import Testing

@testable import AppGallery
@testable import AppRuntime
@testable import ZferryApp

/// From a key to its frame while much goes on beside it. That every key gets its frame is always
/// tested; how soon, only where `ZFERRY_TIMING=1` says that the machine is free.
@Suite(.serialized) struct LatencyTests {
  static let isTimed = getenv("ZFERRY_TIMING") != nil

  /// A terminal whose keys come by the clock, and that notes how long each waited for its frame.
  final class TimedTerminal: Terminal, EventSource, @unchecked Sendable {
    let size = Size(columns: 80, rows: 24)
    private let condition = NSCondition()
    private var keys: [(Key, Double)] = []
    private var isWoken = false
    private var isOver = false
    private var unanswered: [Double] = []
    private(set) var times: [Double] = []
    /// When a frame first showed this text.
    var awaited = ""
    private(set) var seenAt: Double?

    static func now() -> Double { ProcessInfo.processInfo.systemUptime }

    func press(_ key: Key) {
      condition.withLock {
        keys.append((key, Self.now()))
        condition.signal()
      }
    }
    func wake() {
      condition.withLock {
        isWoken = true
        condition.signal()
      }
    }
    func end() {
      condition.withLock {
        isOver = true
        condition.signal()
      }
    }
    func wait(seconds: Double?) -> Set<Wake> {
      condition.withLock {
        let end = Date(timeIntervalSinceNow: seconds ?? 60)
        while keys.isEmpty, !isWoken, !isOver, condition.wait(until: end) {}
        isWoken = false
        return isOver && keys.isEmpty ? [.hangUp] : [.keys, .mailbox]
      }
    }
    func readKey() -> Key? {
      condition.withLock {
        guard !keys.isEmpty else { return nil }
        let (key, pressed) = keys.removeFirst()
        unanswered.append(pressed)
        return key
      }
    }
    func present(_ frame: Frame, with capabilities: Capabilities) {
      let now = Self.now()
      times += unanswered.map { now - $0 }
      unanswered = []
      if seenAt == nil, !awaited.isEmpty, frame.text.contains(awaited) { seenAt = now }
    }
    func invalidate() {}
    func copy(_ text: String) -> Bool { false }
  }

  /// Runs a loop on a thread of its own while `body` presses keys; returns the terminal's notes.
  static func play(
    _ state: AppState, awaiting text: String = "", _ body: (TimedTerminal, Mailbox) -> Void
  ) async -> TimedTerminal {
    let terminal = TimedTerminal()
    terminal.awaited = text
    let mailbox = Mailbox { terminal.wake() }
    let done = DispatchSemaphore(value: 0)
    Thread {
      let loop = AppLoop(
        state: state, terminal: terminal, events: terminal, mailbox: mailbox, clock: RealClock(),
        draw: FrameRenderer.frame, start: { _ in })
      _ = loop.run()
      done.signal()
    }.start()
    body(terminal, mailbox)
    terminal.end()
    done.wait()
    return terminal
  }

  struct RealClock: ClockPort {
    func now() -> Instant { Instant(Int64(Date().timeIntervalSince1970)) }
    func uptime() -> Double { TimedTerminal.now() }
    func sleep(seconds: Double) async {}
  }

  static func tell(_ what: String, _ times: [Double]) {
    let sorted = times.sorted()
    let p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    print("measured: \(what): \(times.count) keys, p99 \(p99 * 1000) ms")
    #expect(p99 <= 0.020)
  }

  static let keys: [Key] = [.down, .down, .up, .pageDown, .down, .end, .up, .home, .tab, .backTab]

  @Test func `keys are answered while a hundred thousand datasets arrive`() async {
    var session = Session()
    session.world.silent = ["listDatasets"]
    session.choose("source_location", 1)
    session.push("source_datasets")
    let request = session.state.browser.tree.loading.first ?? RequestID(0)
    let rows = (0..<100_000).map { DatasetRow(name: "pool\($0 + 100_000)", used: UInt64($0)) }
    var began = 0.0
    let terminal = await Self.play(session.state, awaiting: "pool100001") { terminal, mailbox in
      began = TimedTerminal.now()
      var rest = rows[...]
      var number = 0
      while !rest.isEmpty {
        mailbox.post(.reply(request, .someDatasets(Array(rest.prefix(2_000)))))
        rest = rest.dropFirst(2_000)
        for _ in 0..<4 {
          terminal.press(Self.keys[number % Self.keys.count])
          number += 1
          Thread.sleep(forTimeInterval: Self.isTimed ? 0.01 : 0.001)
        }
      }
      mailbox.post(.reply(request, .datasets([])))
      Thread.sleep(forTimeInterval: 0.3)
    }
    #expect(terminal.times.count == 200, "every key has its frame")
    #expect(terminal.seenAt != nil)
    guard Self.isTimed else { return }
    Self.tell("while 100,000 datasets arrive", terminal.times)
    let first = (terminal.seenAt ?? .infinity) - began
    print("measured: first rows after \(first * 1000) ms")
    #expect(first <= 0.2)
  }

  @Test func `keys are answered while a run tells its progress`() async throws {
    let state = try #require(Gallery.states.first { $0.name == "run" }?.state)
    let id = try #require(state.run.request)
    let terminal = await Self.play(state) { terminal, mailbox in
      for number in 0..<200 {
        for part in 0..<5 {
          mailbox.post(
            .reply(
              id,
              .run(
                .progress(
                  index: 0, bytes: UInt64(number * 5 + part) << 20, total: 1 << 31, rate: 1e8,
                  etaSeconds: 9))))
        }
        terminal.press(number % 2 == 0 ? .tab : .backTab)
        Thread.sleep(forTimeInterval: Self.isTimed ? 0.01 : 0.001)
      }
      Thread.sleep(forTimeInterval: 0.1)
    }
    #expect(terminal.times.count == 200)
    if Self.isTimed { Self.tell("while a run tells its progress", terminal.times) }
  }
}
