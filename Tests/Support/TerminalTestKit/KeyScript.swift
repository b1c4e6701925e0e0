public import TerminalCore

/// Keys as the bytes that a terminal sends for them.
public enum KeyScript {
  /// As xterm and the VT220 do it, with cursor keys in the plain mode.
  public static func bytes(_ key: Key) -> [UInt8] {
    switch key {
    case .character(let character): Array(String(character).utf8)
    case .enter: [0x0D]
    case .escape: [0x1B]
    case .tab: [0x09]
    case .space: [0x20]
    case .backspace: [0x7F]
    case .ctrl(let letter): [(letter.asciiValue ?? 0x60) & 0x1F]
    case .backTab: sequence("Z")
    case .up: sequence("A")
    case .down: sequence("B")
    case .right: sequence("C")
    case .left: sequence("D")
    case .home: sequence("H")
    case .end: sequence("F")
    case .insert: sequence("2~")
    case .delete: sequence("3~")
    case .pageUp: sequence("5~")
    case .pageDown: sequence("6~")
    case .function(let number): function(number)
    case .paste(let text): sequence("200~") + Array(text.utf8) + sequence("201~")
    }
  }

  private static func sequence(_ text: String) -> [UInt8] { [0x1B, 0x5B] + Array(text.utf8) }

  private static func function(_ number: Int) -> [UInt8] {
    let codes = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]
    guard codes.indices.contains(number - 1) else { return [] }
    return sequence("\(codes[number - 1])~")
  }
}
