public import TerminalCore

/// A terminal in memory: understands what ncurses sends to a vt100, xterm, linux or screen.
public struct MiniTerminal: Sendable {
  public private(set) var size: Size
  public private(set) var cursor = Position(column: 0, row: 0)
  /// Private modes that are set, as 1049 for the alternate screen; at first line wrap and the cursor.
  public private(set) var modes: Set<Int> = [7, 25]
  /// How often the whole screen was cleared.
  public private(set) var clears = 0
  /// Questions the program asked, as `6n`.
  public private(set) var questions: [String] = []
  /// Sequences it did not understand: a test that trusts the picture holds this to be empty.
  public private(set) var unknown: [String] = []

  private var cells: [[Character]]
  private var saved = Position(column: 0, row: 0)
  private var region: ClosedRange<Int>
  private var wrapsNext = false
  private var inserts = false
  private var graphics = (g0: false, g1: false, usesG1: false)
  private var last: Character = " "
  private var state = State.ground
  private var utf8: [UInt8] = []
  private enum State: Equatable, Sendable {
    case ground, escape, text
    case csi(String)
    case charset(Character)
  }

  public init(size: Size) {
    self.size = size
    cells = Self.blank(size)
    region = 0...max(0, size.rows - 1)
  }

  private static func blank(_ size: Size) -> [[Character]] {
    Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
  }

  /// What is on the screen, without the spaces at the ends of lines.
  public var text: String { (0..<size.rows).map(line).joined(separator: "\n") }

  public func line(_ row: Int) -> String {
    var line = String(cells[row].filter { $0 != "\0" })
    while line.last == " " { line.removeLast() }
    return line
  }

  public mutating func resize(_ size: Size) {
    var fresh = Self.blank(size)
    for row in 0..<min(size.rows, self.size.rows) {
      for column in 0..<min(size.columns, self.size.columns) {
        fresh[row][column] = cells[row][column]
      }
    }
    cells = fresh
    self.size = size
    region = 0...max(0, size.rows - 1)
    cursor = Position(
      column: min(cursor.column, size.columns - 1), row: min(cursor.row, size.rows - 1))
  }

  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { feed(byte) }
  }

  private mutating func feed(_ byte: UInt8) {
    let character = Character(Unicode.Scalar(byte))
    switch state {
    case .ground: ground(byte)
    case .escape: escape(character)
    case .charset(let set):
      if set == "(" { graphics.g0 = character == "0" }
      if set == ")" { graphics.g1 = character == "0" }
      state = .ground
    case .text:
      if byte == 0x07 { state = .ground }
      if byte == 0x1B { state = .escape }
    case .csi(let soFar):
      if (0x40...0x7E).contains(byte) && !(soFar.isEmpty && byte == 0x5B) {
        state = .ground
        csi(soFar, character)
      } else {
        state = .csi(soFar + String(character))
      }
    }
  }

  private mutating func ground(_ byte: UInt8) {
    switch byte {
    case 0x1B: state = .escape
    case 0x08: move(column: cursor.column - 1)
    case 0x09: move(column: (cursor.column / 8 + 1) * 8)
    case 0x0A, 0x0B, 0x0C: lineFeed()
    case 0x0D: move(column: 0)
    case 0x0E: graphics.usesG1 = true
    case 0x0F: graphics.usesG1 = false
    case 0x00...0x1F, 0x7F: break
    default: text(byte)
    }
  }

  private mutating func text(_ byte: UInt8) {
    utf8.append(byte)
    let needed =
      switch utf8[0] {
      case 0xC0...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF7: 4
      default: 1
      }
    guard utf8.count >= needed else { return }
    let decoded = String(decoding: utf8, as: UTF8.self)
    utf8 = []
    for character in decoded { put(character) }
  }

  private mutating func put(_ character: Character) {
    let isGraphic = graphics.usesG1 ? graphics.g1 : graphics.g0
    let shown = isGraphic ? Self.lines[character] ?? character : character
    let width = ScreenText.columns(of: shown)
    if wrapsNext {
      move(column: 0)
      lineFeed()
    }
    guard size.rows > 0, cursor.column + width <= size.columns else { return }
    if inserts {
      cells[cursor.row].insert(shown, at: cursor.column)
      cells[cursor.row].removeLast()
    }
    cells[cursor.row][cursor.column] = shown
    if width == 2 { cells[cursor.row][cursor.column + 1] = "\0" }
    last = shown
    let next = cursor.column + width
    cursor.column = min(next, size.columns - 1)
    wrapsNext = next >= size.columns
  }

  private mutating func escape(_ character: Character) {
    state = .ground
    switch character {
    case "[": state = .csi("")
    case "]", "P", "_", "^", "k": state = .text
    case "(", ")", "*", "+", "#", "%": state = .charset(character)
    case "7": saved = cursor
    case "8": move(column: saved.column, row: saved.row)
    case "D": lineFeed()
    case "E":
      move(column: 0)
      lineFeed()
    case "M": if cursor.row == region.lowerBound { scroll(-1) } else { move(row: cursor.row - 1) }
    case "c": self = MiniTerminal(size: size)
    case "=", ">", "\\", "H": break
    default: unknown.append("ESC \(character)")
    }
  }

  private mutating func csi(_ text: String, _ final: Character) {
    let isPrivate = text.hasPrefix("?")
    let numbers = text.drop { !$0.isNumber && $0 != ";" }.split(
      separator: ";", omittingEmptySubsequences: false
    ).map { Int($0) }
    func number(_ index: Int, _ standard: Int = 1) -> Int {
      let value = numbers.indices.contains(index) ? numbers[index] ?? standard : standard
      return value == 0 && standard == 1 ? 1 : value
    }
    switch final {
    case "A": move(row: max(cursor.row - number(0), 0))
    case "B", "e": move(row: cursor.row + number(0))
    case "C", "a": move(column: cursor.column + number(0))
    case "D": move(column: cursor.column - number(0))
    case "E": move(column: 0, row: cursor.row + number(0))
    case "F": move(column: 0, row: cursor.row - number(0))
    case "G", "`": move(column: number(0) - 1)
    case "d": move(row: number(0) - 1)
    case "H", "f": move(column: number(1) - 1, row: number(0) - 1)
    case "J": eraseScreen(number(0, 0))
    case "K": eraseLine(number(0, 0))
    case "L": insertRows(number(0))
    case "M": insertRows(-number(0))
    case "P", "@": shift(final == "P" ? number(0) : -number(0))
    case "X": erase(cursor.column..<cursor.column + number(0), row: cursor.row)
    case "S": scroll(number(0))
    case "T": scroll(-number(0))
    case "b": for _ in 0..<number(0) { put(last) }
    case "r" where !isPrivate:
      region = max(0, number(0) - 1)...max(0, min(size.rows, number(1, size.rows)) - 1)
      move(column: 0, row: 0)
    case "h", "l":
      for case let mode? in numbers { set(mode, to: final == "h", isPrivate: isPrivate) }
    case "n", "c": questions.append(text + String(final))
    case "m", "t", "q", "u", "s", "g": break
    default: unknown.append("CSI \(text)\(final)")
    }
  }

  private mutating func set(_ mode: Int, to isOn: Bool, isPrivate: Bool) {
    if !isPrivate {
      if mode == 4 { inserts = isOn }
      return
    }
    if isOn { modes.insert(mode) } else { modes.remove(mode) }
    if [47, 1047, 1049].contains(mode) { cells = Self.blank(size) }
  }

  private mutating func move(column: Int? = nil, row: Int? = nil) {
    wrapsNext = false
    if let column { cursor.column = max(0, min(column, size.columns - 1)) }
    if let row { cursor.row = max(0, min(row, size.rows - 1)) }
  }

  private mutating func lineFeed() {
    if cursor.row == region.upperBound { scroll(1) } else { move(row: cursor.row + 1) }
    wrapsNext = false
  }

  /// Up by so many lines, within the region; down where it is negative.
  private mutating func scroll(_ count: Int) { roll(region, count) }

  private mutating func roll(_ rows: ClosedRange<Int>, _ count: Int) {
    let empty = [Character](repeating: " ", count: size.columns)
    for _ in 0..<min(abs(count), rows.count) {
      cells.remove(at: count > 0 ? rows.lowerBound : rows.upperBound)
      cells.insert(empty, at: count > 0 ? rows.upperBound : rows.lowerBound)
    }
  }

  /// Inserts blank rows at the cursor, or removes rows there.
  private mutating func insertRows(_ count: Int) {
    guard region.contains(cursor.row) else { return }
    roll(cursor.row...region.upperBound, -count)
  }

  private mutating func shift(_ count: Int) {
    for _ in 0..<min(abs(count), size.columns) {
      if count > 0 {
        cells[cursor.row].remove(at: cursor.column)
        cells[cursor.row].append(" ")
      } else {
        cells[cursor.row].insert(" ", at: cursor.column)
        cells[cursor.row].removeLast()
      }
    }
  }

  private mutating func eraseScreen(_ what: Int) {
    if what == 0 || what == 2 {
      let from = what == 2 ? 0 : cursor.row + 1
      if what == 0 { eraseLine(0) }
      for row in from..<max(from, size.rows) { erase(0..<size.columns, row: row) }
    }
    if what == 1 {
      for row in 0..<cursor.row { erase(0..<size.columns, row: row) }
      eraseLine(1)
    }
    if what == 2 || what == 0 && cursor == Position(column: 0, row: 0) { clears += 1 }
  }

  private mutating func eraseLine(_ what: Int) {
    switch what {
    case 0: erase(cursor.column..<size.columns, row: cursor.row)
    case 1: erase(0..<cursor.column + 1, row: cursor.row)
    default: erase(0..<size.columns, row: cursor.row)
    }
  }

  private mutating func erase(_ columns: Range<Int>, row: Int) {
    for column in columns.clamped(to: 0..<size.columns) { cells[row][column] = " " }
  }

  private static let lines: [Character: Character] = [
    "q": "─", "x": "│", "l": "┌", "k": "┐", "m": "└", "j": "┘", "t": "├", "u": "┤",
  ]
}
