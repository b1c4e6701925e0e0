import Glibc

/// Finds out the size of a terminal at the end of a serial line, of which the kernel knows nothing.
///
/// The cursor is sent far out, and asked where it got to. It is the one question that is ever asked,
/// and only where no size is reported; an answer that comes too late is swallowed by `KeyReader`.
enum SizeProbe {
  private static let timeout: Int32 = 300

  /// Tells the kernel the size, if it has none and the terminal answers in time.
  static func run(input: Int32, output: Int32, before: termios) {
    var window = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_row == 0 || window.ws_col == 0
    else { return }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON)
    guard tcsetattr(input, TCSANOW, &silent) == 0 else { return }
    defer {
      var before = before
      tcsetattr(input, TCSANOW, &before)
    }
    let question = "\u{1b}7\u{1b}[999;999H\u{1b}[6n\u{1b}8"
    write(output, question, question.utf8.count)
    guard let (rows, columns) = parse(answer(from: input)) else { return }
    window.ws_row = rows
    window.ws_col = columns
    _ = ioctl(output, UInt(TIOCSWINSZ), &window)
  }

  private static func answer(from input: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < 32, bytes.last != 0x52 {
      var polled = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      var byte: UInt8 = 0
      guard poll(&polled, 1, timeout) > 0, read(input, &byte, 1) == 1 else { break }
      bytes.append(byte)
    }
    return bytes
  }

  /// Rows and columns of `ESC [ 24 ; 80 R`, whatever was typed before it.
  static func parse(_ bytes: [UInt8]) -> (rows: UInt16, columns: UInt16)? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasSuffix("R"), let start = text.lastIndex(of: "[") else { return nil }
    let numbers = text[text.index(after: start)...].dropLast().split(separator: ";").map {
      UInt16($0)
    }
    guard numbers.count == 2, let rows = numbers[0], let columns = numbers[1], rows > 0,
      columns > 0
    else { return nil }
    return (rows, columns)
  }
}
