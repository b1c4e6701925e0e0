internal import CNcurses
import TerminalCore

/// Turns what ncurses reads into keys: unknown sequences are swallowed whole, bursts are pastes.
struct KeyReader {
  /// What ncurses read: a key's code, or a scalar of text.
  enum Raw: Hashable {
    case code(Int32)
    case text(UInt32)
  }

  let isUnicode: Bool
  /// Keys that are decoded, and wait to be taken.
  private var keys: [Key] = []
  private var pushedBack: Raw?

  init(isUnicode: Bool) { self.isUnicode = isUnicode }

  /// No person types so fast, no line that is worth pasting over is so slow.
  private static let burstMilliseconds: Int32 = 5
  /// So many characters in a burst are a paste.
  private static let burstLength = 6

  var isEmpty: Bool { keys.isEmpty && pushedBack == nil }

  /// A key that did not come as bytes: Ctrl-C is a signal.
  mutating func insert(_ key: Key) { keys.append(key) }

  mutating func next() -> Key? {
    if !keys.isEmpty { return keys.removeFirst() }
    while let raw = read(waiting: 0) {
      if let key = decode(raw) { return key }
      if !keys.isEmpty { return keys.removeFirst() }
    }
    return nil
  }

  private mutating func read(waiting milliseconds: Int32) -> Raw? {
    if let raw = pushedBack {
      pushedBack = nil
      return raw
    }
    let window = curses_screen()
    wtimeout(window, milliseconds)
    var value: wint_t = 0
    return switch wget_wch(window, &value) {
    case KEY_CODE_YES: .code(Int32(bitPattern: value))
    case OK: .text(value)
    default: nil
    }
  }

  private mutating func decode(_ raw: Raw) -> Key? {
    switch raw {
    case .code(KeyTable.pasteBegins): return pasted()
    case .code(KEY_MOUSE):
      // The beginning of a report that nobody asked for; its numbers follow as text.
      swallow { (0x40...0x7E).contains($0) }
      return nil
    case .code(let code): return KeyTable.key(code)
    case .text(0x1B): return escape()
    case .text(let value):
      guard Self.isText(value) else { return Self.control(value) }
      return burst(from: value)
    }
  }

  private static func isText(_ value: UInt32) -> Bool {
    value >= 0x20 && !(0x7F...0x9F).contains(value)
  }

  private static func control(_ value: UInt32) -> Key? {
    switch value {
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x08, 0x7F: .backspace
    case 0x01...0x1A:
      Unicode.Scalar(value + 0x60).map { .ctrl(Character($0)) }
    default: nil
    }
  }

  private func character(_ value: UInt32) -> Key? {
    guard value < 0x80 || isUnicode, let scalar = Unicode.Scalar(value) else { return nil }
    return value == 0x20 ? .space : .character(Character(scalar))
  }

  // MARK: Escape

  /// ncurses has waited for the rest of a sequence already; what follows now belongs to it.
  private mutating func escape() -> Key? {
    guard let next = read(waiting: 0) else { return .escape }
    switch next {
    case .text(0x5B):
      swallow { (0x40...0x7E).contains($0) && $0 != 0x5B }
      return nil
    case .text(0x4F):
      swallow { _ in true }
      return nil
    case .text(0x5D), .text(0x50), .text(0x5F), .text(0x5E):
      // An answer to a question nobody asked: up to the bell or the string's end.
      swallow { $0 == 0x07 || $0 == 0x5C }
      return nil
    case .text(let digit) where (0x30...0x39).contains(digit):
      return .function(digit == 0x30 ? 10 : Int(digit - 0x30))
    case .text(0x1B):
      pushedBack = next
      return .escape
    // A letter with Alt means nothing here, least of all "back".
    case .text: return nil
    case .code(let code): return KeyTable.key(code)
    }
  }

  private mutating func swallow(until isLast: (UInt32) -> Bool) {
    for _ in 0..<256 {
      guard let raw = read(waiting: 50), case .text(let value) = raw, !isLast(value) else { return }
    }
  }

  // MARK: Paste

  /// Up to the mark at its end, or a silence.
  private mutating func pasted() -> Key? {
    var text = String.UnicodeScalarView()
    while let raw = read(waiting: 500) {
      if case .code(KeyTable.pasteEnds) = raw { break }
      if case .text(let value) = raw, let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    return .paste(String(text))
  }

  /// Text that comes faster than anyone types is pasted: its line ends must not press buttons.
  private mutating func burst(from first: UInt32) -> Key? {
    var values = [first]
    while values.count < 65_536, let raw = read(waiting: Self.burstMilliseconds) {
      guard case .text(let value) = raw,
        Self.isText(value) || [0x09, 0x0A, 0x0D].contains(value)
      else {
        pushedBack = raw
        break
      }
      values.append(value)
    }
    let letters = values.count(where: Self.isText)
    let lineEnd = values.firstIndex { $0 == 0x0A || $0 == 0x0D }
    let goesOn = lineEnd.map { values[$0...].contains(where: Self.isText) } ?? false
    if letters >= Self.burstLength || goesOn {
      var text = String.UnicodeScalarView()
      for value in values { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
      return .paste(String(text))
    }
    keys += values.compactMap { Self.isText($0) ? character($0) : Self.control($0) }
    return keys.isEmpty ? nil : keys.removeFirst()
  }
}
