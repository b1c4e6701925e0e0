import FormKit
import Foundation
import TerminalCore
import Testing

@testable import CursesTerminal

extension CursesTests {
  /// What keys mean, whatever TERM says and whatever the keyboard sends (ux.md 10 to 15).
  @Suite(.serialized) struct KeyTests {
    static let names = ["vt100", "vt220", "linux", "xterm", "xterm-256color", "screen", "ansi"]

    static let sequences: [(String, Key)] = [
      ("\u{1b}[A", .up), ("\u{1b}OA", .up), ("\u{1b}[B", .down), ("\u{1b}OB", .down),
      ("\u{1b}[C", .right), ("\u{1b}OC", .right), ("\u{1b}[D", .left), ("\u{1b}OD", .left),
      ("\u{1b}[H", .home), ("\u{1b}OH", .home), ("\u{1b}[1~", .home), ("\u{1b}[7~", .home),
      ("\u{1b}[F", .end), ("\u{1b}OF", .end), ("\u{1b}[4~", .end), ("\u{1b}[8~", .end),
      ("\u{1b}[5~", .pageUp), ("\u{1b}[6~", .pageDown), ("\u{1b}[2~", .insert),
      ("\u{1b}[3~", .delete), ("\u{1b}[Z", .backTab), ("\u{1b}OM", .enter), ("\r", .enter),
      ("\n", .enter), ("\t", .tab), (" ", .space), ("\u{8}", .backspace), ("\u{7f}", .backspace),
      ("\u{1b}OP", .function(1)), ("\u{1b}[11~", .function(1)), ("\u{1b}[[A", .function(1)),
      ("\u{1b}1", .function(1)), ("\u{1b}[21~", .function(10)), ("\u{1b}0", .function(10)),
      ("\u{1b}[24~", .function(12)), ("\u{1b}", .escape), ("a", .character("a")),
      ("\u{c}", .ctrl("l")), ("\u{10}", .ctrl("p")), ("?", .character("?")),
    ]

    @Test(arguments: names)
    func `every key is understood under every TERM`(name: String) throws {
      let bench = try Bench(name)
      for (bytes, key) in Self.sequences {
        #expect(bench.keys(bytes) == [key], "\(name): \(bytes.debugDescription)")
      }
    }

    @Test(arguments: names)
    func `an unknown sequence is swallowed whole`(name: String) throws {
      let bench = try Bench(name)
      var count = 0
      let starts = ["[1;5", "[1;8", "[99;", "[?1;2", "[>0;1", "[<35;12;4", "[203;3", "[77"]
      for start in starts {
        for final in "ABCDEFGHPQRSXabcdmnt~^$u@`" {
          let keys = bench.keys("\u{1b}\(start)\(final)")
          #expect(keys == [], "\(start)\(final): \(keys)")
          count += 1
        }
      }
      for sequence in ["\u{1b}Oz", "\u{1b}]0;title\u{7}", "\u{1b}P1+r\u{1b}\\", "\u{1b}x"] {
        #expect(bench.keys(sequence) == [], "\(sequence.debugDescription)")
      }
      #expect(count >= 200)
      #expect(bench.keys("z") == [.character("z")])
    }

    @Test func `what is pasted never presses a button`() throws {
      let bench = try Bench("xterm")
      #expect(bench.keys("tank/data\n") == [.paste("tank/data\n")])
      #expect(bench.keys("a\nb") == [.paste("a\nb")])
      #expect(
        bench.keys("\u{1b}[200~one\rtwo\u{1b}[201~x") == [.paste("one\rtwo"), .character("x")])
      #expect(bench.keys("\u{1b}[200~\u{1b}[A\u{1b}[201~") != [.up])
    }

    @Test func `a few keys in one go are still keys`() throws {
      let bench = try Bench("xterm")
      #expect(
        bench.keys("abc\r") == [.character("a"), .character("b"), .character("c"), .enter])
      #expect(bench.keys("\t\t\r") == [.tab, .tab, .enter])
      #expect(bench.keys("a\u{1b}[B") == [.character("a"), .down])
    }

    @Test func `a lone Esc waits no longer than it must`() throws {
      let bench = try Bench("xterm")
      let before = ContinuousClock.now
      #expect(bench.keys("\u{1b}") == [.escape])
      let took = ContinuousClock.now - before
      #expect(took >= .milliseconds(25) && took < .milliseconds(200))
    }
  }
}
