import FormKit
import Foundation
import ReplicationModel
import TerminalCore
import TerminalTestKit
import Testing

@testable import AppGallery
@testable import CursesTerminal
@testable import ZferryApp

extension CursesTests {
  /// What every screen of the app costs on every kind of terminal (ux.md 48, 51 to 53).
  @Suite(.serialized) struct ScreenByteTests {
    static let names = ["vt100", "vt220", "linux", "xterm-256color", "screen"]
    static let gallery = Gallery.states

    /// A state as it is drawn on this bench.
    static func adapted(_ state: AppState, _ bench: Bench) -> AppState {
      var state = state
      state.capabilities = bench.capabilities
      _ = update(&state, .resized(bench.terminal.size))
      return state
    }

    /// What is drawn right after a key. On a fast line the help and the keys come along: what they
    /// cost there is no part of these budgets.
    static func afterKey(_ state: AppState, _ drawn: Screen, _ bench: Bench) -> Screen {
      var view = screen(state)
      let hurried = view.hurried(after: drawn)
      guard !bench.capabilities.slow else { return hurried }
      view.footer = hurried.footer
      if view.status.tone == .dim {
        view.status = drawn.status.tone == .dim ? drawn.status : StatusLine("")
      }
      return view
    }

    @Test(arguments: names)
    func `the first paint of every screen is within its budget`(name: String) throws {
      for isBasic in [true, false] {
        var most = (bytes: 0, screen: "")
        for (screenName, state) in Self.gallery {
          let bench = try Bench(name, slow: isBasic)
          let bytes = bench.show(screen(Self.adapted(state, bench)))
          bench.terminal.close()
          #expect(bytes <= (isBasic ? 1400 : 2000), "\(screenName), basic: \(isBasic)")
          if bytes > most.bytes { most = (bytes, screenName) }
        }
        #expect(most.bytes > 600, "\(most.screen)")
        Measured.tell("first paint, \(name), \(isBasic ? "basic" : "rich")", most)
      }
    }

    @Test(arguments: names)
    func `a step of the focus costs forty bytes on every screen`(name: String) throws {
      for isBasic in [true, false] {
        let bench = try Bench(name, slow: isBasic)
        var most = (bytes: 0, screen: "")
        for (screenName, state) in Self.gallery {
          var state = Self.adapted(state, bench)
          let order = screen(state).focusOrder
          guard let first = order.first else { continue }
          state.notice = nil
          state.setFocus(first)
          var drawn = screen(state)
          _ = bench.show(drawn)
          var rows = Self.lines(state, bench)
          for id in order.dropFirst() {
            state.notice = nil
            state.setFocus(id)
            _ = update(&state, .time(state.now))
            drawn = Self.afterKey(state, drawn, bench)
            let bytes = bench.show(drawn)
            let before = rows
            rows = Self.lines(state, bench)
            // A step that turns a page, or unfolds a finding, is a paint of its own.
            guard Self.changes(before, rows) <= 2 else { continue }
            #expect(bytes <= 40, "\(screenName), \(id.text), basic: \(isBasic)")
            if bytes > most.bytes { most = (bytes, "\(screenName) \(id.text)") }
          }
        }
        #expect(most.bytes > 4)
        Measured.tell("focus, \(name), \(isBasic ? "basic" : "rich")", most)
        bench.terminal.close()
      }
    }

    /// The rows of the body, less the marker of the focus.
    private static func lines(_ state: AppState, _ bench: Bench) -> [String] {
      let frame = FrameRenderer.frame(
        of: screen(state), size: bench.terminal.size, capabilities: bench.capabilities)
      return (0..<frame.size.rows - 3).map { frame.line($0) }
    }

    private static func changes(_ a: [String], _ b: [String]) -> Int {
      zip(a, b).count { $0 != $1 }
    }

    @Test(arguments: names)
    func `a character costs sixteen bytes in every field of text`(name: String) throws {
      for isBasic in [true, false] {
        let bench = try Bench(name, slow: isBasic)
        var most = (bytes: 0, screen: "")
        for (screenName, state) in Self.gallery {
          var state = Self.adapted(state, bench)
          for id in screen(state).focusOrder {
            guard let field = state.field(id), case .text = field.kind else { continue }
            state.setFocus(id)
            _ = update(&state, .key(.ctrl("u")))
            for character in "01" {
              _ = update(&state, .key(.character(character)))
              let rows = Self.lines(state, bench)
              let drawn = screen(state)
              _ = bench.show(drawn)
              var next = state
              _ = update(&next, .key(.character("1")))
              let bytes = bench.show(Self.afterKey(next, drawn, bench))
              // What the character makes true or wrong elsewhere is no part of it.
              guard Self.changes(rows, Self.lines(next, bench)) == 1 else { continue }
              #expect(bytes <= 16, "\(screenName), \(id.text), basic: \(isBasic)")
              if bytes > most.bytes { most = (bytes, "\(screenName) \(id.text)") }
            }
          }
        }
        #expect(most.bytes > 0)
        Measured.tell("character, \(name), \(isBasic ? "basic" : "rich")", most)
        bench.terminal.close()
      }
    }

    @Test(arguments: names)
    func `a tick of progress costs sixty-four bytes on the screen of a run`(name: String) throws {
      let running = try #require(Self.gallery.first { $0.name == "run" }?.state)
      let id = try #require(running.run.request)
      for isBasic in [true, false] {
        let bench = try Bench(name, slow: isBasic)
        var state = Self.adapted(running, bench)
        _ = bench.show(screen(state))
        var most = 0
        for second in 1..<60 {
          state.now = Instant(state.now.seconds + 2)
          let bytes = UInt64(300 << 20) + UInt64(second) * 12_345_678
          _ = update(
            &state,
            .reply(
              id,
              .run(
                .progress(
                  index: 0, bytes: bytes, total: 1 << 30, rate: 8e7 + Double(second) * 1e6,
                  etaSeconds: Double(90 - second)))))
          let cost = bench.show(screen(state))
          guard second > 1 else { continue }
          #expect(cost <= 64, "second \(second), basic: \(isBasic)")
          most = max(most, cost)
        }
        #expect(most > 8)
        Measured.tell("tick, \(name), \(isBasic ? "basic" : "rich")", (most, "run"))
        bench.terminal.close()
      }
    }

    @Test(arguments: names)
    func `a line of an error costs one hundred and twenty bytes, and so does a refused Next`(
      name: String
    ) throws {
      for isBasic in [true, false] {
        let fresh = try Bench(name, slow: isBasic)
        var typing = Session()
        typing.choose("source_location", 2)
        typing.tab(to: "naming_schema")
        typing.press(.ctrl("u"))
        typing.state = Self.adapted(typing.state, fresh)
        let before = screen(typing.state)
        let rows = Self.lines(typing.state, fresh)
        _ = fresh.show(before)
        typing.press(.tab)
        #expect(typing.words.contains("is required"))
        // A reason and a way out take two or three lines; a step of the focus is among the bytes.
        let lines = max(1, zip(rows, Self.lines(typing.state, fresh)).count { $0 != $1 })
        let error = fresh.show(Self.afterKey(typing.state, before, fresh))
        #expect(error > 20 && error <= 120 * lines, "basic: \(isBasic), \(lines) lines")
        Measured.tell("error, \(name), \(isBasic ? "basic" : "rich")", (error, "\(lines) lines"))
        fresh.terminal.close()
        let bench = try Bench(name, slow: isBasic)
        var session = Session()
        session.choose("source_location", 1)
        session.tab(to: "next")
        session.state = Self.adapted(session.state, bench)
        let drawn = screen(session.state)
        _ = bench.show(drawn)
        session.press(.enter)
        let bytes = bench.show(Self.afterKey(session.state, drawn, bench))
        #expect(bytes > 20 && bytes <= 120, "basic: \(isBasic)")
        Measured.tell("refused, \(name), \(isBasic ? "basic" : "rich")", (bytes, "source"))
        bench.terminal.close()
      }
    }

    @Test(arguments: names)
    func `in a hundred thousand datasets a step paints what changed, a page its rows`(
      name: String
    ) throws {
      for isBasic in [true, false] {
        let bench = try Bench(name, slow: isBasic)
        var world = FakeWorld()
        world.local[""] = [DatasetRow(name: "tank", used: 1 << 40)]
        world.local["tank"] = (0..<100_000).map {
          DatasetRow(name: "tank/home-of-someone-\($0 + 100_000)", used: UInt64($0) << 20)
        }
        var session = Session(world: world)
        session.choose("source_location", 1)
        session.push("source_datasets")
        session.press(.right, .down)
        session.state = Self.adapted(session.state, bench)
        _ = bench.show(screen(session.state))
        let drawn = screen(session.state)
        session.press(.down)
        let step = bench.show(Self.afterKey(session.state, drawn, bench))
        #expect(step <= 40, "basic: \(isBasic)")
        for keys: [Key] in [[.end], [.home], [.pageDown, .pageDown]] {
          for key in keys { session.press(key) }
          let page = bench.show(screen(session.state))
          #expect(page <= 200 * (bench.terminal.size.rows - 6), "basic: \(isBasic)")
        }
        Measured.tell("browser step, \(name), \(isBasic ? "basic" : "rich")", (step, "browser"))
        bench.terminal.close()
      }
    }

    @Test func `nothing is cleared but at the start, on Ctrl-L, on a resize and on a switch`()
      throws
    {
      let bench = try Bench("xterm-256color")
      var terminal = MiniTerminal(size: bench.terminal.size)
      func show(_ state: AppState, with capabilities: Capabilities) {
        var state = state
        state.capabilities = capabilities
        bench.terminal.present(
          FrameRenderer.frame(
            of: screen(state), size: bench.terminal.size, capabilities: capabilities),
          with: capabilities)
        terminal.feed(bench.written())
      }
      let rich = bench.capabilities
      for (_, state) in Self.gallery { show(state, with: rich) }
      #expect(terminal.clears == 1)
      show(Self.gallery[0].state, with: .basic)
      #expect(terminal.clears == 2)
      for (_, state) in Self.gallery { show(state, with: .basic) }
      #expect(terminal.clears == 2)
      show(Self.gallery[0].state, with: rich)
      #expect(terminal.clears == 3)
      #expect(terminal.unknown == [])
    }

    @Test(arguments: names)
    func `in the basic mode every byte is ASCII, and nothing is coloured`(name: String) throws {
      let bench = try Bench(name, slow: true)
      for (screenName, state) in Self.gallery {
        _ = bench.written()
        var state = state
        state.capabilities = .basic
        bench.show(
          FrameRenderer.frame(
            of: screen(state), size: bench.terminal.size, capabilities: .basic))
        let bytes = bench.written()
        #expect(bytes.allSatisfy { $0 < 0x7F }, "\(screenName)")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.firstMatch(of: /\u{1b}\[[0-9;]*3[0-7]m/) == nil, "\(screenName)")
      }
      bench.terminal.close()
    }
  }
}

/// Numbers for people: `ZFERRY_MEASURE=1` prints them.
enum Measured {
  static func tell(_ what: String, _ most: (bytes: Int, screen: String)) {
    guard getenv("ZFERRY_MEASURE") != nil else { return }
    print("measured: \(what): \(most.bytes) bytes (\(most.screen))")
  }
}
