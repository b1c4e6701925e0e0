import FormKit
import Foundation
import TerminalCore
import TerminalTestKit
import Testing

@testable import CursesTerminal

extension CursesTests {
  /// Which terminals are driven how, and that what arrives there is the frame.
  @Suite(.serialized) struct TerminalTests {
    @Test(arguments: ["", "dumb", "unknown"])
    func `a terminal that cannot place its cursor is refused`(name: String) {
      #expect(throws: TerminalProblem.cannotDraw(name: name)) { _ = try Bench(name) }
    }

    @Test func `an unknown name falls back to the nearest known one`() throws {
      #expect(try Bench("xterm-ghostty-next").terminal.substitute == "xterm")
      #expect(try Bench("adm3000").terminal.substitute == "vt100")
      #expect(try Bench("xterm").terminal.substitute == nil)
    }

    @Test func `colour is for terminals that have it, and people who want it`() throws {
      #expect(try Bench("xterm-256color").terminal.capabilities.colour)
      #expect(try !Bench("vt100").terminal.capabilities.colour)
      #expect(try !Bench("xterm-256color", mono: true).terminal.capabilities.colour)
      let unwanted = try Bench("xterm-256color", variables: ["NO_COLOR": "1"])
      #expect(!unwanted.terminal.capabilities.colour)
      unwanted.terminal.close()
      #expect(try Bench("xterm-256color", variables: ["NO_COLOR": ""]).terminal.capabilities.colour)
    }

    @Test func `without UTF-8 every byte is ASCII`() throws {
      let bench = try Bench("xterm", locale: "C")
      #expect(!bench.terminal.capabilities.unicode)
      _ = bench.written()
      var frame = Frame(size: bench.terminal.size)
      frame.write("é…│漢 tank", at: Position(column: 0, row: 0))
      bench.show(frame)
      let bytes = bench.written()
      #expect(bytes.count > 4)
      #expect(bytes.allSatisfy { $0 < 0x7F })
    }

    @Test(arguments: ["vt100", "vt220", "linux", "xterm", "xterm-256color", "screen"])
    func `what arrives at the terminal is the frame, to the last cell`(name: String) throws {
      let bench = try Bench(name)
      var terminal = MiniTerminal(size: bench.terminal.size)
      let focuses: [FocusID] = ["location", "source", "schema", "next", "back", "location"]
      for (index, focus) in focuses.enumerated() {
        var screen = Screen.form(focus: focus, status: String(repeating: "help ", count: index))
        if index == 3 {
          screen.focus = "stay"
          screen.dialog = Dialog(
            title: "Quit?", blocks: [.paragraph("Nothing is unsaved.", .plain)],
            actions: [Action(id: "stay", title: "Stay"), Action(id: "go", title: "Quit")])
        }
        if index == 5 { bench.terminal.invalidate() }
        let frame = FrameRenderer.frame(
          of: screen, size: bench.terminal.size, capabilities: bench.terminal.capabilities)
        bench.show(frame)
        terminal.feed(bench.written())
        #expect(terminal.text == frame.text, "\(name), \(focus)")
        #expect(terminal.cursor == frame.cursor, "\(name), \(focus)")
      }
      #expect(terminal.unknown == [])
    }

    @Test func `the whole screen is cleared when it is entered and when that is asked for`() throws
    {
      let bench = try Bench("xterm")
      var terminal = MiniTerminal(size: bench.terminal.size)
      func show(_ focus: FocusID) {
        bench.terminal.present(
          FrameRenderer.frame(
            of: .form(focus: focus), size: bench.terminal.size,
            capabilities: bench.terminal.capabilities), with: bench.terminal.capabilities)
        terminal.feed(bench.written())
      }
      for focus in ["source", "recursive", "next", "back"] as [FocusID] { show(focus) }
      #expect(terminal.clears == 1)
      bench.terminal.invalidate()
      show("back")
      #expect(terminal.clears == 2)
    }

    @Test func `a copy goes to terminals that are like xterm, on a fast line`() throws {
      let bench = try Bench("xterm-256color")
      _ = bench.written()
      #expect(bench.terminal.copy("ssh-ed25519 AAAA"))
      #expect(bench.written() == Array("\u{1b}]52;c;c3NoLWVkMjU1MTkgQUFBQQ==\u{7}".utf8))
      #expect(!bench.terminal.copy(String(repeating: "x", count: 50_000)))
      bench.terminal.close()
      for (name, isSlow) in [
        ("xterm", true), ("vt100", false), ("linux", false), ("screen", false),
      ] {
        let poor = try Bench(name, slow: isSlow)
        _ = poor.written()
        #expect(!poor.terminal.copy("text"))
        #expect(poor.written() == [], "\(name)")
        poor.terminal.close()
      }
    }

    @Test func `base64 as everyone writes it`() {
      for (text, coded) in [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ] {
        #expect(CursesTerminal.base64(Array(text.utf8)) == coded)
      }
    }

    @Test func `the basic mode is for slow lines and poor terminals`() throws {
      for (name, isSlow, isBasic) in [
        ("vt100", false, true), ("vt220", false, true), ("linux", false, false),
        ("xterm-256color", false, false), ("xterm-256color", true, true), ("screen", false, false),
      ] {
        let bench = try Bench(name, slow: isSlow)
        #expect(bench.terminal.prefersBasic == isBasic, "\(name)")
        bench.terminal.close()
      }
    }

    @Test func `a second terminal opens after the first was closed`() throws {
      for name in ["xterm", "vt100", "linux"] {
        let bench = try Bench(name)
        #expect(bench.show(.form()) > 400)
        bench.terminal.close()
        bench.show(Frame(size: bench.terminal.size))
        #expect(bench.terminal.readKey() == nil)
      }
    }

    @Test func `no terminal, no screen`() {
      var options = TerminalOptions()
      options.name = "xterm"
      options.input = open("/dev/null", O_RDWR)
      options.output = options.input
      defer { close(options.input) }
      #expect(throws: TerminalProblem.noTerminal) { _ = try CursesTerminal.open(options) }
    }
  }
}

/// What follows from names and answers alone.
@Suite struct TerminalNameTests {
  @Test func `what is modern falls back to xterm, the rest to a VT100`() {
    for name in ["alacritty", "foot-extra", "wezterm", "xterm-kitty", "tmux-direct"] {
      #expect(TerminalName(text: name).fallbacks == ["xterm", "vt100"], "\(name)")
    }
    for name in ["adm3a", "wy50", "vt420"] {
      #expect(TerminalName(text: name).fallbacks == ["vt100"], "\(name)")
    }
  }

  @Test func `old terminals and the Linux console get ASCII`() {
    for name in ["vt100", "vt220", "linux", "ansi", "sun", "wy60", "linux-16color"] {
      #expect(TerminalName(text: name).isASCII, "\(name)")
    }
    for name in ["xterm", "screen", "tmux", "vte", "rxvt-unicode"] {
      #expect(!TerminalName(text: name).isASCII, "\(name)")
    }
  }

  @Test func `an answer about the size is read, and nonsense is not`() {
    func size(_ text: String) -> [Int]? {
      SizeProbe.parse(Array(text.utf8)).map { [Int($0.rows), Int($0.columns)] }
    }
    #expect(size("\u{1b}[24;80R") == [24, 80])
    #expect(size("abc\u{1b}[50;132R") == [50, 132])
    for text in ["", "R", "\u{1b}[24R", "\u{1b}[0;80R", "\u{1b}[24;99999R", "\u{1b}[a;bR", "24;80"]
    {
      #expect(size(text) == nil, "\(text.debugDescription)")
    }
  }
}
