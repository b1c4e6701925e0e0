/// What a host says before anything is secret: its greeting, and the algorithms it takes (RFC 4253).
struct Greeting {
  /// Whether a line `SSH-2.0-…` came.
  var isSSH = false
  /// The line with the version, or what came instead of it, at most 100 bytes.
  var line = ""
  /// What the host takes, by the kinds of libssh2; empty where it did not get that far.
  var offer: [Algorithms.Kind: [String]] = [:]

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let text = rest[..<end]
      rest = rest[(end + 1)...]
      guard text.starts(with: "SSH-".utf8) else {
        if line.isEmpty { line = Self.text(text) }
        continue
      }
      isSSH = true
      line = Self.text(text)
      readOffer(rest)
      return
    }
    if line.isEmpty { line = Self.text(rest) }
  }

  /// A packet's length (4), padding's length (1), the message's number 20, a cookie (16), ten lists.
  private mutating func readOffer(_ packet: ArraySlice<UInt8>) {
    guard packet.count > 22, packet[packet.startIndex + 5] == 20 else { return }
    var lists: [String] = []
    var rest = packet.dropFirst(22)
    while lists.count < 6, rest.count >= 4 {
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      guard length <= rest.count else { break }
      lists.append(String(decoding: rest.prefix(length), as: UTF8.self))
      rest = rest.dropFirst(length)
    }
    guard lists.count == 6 else { return }
    let kinds: [Algorithms.Kind] = [
      .keyExchange, .hostKey, .cipherOut, .cipherIn, .macOut, .macIn,
    ]
    for (kind, list) in zip(kinds, lists) {
      offer[kind] = list.split(separator: ",").map(String.init)
    }
  }

  /// Whether an sshd says that it takes no more connections now, in place of a greeting.
  var turnsAway: Bool {
    line.hasPrefix("Exceeded MaxStartups") || line.hasPrefix("Not allowed at this time")
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var line = bytes.prefix(100)
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}
