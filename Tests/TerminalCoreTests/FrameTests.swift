import TerminalCore
import Testing

/// A screen as cells.
@Suite struct FrameTests {
  func at(_ column: Int, _ row: Int) -> Position { Position(column: column, row: row) }

  @Test func `text stands where it was written, with its role`() {
    var frame = Frame(size: Size(columns: 10, rows: 2))
    #expect(frame.write("tank", at: at(2, 1), role: .title) == 4)
    #expect(frame.text == "\n  tank")
    #expect(frame[2, 1] == Cell("t", .title))
    #expect(frame[6, 1] == Cell(" ", .text))
    #expect(frame[10, 0] == nil && frame[-1, 0] == nil && frame[0, 2] == nil)
  }

  @Test func `nothing is written beyond the edge, the limit or the screen`() {
    var frame = Frame(size: Size(columns: 5, rows: 1))
    #expect(frame.write("tank/data", at: at(2, 0)) == 3)
    #expect(frame.text == "  tan")
    #expect(frame.write("xyz", at: at(0, 0), limit: 2) == 2)
    #expect(frame.text == "xytan")
    #expect(frame.write("x", at: at(0, 0), limit: 0) == 0)
    frame.write("lost", at: at(0, 7))
    frame.write("lost", at: at(-9, 0))
    #expect(frame.text == "xytan")
  }

  @Test func `a wide character takes two cells, and never half of one`() {
    var frame = Frame(size: Size(columns: 5, rows: 1))
    #expect(frame.write("漢字漢", at: at(0, 0)) == 4)
    #expect(frame[0, 0]?.text == "漢" && frame[1, 0]?.text == nil)
    #expect(frame.text == "漢字")
    frame.write("x", at: at(1, 0))
    #expect(frame.text == " x字")
    frame.write("x", at: at(2, 0))
    #expect(frame.text == " xx")
    #expect(frame[3, 0]?.text == " ")
  }

  @Test func `no control reaches a cell`() {
    var frame = Frame(size: Size(columns: 40, rows: 1))
    frame.write("a\u{1b}[2J\u{9b}b\r\nc\u{202e}d", at: at(0, 0))
    #expect(frame.text == "a\\u{1b}[2J\\u{9b}b\\u{d}\\nc\\u{202e}d")
    #expect(frame.cells.allSatisfy { ($0.text?.unicodeScalars.first?.value ?? 0x20) >= 0x20 })
  }

  @Test func `a row can be cleared and painted`() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame.write("abcd", at: at(0, 0), role: .error)
    frame.clear(1..<3, row: 0)
    #expect(frame.text == "a  d")
    #expect(frame[1, 0]?.role == .text)
    frame.paint(0..<9, row: 0, role: .focus)
    #expect(frame.cells.allSatisfy { $0.role == .focus })
    #expect(frame.text == "a  d")
  }

  @Test(arguments: [(0, 0), (-3, 5), (5, -3), (1, 1)])
  func `any size makes a frame`(columns: Int, rows: Int) {
    var frame = Frame(size: Size(columns: columns, rows: rows))
    frame.write("text", at: at(0, 0))
    #expect(frame.cells.count == max(0, columns) * max(0, rows))
  }

  @Test func `ASCII signs are ASCII, and every text can be spelled in them`() {
    let glyphs = Glyphs.of(Capabilities(unicode: false))
    for sign in [
      glyphs.ellipsis, glyphs.horizontal, glyphs.vertical, glyphs.topLeft, glyphs.topRight,
      glyphs.bottomLeft, glyphs.bottomRight, glyphs.closed, glyphs.open, glyphs.up, glyphs.down,
      glyphs.barFull, glyphs.barEmpty, glyphs.chosen, glyphs.focus,
    ] {
      #expect(sign.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
    #expect(glyphs.spelled("loading… → “é” 漢") == "loading... -> \"?\" ??")
    #expect(Glyphs.unicode.spelled("loading… é\u{1b}") == "loading… é\\u{1b}")
  }

  @Test func `signs of the same use have the same width in both sets`() {
    let (rich, plain) = (Glyphs.unicode, Glyphs.ascii)
    for (one, other) in [
      (rich.horizontal, plain.horizontal), (rich.vertical, plain.vertical),
      (rich.closed, plain.closed), (rich.open, plain.open), (rich.chosen, plain.chosen),
      (rich.barFull, plain.barFull), (rich.focus, plain.focus),
    ] {
      #expect(ScreenText.columns(of: one) == ScreenText.columns(of: other))
    }
  }
}
