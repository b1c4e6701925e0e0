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
    // Lines go as UTF-8, not as letters of the VT100: some terminals ignore those in UTF-8.
    let text = isUnicode ? run : String(run.map { $0.isASCII ? $0 : "?" })
    waddnstr(window, text, -1)
  }
}
