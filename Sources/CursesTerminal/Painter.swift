internal import CNcurses
import TerminalCore

/// Puts a frame's cells into a window of ncurses, which finds out what has to be sent.
struct Painter {
  let window: UnsafeMutablePointer<WINDOW>
  let looks: Looks
  let isUnicode: Bool

  func paint(_ frame: Frame) {
    let rows = min(frame.size.rows, Int(getmaxy(window)))
    let columns = min(frame.size.columns, Int(getmaxx(window)))
    for row in 0..<rows {
      var column = 0
      wmove(window, Int32(row), 0)
      while column < columns {
        let look = looks.look(of: frame[column, row]?.role ?? .text)
        var run = ""
        while column < columns, let cell = frame[column, row], looks.look(of: cell.role) == look {
          if let character = cell.text { run.append(character) }
          column += 1
        }
        add(run, look)
      }
    }
    wattr_set(window, 0, 0, nil)
    wmove(window, Int32(frame.cursor.row), Int32(frame.cursor.column))
  }

  /// The last cell of the screen returns an error although it is drawn: results say nothing here.
  private func add(_ run: String, _ look: Looks.Look) {
    wattr_set(window, look.attributes, look.pair, nil)
    var text = ""
    for character in run {
      if isUnicode, let letter = Self.lines[character] {
        flush(&text)
        waddch(window, curses_line(letter) | look.attributes | chtype(look.pair) << 8)
      } else {
        text.append(isUnicode || character.isASCII ? character : "?")
      }
    }
    flush(&text)
  }

  private func flush(_ text: inout String) {
    guard !text.isEmpty else { return }
    waddnstr(window, text, -1)
    text = ""
  }

  /// Lines by their letters of the VT100: one byte each where the terminal has its set of lines,
  /// three in UTF-8.
  private static let lines: [Character: Int32] = [
    "─": 0x71, "│": 0x78, "┌": 0x6C, "┐": 0x6B, "└": 0x6D, "┘": 0x6A,
  ]
}
