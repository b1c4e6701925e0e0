internal import CNcurses
import TerminalCore

/// The sequences that keys send, whatever TERM says: people have the wrong one more often than a
/// strange keyboard.
enum KeyTable {
  /// Beyond all codes of ncurses.
  static let pasteBegins: Int32 = 0x1001
  static let pasteEnds: Int32 = 0x1002

  static func define() {
    for (sequence, code) in sequences { define_key(sequence, code) }
  }

  /// The key for a code of ncurses; nil for one that means nothing here.
  static func key(_ code: Int32) -> Key? {
    if (KEY_F0 + 1...KEY_F0 + 12).contains(code) { return .function(Int(code - KEY_F0)) }
    return keys[code]
  }

  private static let keys: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home,
    KEY_END: .end, KEY_FIND: .home, KEY_SELECT: .end, KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown,
    KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_IC: .insert, KEY_ENTER: .enter,
    KEY_BTAB: .backTab, KEY_HELP: .function(1), KEY_A1: .home, KEY_A3: .pageUp, KEY_C1: .end,
    KEY_C3: .pageDown,
  ]

  private static let sequences: [(String, Int32)] =
    arrows + editing + functions
    + [
      ("\u{1b}[Z", KEY_BTAB), ("\u{1b}OM", KEY_ENTER), ("\u{7f}", KEY_BACKSPACE),
      ("\u{8}", KEY_BACKSPACE), ("\u{1b}[200~", pasteBegins), ("\u{1b}[201~", pasteEnds),
    ]

  private static let arrows: [(String, Int32)] = ["\u{1b}[", "\u{1b}O"].flatMap { start in
    [
      ("A", KEY_UP), ("B", KEY_DOWN), ("C", KEY_RIGHT), ("D", KEY_LEFT), ("H", KEY_HOME),
      ("F", KEY_END),
    ].map { (start + $0.0, $0.1) }
  }

  private static let editing: [(String, Int32)] = [
    (1, KEY_HOME), (2, KEY_IC), (3, KEY_DC), (4, KEY_END), (5, KEY_PPAGE), (6, KEY_NPAGE),
    (7, KEY_HOME), (8, KEY_END),
  ].map { ("\u{1b}[\($0.0)~", $0.1) }

  /// As xterm and the VT220 (`ESC O P`), as rxvt (`ESC [ 11 ~`), and as the Linux console
  /// (`ESC [ [ A`).
  private static let functions: [(String, Int32)] =
    zip("PQRS", 1...4).map { ("\u{1b}O\($0)", KEY_F0 + $1) }
    + zip("ABCDE", 1...5).map { ("\u{1b}[[\($0)", KEY_F0 + $1) }
    + zip([11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24], 1...12).map {
      ("\u{1b}[\($0)~", KEY_F0 + Int32($1))
    }
}
