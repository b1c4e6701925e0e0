internal import ReplicationEngine
internal import ReplicationModel

/// What is asked of the other side's shell, so that one stream may come over several connections.
///
/// sshd lets 2 MiB be under way on each, and the other side's TCP often no more than 4. The stream is cut
/// into pieces, dealt to the connections in turn; the first one's shell has the command, and FIFOs for
/// what the others carry. Whatever breaks, the receiver has got the stream's beginning and nothing else.
///
/// To the other side, a piece has a line with its length before it, and a line with a full stop behind;
/// a length of 0 ends the stream. From there, all pieces have one length, but for the last.
struct StripeLines {
  static let most = Connection.mostForOneStream
  /// Bytes of a piece: each costs a process or three over there.
  static let piece = 1 << 20
  /// What the first says once all of them are there.
  static let joined = "zferry-joined\n"
  /// Seconds after which what was never joined is cleared away over there.
  private static let patience = 90

  /// A folder that nobody else can guess, make or enter.
  private let folder: String
  let count: Int

  init(count: Int, token: UInt64 = .random(in: .min ... .max)) {
    self.count = min(max(count, 2), Self.most)
    folder = "/tmp/zferry-" + String(token, radix: 16)
  }

  /// Over how many connections a stream should go, nil for one. `wish` is what a person asks for; else as
  /// many as fill a line of 1 Gbit/s together with the streams beside it, where the login of each is worth
  /// it.
  static func count(_ wish: Int?, roundTrip: Double?, bytes: UInt64?, sharers: Int = 1) -> Int? {
    if let wish { return wish > 1 && bytes ?? .max >= smallest ? wish : nil }
    guard let roundTrip, roundTrip >= 0.02, let bytes, bytes >= smallest else { return nil }
    let window = Double(2 << 20)
    let all = (roundTrip * 120e6 / window).rounded(.up) + 1
    let count = min(most, Int((all / Double(sharers)).rounded(.up)))
    return count > 1 ? count : nil
  }

  /// Bytes below which the logins take longer than the stream.
  private static let smallest: UInt64 = 64 << 20

  /// Makes the FIFOs, where sh and head read no byte more than they are asked for: some do. Status 0
  /// where they are there.
  var prepare: String {
    let fifos = (1..<count).map { "\(folder)/\($0)" }.joined(separator: " ")
    return RemoteLine.script(
      "umask 077; \(Self.take); [ \"$(\(Self.sample) | { while take; do :; done; })\" = abcdef ] && "
        + "mkdir \(folder) && mkfifo \(fifos) && { "
        + "(sleep \(Self.patience); \(undo)) </dev/null >/dev/null 2>&1 & } "
        + "&& s=0 || s=1; " + RemoteLine.told("$s"))
  }

  /// Lets go of whoever waits at a FIFO: they find both ends open, and then their partner gone.
  var clear: String { RemoteLine.script("{ \(undo); }; s=$?; " + RemoteLine.told("$s")) }

  /// What a connection runs: the first one the command, each other one the end of a FIFO.
  func line(_ index: Int, _ command: Command, _ direction: StreamDirection, sudo: Bool) -> String {
    switch (index, direction) {
    case (0, .sending): send(command, sudo: sudo)
    case (0, .receiving): receive(command, sudo: sudo)
    default: carry(index, direction)
    }
  }

  /// Between a connection after the first and its FIFO.
  func carry(_ index: Int, _ direction: StreamDirection) -> String {
    let arrow = direction == .sending ? "<" : ">"
    return RemoteLine.script("cat \(arrow)\(folder)/\(index); s=$?; " + RemoteLine.told("$s"))
  }

  /// The receiving command, fed from all of them.
  private func receive(_ command: Command, sudo: Bool) -> String {
    let turns = (["take"] + others { "take <&\($0)" }).joined(separator: " && ")
    return RemoteLine.script(
      "\(Self.take); \(join("<")); { while \(turns); do :; done; } | "
        + "{ \(leave); \(RemoteLine.body(command, sudo: sudo)); }")
  }

  /// The sending command, dealt to all of them.
  private func send(_ command: Command, sudo: Bool) -> String {
    let turns = (["deal"] + others { "deal >&\($0)" }).joined(separator: " && ")
    return RemoteLine.script(
      "\(Self.deal); \(join(">")); { \(leave); \(RemoteLine.body(command, sudo: sudo)); } | "
        + "{ while \(turns); do :; done; }")
  }

  /// Opens the FIFOs, which wait for one another, and says so. Then nobody needs their names any more.
  private func join(_ arrow: String) -> String {
    let opened = others { "\($0)\(arrow)\(folder)/\($0 - 2)" }.joined(separator: " ")
    return "exec \(opened); rm -rf \(folder); echo \(Self.joined.dropLast()) >&2"
  }

  /// Of no use to the command, which might keep them open.
  private var leave: String {
    "exec " + others { "\($0)<&-" }.joined(separator: " ")
  }

  /// For each descriptor of a FIFO.
  private func others(_ text: (Int) -> String) -> [String] { (3..<(count + 2)).map(text) }

  private var undo: String {
    let opened = others { "\($0)<>\(folder)/\($0 - 2)" }.joined(separator: " ")
    return "if [ -d \(folder) ]; then exec \(opened); rm -rf \(folder); fi"
  }

  /// One piece from standard input; false at the end, and where any of it is missing.
  private static let take =
    "take() { read -r n && [ \"$n\" -gt 0 ] && head -c \"$n\" && read -r e && [ \"$e\" = . ]; }"
  /// One piece to standard output; false at the stream's end, which only its first byte tells.
  private static let deal =
    "deal() { o=$(dd bs=1 count=1 2>/dev/null | od -A n -t o1 | tr -d ' \\n'); "
    + "[ -n \"$o\" ] && { printf \"\\\\$o\"; head -c \(piece - 1); }; }"
  /// Pieces that a reader who takes too much would swallow.
  private static let sample = "{ echo 3; echo abc.; echo 3; echo def.; echo 0; }"
}
