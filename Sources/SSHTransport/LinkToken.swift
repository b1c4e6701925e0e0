/// What proves that a connection is the one that was asked for through SSH: 256 random bits of the system.
struct LinkToken: Sendable {
  let text: String

  init() {
    var random = SystemRandomNumberGenerator()
    text = (0..<4).map { _ in Self.hex(random.next()) }.joined()
  }

  /// A name that nobody else can guess, of a token's kind.
  static var name: String {
    var random = SystemRandomNumberGenerator()
    return hex(random.next())
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The line a connection begins with.
  var line: [UInt8] { Array("\(text)\n".utf8) }

  /// Compares all of it, whatever the first difference: time tells nothing.
  func isSaid(by bytes: [UInt8]) -> Bool {
    let line = line
    guard bytes.count == line.count else { return false }
    return zip(bytes, line).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
