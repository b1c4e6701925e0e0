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
      print("first paint \(name): basic \(basicBytes), rich \(richBytes)")
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
        print("\(name) slow \(isSlow): down \(down), button \(button), typed \(typed)/\(erased)")
        #expect(down <= 40)
        #expect(button <= 40)
        #expect(typed <= 16)
        bench.terminal.close()
      }
    }
  }
}
