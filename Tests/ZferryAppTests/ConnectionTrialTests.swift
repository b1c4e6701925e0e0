import FormKit
import ReplicationEngine
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import AppRuntime
@testable import ZferryApp

/// A change that could lock one out of the other system (ux.md 40).
@Suite struct ConnectionTrialTests {
  /// `vault` as it is edited, with another port typed.
  func changed(_ change: (inout FakeWorld) -> Void = { _ in }) -> Session {
    var session = Session.managed(change)
    session.push("tasks.connections")
    session.open(row: 1)
    session.tab(to: "conn.port")
    session.press(.ctrl("u"))
    session.type("2222")
    session.push("conn.save")
    return session
  }

  func port(_ session: Session) -> Int? { session.world.library.connection("vault")?.port }

  @Test func `a change that nobody keeps is put back after sixty seconds`() {
    var session = changed()
    #expect(session.state.question == .keepConnection && port(session) == 2222)
    #expect(session.state.wantsClock)
    #expect(session.words.contains("old one is back in 60 s"))
    // Where it leads is tried meanwhile.
    #expect(
      session.effects.contains {
        if case .prove(_, let connection) = $0 { connection.port == 2222 } else { false }
      })
    #expect(session.screen.dialog.map { "\($0.blocks)".contains("The login works") } == true)
    session.play(update(&session.state, .time(FakeWorld.now + 59)))
    #expect(port(session) == 2222 && session.words.contains("back in 1 s"))
    session.play(update(&session.state, .time(FakeWorld.now + 61)))
    #expect(port(session) == 22 && session.state.question == nil)
    #expect(session.words.contains("is as it was"))
    #expect(!session.state.wantsClock)
    #expect(session.state.library.connection("vault")?.port == 22)
  }

  @Test func `one that is kept stays`() {
    var session = changed()
    #expect(session.state.questionFocus == "question.stay")
    session.push("question.go")
    session.play(update(&session.state, .time(FakeWorld.now + 200)))
    #expect(port(session) == 2222 && session.state.question == nil)
  }

  @Test func `Enter alone, Esc, quitting and a lost terminal put it back`() {
    for leave: (inout Session) -> Void in [
      { $0.press(.enter) }, { $0.press(.escape) }, { $0.press(.ctrl("c")) },
      { $0.play(update(&$0.state, .hangUp)) },
    ] {
      var session = changed()
      leave(&session)
      #expect(port(session) == 22)
    }
  }

  @Test func `who quits is told that it was put back`() {
    var session = changed()
    session.press(.ctrl("c"))
    let words = session.effects.compactMap {
      if case .quit(let text) = $0 { text } else { nil }
    }
    #expect(words.last?.contains("vault is as it was") == true, "\(words)")
  }

  @Test func `a failed proof is said in the question`() {
    let session = changed {
      $0.failing["prove"] = Failure("connect.refused", subject: "203.0.113.9:2222")
    }
    #expect(
      session.screen.dialog.map { "\($0.blocks)".contains("ECONNREFUSED") } == true)
  }

  @Test func `what no enabled task uses is only saved, and so is a patience`() {
    let unused = changed { world in
      for index in world.library.tasks.indices { world.library.tasks[index].enabled = false }
    }
    #expect(unused.state.question == nil && port(unused) == 2222)
    var session = Session.managed()
    session.push("tasks.connections")
    session.open(row: 1)
    session.tab(to: "conn.connect_timeout")
    session.press(.ctrl("u"))
    session.type("20")
    session.push("conn.save")
    #expect(session.state.question == nil)
    #expect(session.world.library.connection("vault")?.connectTimeout == 20)
  }

  @Test func `in plain mode too it is put back while nobody types`() {
    /// Each look at it is a second later than the one before.
    final class PassingClock: ClockPort, @unchecked Sendable {
      private var seconds: Int64 = 0
      func now() -> Instant {
        seconds += 1
        return FakeWorld.now + seconds
      }
      func uptime() -> Double { Double(seconds) }
      func sleep(seconds: Double) async {}
    }
    let session = changed()
    let lines = ScriptedLines(Array(repeating: .timeout, count: 70) + [.line("q")])
    var world = session.world
    let mailbox = Mailbox {}
    lines.hasMail = { !mailbox.isEmpty }
    let loop = LineLoop(
      state: session.state, terminal: lines, renderer: LineRenderer(), mailbox: mailbox,
      clock: PassingClock(),
      start: { for message in world.answer($0) { mailbox.post(message) } })
    _ = loop.run()
    #expect(world.library.connection("vault")?.port == 22)
    #expect(lines.transcript.contains("Put the old one back"), "\(lines.transcript)")
    #expect(lines.transcript.contains("vault is as it was"), "\(lines.transcript)")
  }

  @Test func `where it cannot be stored, nothing is asked`() {
    let session = changed { $0.failing["change"] = Failure("store.full", subject: "vault.yaml") }
    #expect(session.state.question == nil && session.state.management.trial == nil)
    #expect(port(session) == 22)
  }
}
