import FormKit
import TerminalCore
import Testing

@testable import CursesTerminal

/// ncurses has one screen per process: no two of its tests run at once.
@Suite(.serialized) struct CursesTests {}

extension CursesTests {
  /// What a screen costs on the line: 960 bytes are a second at 9600 baud.
  @Suite(.serialized) struct ByteTests {
    static let names = ["vt100", "vt220", "linux", "xterm", "xterm-256color", "screen"]

    @Test(arguments: names)
    func `a form is painted within the budget`(name: String) throws {
      let basic = try Bench(name, slow: true, ascii: true, mono: true)
      let basicBytes = basic.show(.form())
      #expect(basicBytes <= 1400)
      #expect(basicBytes > 500)
      basic.terminal.close()
      let rich = try Bench(name)
      let richBytes = rich.show(.form())
      #expect(richBytes <= 2000)
    }

    @Test func `an error, a tick of progress and a question cost what they may`() throws {
      func run(_ share: Double, _ text: String) -> Screen {
        var screen = Screen.form()
        screen.blocks = [
          .progress(
            ProgressView(label: "tank/data@auto-2026-11-24_10-00", text: text, fraction: share))
        ]
        return screen
      }
      for name in Self.names {
        let bench = try Bench(name, slow: true)
        _ = bench.show(run(0.28, "1.2 GiB of 3.4 GiB, 85 MiB/s, 26 s left"))
        let tick = bench.show(run(0.29, "1.3 GiB of 3.4 GiB, 87 MiB/s, 25 s left"))
        #expect(tick > 0 && tick <= 64, "\(name)")
        _ = bench.show(.form())
        var wrong = Screen.form()
        guard case .field(var field) = wrong.blocks[1] else { return }
        field.message = Note(.error, "Source is required. Choose a dataset.")
        wrong.blocks[1] = .field(field)
        let error = bench.show(wrong)
        #expect(error > 40 && error <= 120, "\(name)")
        bench.terminal.close()
      }
    }

    @Test(arguments: names)
    func `moving the focus and typing cost next to nothing`(name: String) throws {
      for isSlow in [true, false] {
        let bench = try Bench(name, slow: isSlow)
        _ = bench.show(.form(focus: "source"))
        let down = bench.show(.form(focus: "recursive"))
        let button = bench.show(.form(focus: "next"))
        _ = bench.show(.form(focus: "source"))
        let typed = bench.show(.form(source: "tank/datax"))
        let erased = bench.show(.form(source: "tank/data"))
        #expect(down <= 40)
        #expect(button <= 40)
        #expect(typed <= 16 && erased <= 16)
        bench.terminal.close()
      }
    }
  }
}
