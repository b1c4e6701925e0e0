import Foundation
import TerminalCore
import TerminalTestKit
import Testing

extension CursesTests {
  /// What a terminal looks like after a program has come and gone, however it went (ux.md 62, 63).
  @Suite(.serialized, .enabled(if: Probe.path != nil, "terminal-probe is not built"))
  struct ProbeTests {
    func start(
      _ term: String = "xterm-256color", size: Size = Size(columns: 80, rows: 24),
      arguments: [String] = [], environment: [String: String] = [:]
    ) throws -> (TerminalProgram, before: [UInt8]) {
      let program = try TerminalProgram(
        try #require(Probe.path), arguments, term: term, size: size, environment: environment)
      return (program, program.settingsBefore)
    }

    static let ends: [(Character, Int32)] = [
      ("q", 0), ("f", -SIGILL), ("i", -SIGILL), ("a", -SIGABRT), ("s", -SIGSEGV), ("x", 7),
    ]

    @Test(arguments: ends)
    func `however it ends, the terminal is as it was`(letter: Character, status: Int32) throws {
      let (program, before) = try start()
      #expect(program.wait(for: "ready"))
      #expect(program.terminal.settings != before)
      #expect(program.terminal.picture.modes.isSuperset(of: [1049, 2004]))
      program.press(.character(letter))
      let ended = try #require(program.exitStatus())
      #expect(ended == status || ended == -SIGTRAP && status == -SIGILL)
      #expect(program.terminal.settings == before)
      #expect(program.terminal.picture.modes == [7, 25])
      if letter == "f" { #expect(program.screen.contains("on purpose")) }
      if letter == "q" { #expect(program.screen.contains("goodbye")) }
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT])
    func `a signal that asks it to end is told, and ends it in order`(number: Int32) throws {
      let (program, before) = try start()
      #expect(program.wait(for: "ready"))
      program.signal(number)
      #expect(program.exitStatus() == 129)
      #expect(program.terminal.settings == before)
      #expect(program.screen.contains("hung up"))
    }

    @Test func `a cut line ends it within a second`() throws {
      let (program, _) = try start()
      #expect(program.wait(for: "ready"))
      program.terminal.hangUp()
      #expect(program.exitStatus(seconds: 1) != nil)
    }

    @Test func `Ctrl-C is a key`() throws {
      let (program, _) = try start()
      #expect(program.wait(for: "ready"))
      program.press(.ctrl("c"))
      #expect(program.wait(for: "key ctrl(\"c\")"))
    }

    @Test func `a resize is told, and all is drawn anew`() throws {
      let (program, _) = try start()
      #expect(program.wait(for: "size 80x24"))
      program.terminal.resize(Size(columns: 100, rows: 30))
      #expect(program.wait(for: "size 100x30"))
      program.terminal.resize(Size(columns: 1, rows: 1))
      program.settle()
      program.terminal.resize(Size(columns: 60, rows: 20))
      #expect(program.wait(for: "size 60x20"))
      #expect(program.screen.contains("ready"))
    }

    @Test func `old LINES and COLUMNS do not win over the terminal`() throws {
      let (program, _) = try start(environment: ["LINES": "30", "COLUMNS": "100"])
      #expect(program.wait(for: "size 80x24"))
    }

    @Test func `standard error waits until the screen is gone`() throws {
      let (program, _) = try start()
      #expect(program.wait(for: "ready"))
      program.press(.character("e"))
      #expect(program.wait(for: "key character(\"e\")"))
      #expect(!program.screen.contains("a library"))
      program.press(.character("q"))
      #expect(program.exitStatus() == 0)
      #expect(program.screen.contains("a library says something"))
    }

    @Test func `another thread can end the wait`() throws {
      let (program, _) = try start()
      #expect(program.wait(for: "ready"))
      program.press(.character("w"))
      #expect(program.wait(for: "woken"))
    }

    @Test func `a lone Esc is a key within a tenth of a second`() throws {
      let (program, _) = try start()
      #expect(program.wait(for: "ready"))
      let before = ContinuousClock.now
      program.terminal.send([0x1B])
      #expect(program.wait(for: "key escape"))
      #expect(ContinuousClock.now - before < .milliseconds(500))
    }

    @Test func `a name nobody knows is driven as the nearest known one`() throws {
      let (modern, _) = try start("alacritty-of-tomorrow")
      #expect(modern.wait(for: "driven as xterm"))
      let (old, _) = try start("adm99")
      #expect(old.wait(for: "driven as vt100"))
    }

    @Test(arguments: ["dumb", ""])
    func `where nothing can be drawn it says so, and draws nothing`(term: String) throws {
      let (program, before) = try start(term)
      #expect(program.exitStatus() == 64)
      #expect(program.screen.contains("no screen: cannotDraw"))
      #expect(!program.terminal.bytes.contains(0x1B))
      #expect(program.terminal.settings == before)
    }

    @Test func `nothing is asked of the terminal, and no mouse is wanted`() throws {
      for term in ["vt100", "xterm-256color", "linux", "screen"] {
        let (program, _) = try start(term)
        #expect(program.wait(for: "ready"))
        #expect(program.terminal.picture.questions == [])
        #expect(program.terminal.picture.modes.isDisjoint(with: [1000, 1002, 1003, 1006]))
        #expect(program.terminal.picture.unknown == [])
      }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
    func `Ctrl-Z gives the shell a sane terminal, and fg brings all back`() throws {
      let shell = try TerminalProgram(
        "/bin/bash", ["--norc", "-i"], environment: ["PS1": "shell: "])
      #expect(shell.wait(for: "shell:"))
      shell.terminal.send(Array("\(try #require(Probe.path))\r".utf8))
      #expect(shell.wait(for: "ready"))
      shell.press(.character("z"), .ctrl("z"))
      #expect(shell.wait(for: "Stopped"))
      #expect(shell.terminal.picture.modes.isDisjoint(with: [1049]))
      shell.terminal.resize(Size(columns: 90, rows: 25))
      shell.settle()
      shell.terminal.send(Array("fg\r".utf8))
      #expect(shell.wait(for: "size 90x25"))
      #expect(shell.wait(for: "key character(\"z\")"))
      #expect(shell.terminal.picture.modes.contains(1049))
      shell.press(.character("q"))
      #expect(shell.wait(for: "goodbye"))
    }

    @Test func `where no shell would wake it, Ctrl-Z only draws again`() throws {
      let (program, _) = try start()
      #expect(program.wait(for: "ready"))
      program.press(.ctrl("z"), .character("y"))
      #expect(program.wait(for: "key character(\"y\")"))
    }

    @Test func `a serial line that reports no size is asked once, and answers late in vain`() throws
    {
      let (program, _) = try start("vt100", size: Size(columns: 0, rows: 0))
      #expect(program.wait { $0.questions == ["6n"] })
      program.terminal.send(Array("\u{1b}[30;100R".utf8))
      #expect(program.wait { _ in true })
      program.terminal.resizePicture(Size(columns: 100, rows: 30))
      #expect(program.wait(for: "size 100x30"))
      program.terminal.send(Array("\u{1b}[30;100R".utf8))
      program.press(.character("y"))
      #expect(program.wait(for: "key character(\"y\")"))
      #expect(!program.screen.contains("key escape"))
    }

    @Test func `a line that does not answer gets the size of its kind`() throws {
      let (program, _) = try start("vt100", size: Size(columns: 0, rows: 0))
      program.terminal.resizePicture(Size(columns: 80, rows: 24))
      #expect(program.wait(for: "size 80x24"))
    }
  }
}

/// The program beside the tests; no path where it was not built.
enum Probe {
  static let path: String? = {
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let path = folder.appending(path: "terminal-probe").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()
}
