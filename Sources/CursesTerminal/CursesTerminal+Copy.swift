import Glibc

/// The clipboard of the screen in front of the person, which may be far from where zferry runs.
extension CursesTerminal {
  /// Asks the terminal to put a text on its clipboard (OSC 52): only one that is like xterm is
  /// asked, on a fast line, and for no more than all of them take. Whether it does so, it never says.
  public func copy(_ text: String) -> Bool {
    guard name.takesCopies, !isSlow, text.utf8.count <= 48_000 else { return false }
    let bytes = Array("\u{1b}]52;c;\(Self.base64(Array(text.utf8)))\u{7}".utf8)
    return write(options.output, bytes, bytes.count) == bytes.count
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var bits = part.reduce(0) { $0 << 8 | Int($1) }
      bits <<= 8 * (3 - part.count)
      for place in 0..<4 {
        text.append(place <= part.count ? letters[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }
}
