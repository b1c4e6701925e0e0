import Foundation
import Glibc
import TerminalCore
import TerminalTestKit
import Testing

extension ScreenTests {
  /// The shipped program's way with terminals: how it leaves them, and what it makes of odd ones.
  @Suite(.serialized) struct TerminalLifeTests {
    static let names = ["xterm-256color", "vt100", "linux"]

    /// The program in its wizard, with no task stored.
    func open(
      _ ground: Ground, _ term: String = "xterm-256color",
      size: Size = Size(columns: 80, rows: 24), arguments: [String] = [],
      environment changes: [String: String] = [:], isShown: Bool = true
    ) throws -> TerminalProgram {
      var environment = ground.environment.merging(changes) { $1 }
      environment["TERM"] = nil
      let program = try TerminalProgram(
        Programs.zferry, arguments + ["wizard"], term: term, size: size, environment: environment)
      if isShown { try ScreenTests().see(program, "Step 1 of 4: Source") }
      return program
    }

    /// As it was: the settings (with echo), the cursor, the normal screen.
    func isLeftSane(_ program: TerminalProgram) -> Bool {
      _ = program.screen
      return program.terminal.settings == program.settingsBefore
        && program.terminal.picture.modes == [7, 25]
    }

    enum End: CustomStringConvertible {
      case key(Key)
      case signal(Int32)
      var description: String {
        switch self {
        case .key(let key): "\(key)"
        case .signal(let number): "signal \(number)"
        }
      }
    }

    static let ends: [(End, Int32)] = [
      (.key(.function(10)), 0), (.key(.ctrl("c")), 0), (.signal(SIGINT), 0), (.signal(SIGTERM), 0),
      (.signal(SIGHUP), 0), (.signal(SIGQUIT), 0), (.signal(SIGSEGV), -SIGSEGV),
      (.signal(SIGBUS), -SIGBUS), (.signal(SIGILL), -SIGILL), (.signal(SIGTRAP), -SIGTRAP),
      (.signal(SIGABRT), -SIGABRT), (.signal(SIGFPE), -SIGFPE),
    ]

    @Test(arguments: names)
    func `however zferry ends, the terminal is as it was`(term: String) throws {
      let ground = try Ground()
      for (end, status) in Self.ends {
        let program = try open(ground, term)
        #expect(program.terminal.settings != program.settingsBefore)
        switch end {
        case .key(let key): program.press(key)
        case .signal(let number): program.signal(number)
        }
        #expect(program.exitStatus(seconds: 20) == status, "\(end)")
        #expect(isLeftSane(program), "\(end): \(program.terminal.picture.modes)")
      }
    }

    @Test(arguments: names)
    func `a lost line ends it`(term: String) throws {
      let program = try open(try Ground(), term)
      program.terminal.hangUp()
      #expect(program.exitStatus(seconds: 10) != nil)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")), arguments: names)
    func `Ctrl-Z stops it with a sane terminal, and fg brings all back`(term: String) throws {
      let ground = try Ground()
      var environment = ground.environment
      environment["PS1"] = "shell: "
      environment["TERM"] = nil
      let shell = try TerminalProgram(
        "/bin/bash", ["--norc", "--noediting", "-i"], term: term, environment: environment)
      try ScreenTests().see(shell, "shell:")
      shell.terminal.send(Array("stty -a > \(ground.folder)/before\r".utf8))
      shell.terminal.send(Array("\(Programs.zferry) wizard\r".utf8))
      try ScreenTests().see(shell, "Step 1 of 4: Source")
      shell.press(.character("1"))
      try ScreenTests().see(shell, "(\(term == "xterm-256color" ? "•" : "o")) On this System")
      shell.press(.ctrl("z"))
      try ScreenTests().see(shell, "Stopped")
      #expect(shell.terminal.picture.modes.isDisjoint(with: [47, 1047, 1049, 2004]))
      #expect(shell.terminal.picture.modes.contains(25))
      shell.terminal.send(Array("stty -a > \(ground.folder)/stopped; echo done-$((1+1))\r".utf8))
      try ScreenTests().see(shell, "done-2")
      #expect(
        ground.lines(of: "\(ground.folder)/stopped") == ground.lines(of: "\(ground.folder)/before"))
      shell.terminal.resize(Size(columns: 90, rows: 26))
      shell.terminal.send(Array("fg\r".utf8))
      try ScreenTests().see(shell, "(\(term == "xterm-256color" ? "•" : "o")) On this System")
      #expect(shell.wait(seconds: 20) { $0.line(25).contains("next") })
      shell.press(.ctrl("c"))
      try ScreenTests().see(shell, "Quit?")
      shell.press(.ctrl("c"))
      shell.settle(milliseconds: 500)
      shell.terminal.send(Array("echo over-$((1+1))\r".utf8))
      try ScreenTests().see(shell, "over-2")
      #expect(shell.terminal.picture.modes == [7, 25])
    }

    // MARK: Odd sizes and odd terminals

    @Test func `a line without a size is asked for it once, by a question`() throws {
      let program = try open(
        try Ground(), "vt100", size: Size(columns: 0, rows: 0), isShown: false)
      #expect(program.wait(seconds: 20) { $0.questions == ["6n"] })
      program.terminal.resizePicture(Size(columns: 100, rows: 30))
      program.terminal.send(Array("\u{1b}[30;100R".utf8))
      try ScreenTests().see(program, "Step 1 of 4: Source")
      #expect(program.wait(seconds: 20) { $0.line(29).contains("next") }, "\(program.screen)")
      #expect(program.terminal.picture.questions == ["6n"])
    }

    @Test func `a line without a size that does not answer has twenty-four rows`() throws {
      let program = try open(
        try Ground(), "vt100", size: Size(columns: 0, rows: 0), isShown: false)
      program.terminal.resizePicture(Size(columns: 80, rows: 24))
      try ScreenTests().see(program, "Step 1 of 4: Source")
      #expect(program.wait(seconds: 20) { $0.line(23).contains("next") })
    }

    @Test func `old LINES and COLUMNS do not win over the terminal's size`() throws {
      let program = try open(try Ground(), environment: ["LINES": "40", "COLUMNS": "132"])
      #expect(program.wait(seconds: 20) { $0.line(23).contains("next") })
    }

    @Test func `from one cell to a wall of them and back, in the middle of a question`() throws {
      let program = try open(
        try Ground(), size: Size(columns: 1, rows: 1), isShown: false)
      program.settle(milliseconds: 500)
      program.terminal.resize(Size(columns: 80, rows: 24))
      try ScreenTests().see(program, "Step 1 of 4: Source")
      program.press(.character("1"))
      try ScreenTests().see(program, "(•) On this System")
      program.press(.ctrl("c"))
      try ScreenTests().see(program, "Quit?")
      for size in [(60, 20), (1, 1), (300, 100), (59, 20), (80, 24)] {
        program.terminal.resize(Size(columns: size.0, rows: size.1))
        if size.0 >= 60 {
          try ScreenTests().see(program, "Quit?")
        } else {
          program.settle(milliseconds: 300)
        }
      }
      program.press(.escape)
      #expect(program.wait(seconds: 20) { !$0.text.contains("Quit?") })
      #expect(program.screen.contains("(•) On this System"), "what was entered is kept")
      program.press(.ctrl("c"), .ctrl("c"))
      #expect(program.exitStatus(seconds: 20) == 0)
      #expect(isLeftSane(program))
    }

    @Test func `too small a screen still takes Ctrl-C`() throws {
      let program = try open(
        try Ground(), size: Size(columns: 40, rows: 10), isShown: false)
      try ScreenTests().see(program, "have 40x10")
      program.press(.ctrl("c"))
      #expect(program.exitStatus(seconds: 20) == 0)
    }

    @Test func `an unknown TERM is driven as a known one; none or dumb gets plain mode`() throws {
      let ground = try Ground()
      for term in ["adm99", "alacritty-of-tomorrow"] {
        let program = try open(ground, term)
        program.press(.ctrl("c"))
        #expect(program.exitStatus(seconds: 20) == 0)
        #expect(isLeftSane(program))
      }
      for term in ["", "dumb"] {
        let program = try open(ground, term, isShown: false)
        program.type("q\n")
        #expect(program.exitStatus(seconds: 20) == 0)
        #expect(program.screen.contains("q: quit"), "\(program.screen)")
        #expect(!program.terminal.bytes.contains(0x1B))
      }
    }

    @Test func `without a keyboard it refuses, and names the commands that need none`() throws {
      let ground = try Ground()
      var environment = ground.environment
      environment["TERM"] = nil
      for redirection in ["</dev/null", "<&-", "| cat"] {
        let program = try TerminalProgram(
          "/bin/sh", ["-c", "\(Programs.zferry) \(redirection); echo over"],
          environment: environment)
        try ScreenTests().see(program, "over")
        #expect(program.screen.contains("wizard --answers"), "\(redirection): \(program.screen)")
        #expect(!program.terminal.bytes.contains(0x1B), "\(redirection)")
      }
    }

    // MARK: What is sent

    @Test func `in a C locale every byte is ASCII`() throws {
      for term in ["xterm-256color", "vt100"] {
        let program = try open(try Ground(), term, environment: ["LC_ALL": "C"])
        program.press(.character("1"), .tab, .character("?"))
        try ScreenTests().see(program, "Help")
        program.press(.escape, .ctrl("t"), .tab, .ctrl("t"))
        program.settle()
        #expect(program.terminal.bytes.allSatisfy { $0 < 0x7F }, "\(term)")
      }
    }

    @Test func `nothing is asked, no mouse is wanted, and nothing is cleared without a reason`()
      throws
    {
      let program = try open(try Ground(), "vt100")
      program.press(.character("1"), .tab, .tab, .down, .up, .backTab, .ctrl("c"))
      try ScreenTests().see(program, "Quit?")
      program.press(.escape)
      program.settle()
      let picture = program.terminal.picture
      #expect(picture.questions == [])
      #expect(picture.modes.isDisjoint(with: [9, 1000, 1002, 1003, 1004, 1006]))
      #expect(picture.unknown == [])
      #expect(picture.clears == 1)
      program.press(.ctrl("l"))
      #expect(program.wait(seconds: 20) { $0.clears == 2 })
      let text = String(decoding: program.terminal.bytes, as: UTF8.self)
      for sequence in ["\u{1b}[c", "\u{1b}[0c", "\u{1b}[>c", "\u{1b}[6n", "\u{1b}[?1000h"] {
        #expect(!text.contains(sequence))
      }
    }

    @Test func `sequences nobody knows change nothing on the screen`() throws {
      for term in Self.names {
        let program = try open(try Ground(), term)
        program.press(.character("1"), .tab)
        program.settle()
        let before = program.screen
        for start in ["[1;5", "[1;7", "[99;", "[?1;2", "[>0;1", "O9"] {
          for final in "PQRSXabcdnt^$u" {
            program.terminal.send(Array("\u{1b}\(start)\(final)".utf8))
            program.settle(milliseconds: 5)
          }
        }
        program.settle(milliseconds: 300)
        #expect(program.screen == before, "\(term)")
      }
    }

    // MARK: Rich and basic

    @Test func `a poor terminal begins in the basic mode; a key switches, and is remembered`()
      throws
    {
      let ground = try Ground()
      let program = try open(ground, "vt100")
      #expect(!program.screen.contains("-----"), "no lines: \(program.screen)")
      program.press(.ctrl("t"))
      try ScreenTests().see(program, "-----")
      program.press(.ctrl("c"))
      #expect(program.exitStatus(seconds: 20) == 0)
      let file = "\(ground.folder)/state/screens"
      #expect(ground.lines(of: file) == ["vt100 rich"])
      var facts = stat()
      #expect(stat(file, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
      let again = try open(ground, "vt100")
      try ScreenTests().see(again, "-----")
      again.press(.function(4), .ctrl("c"))
      #expect(again.exitStatus(seconds: 20) == 0)
      #expect(ground.lines(of: file) == ["vt100 basic"])
      try "\u{1b}[2J broken\nvt100 maybe\n\nvt100\n".write(
        toFile: file, atomically: true, encoding: .utf8)
      let third = try open(ground, "vt100")
      #expect(!third.screen.contains("-----"))
      let rich = try open(ground, "xterm-256color")
      try ScreenTests().see(rich, "─────")
      let slow = try open(ground, "xterm-256color", arguments: ["--slow"])
      #expect(!slow.screen.contains("─────") && !slow.screen.contains("-----"))
      let readOnly = try open(ground, "xterm-256color", arguments: ["--read-only"])
      readOnly.press(.ctrl("t"), .ctrl("c"))
      #expect(readOnly.exitStatus(seconds: 20) == 0)
      #expect(!ground.lines(of: file).contains { $0.hasPrefix("xterm") })
    }

    // MARK: Numbers

    /// `ZFERRY_TIMING=1` holds the program to its times; a machine that does other things cannot.
    static let isTimed = getenv("ZFERRY_TIMING") != nil

    static func percentile(_ times: [Double], _ share: Double) -> Double {
      let sorted = times.sorted()
      return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    static func seconds(_ body: () throws -> Void) rethrows -> Double {
      let start = ContinuousClock.now
      try body()
      return (ContinuousClock.now - start) / .seconds(1)
    }

    @Test(.enabled(if: isTimed)) func `the first frame is there within a tenth of a second`() throws
    {
      let ground = try Ground()
      let times = try (0..<20).map { _ in
        var program: TerminalProgram?
        let time = try Self.seconds { program = try open(ground) }
        program?.signal(SIGTERM)
        return time
      }
      print(
        "measured: start to first frame: median \(Self.percentile(times, 0.5)) s,"
          + " most \(Self.percentile(times, 1)) s")
      #expect(Self.percentile(times, 0.5) <= 0.1)
    }

    @Test(.enabled(if: isTimed)) func `a lone Esc acts within a tenth of a second`() throws {
      let program = try open(try Ground())
      program.press(.character("1"))
      var times: [Double] = []
      for _ in 0..<100 {
        program.press(.ctrl("c"))
        try ScreenTests().see(program, "Quit?")
        times.append(
          Self.seconds {
            program.terminal.send([0x1B])
            while program.terminal.picture.text.contains("Quit?") {
              program.terminal.read(milliseconds: 5)
            }
          })
      }
      print("measured: lone Esc: p99 \(Self.percentile(times, 0.99)) s")
      #expect(Self.percentile(times, 0.99) <= 0.11)
    }
  }
}
