import TerminalCore
import Testing

@Suite struct InterfaceModeTests {
  func mode(_ variables: [String: String], asked: Bool = false, terminal: Bool = true)
    -> InterfaceMode
  {
    InterfaceMode(isAskedFor: asked, isTerminal: terminal) { variables[$0] }
  }

  @Test(arguments: ["dumb", "", "unknown"])
  func `a terminal that cannot place its cursor is asked in lines`(term: String) {
    #expect(mode(["TERM": term]) == .plain)
    #expect(mode([:]) == .plain)
    #expect(mode(["TERM": "vt100"]) == .drawn)
  }

  @Test func `ACCESSIBLE asks for lines unless it says no`() {
    #expect(mode(["TERM": "xterm", "ACCESSIBLE": "1"]) == .plain)
    #expect(mode(["TERM": "xterm", "ACCESSIBLE": "0"]) == .drawn)
    #expect(mode(["TERM": "xterm", "ACCESSIBLE": ""]) == .drawn)
  }

  @Test func `without a terminal only the option asks for lines`() {
    #expect(mode([:], terminal: false) == .drawn)
    #expect(mode(["ACCESSIBLE": "1"], terminal: false) == .drawn)
    #expect(mode([:], asked: true, terminal: false) == .plain)
    #expect(mode(["TERM": "xterm"], asked: true) == .plain)
  }

  @Test func `the first locale that is set says whether there is more than ASCII`() {
    #expect(InterfaceMode.isUnicode { ["LANG": "de_DE.UTF-8"][$0] })
    #expect(InterfaceMode.isUnicode { ["LC_ALL": "", "LC_CTYPE": "C.utf8"][$0] })
    #expect(!InterfaceMode.isUnicode { ["LC_ALL": "C", "LANG": "de_DE.UTF-8"][$0] })
    #expect(!InterfaceMode.isUnicode { _ in nil })
  }
}
