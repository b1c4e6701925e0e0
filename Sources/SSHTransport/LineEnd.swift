internal import Glibc
internal import ReplicationEngine

/// How a line on the other side ended: what it told itself, and what the channel told of it.
struct LineEnd {
  /// The line's own word on standard error.
  var told: Int32?
  /// Its word of the packer beside the command.
  var filter: Int32?
  /// The channel's status, and the signal that ended the login shell.
  var status: Int32
  var signal: Int32?
  var output: [UInt8] = []
  var errors: String

  /// Nil where nobody of ours has spoken.
  ///
  /// A shell tells of a signal by 128 and its number (POSIX, 2.8.2): ours of the tool's, the login
  /// shell of ours.
  var result: CommandResult? {
    var exit = Self.exit(told ?? status)
    if told == nil {
      if let signal { exit = .signal(signal) }
      guard case .signal = exit else { return nil }
    }
    return CommandResult(
      exit: exit, filter: filter.map(Self.exit), output: output, errors: errors)
  }

  private static func exit(_ status: Int32) -> CommandResult.Exit {
    (129...192).contains(status) ? .signal(status - 128) : .status(status)
  }

  /// Closed in order without a word from our line: the login shell spoke instead (nologin, a forced
  /// command), or there was no status at all.
  var silence: (code: HostError.Code, words: String) {
    let words = errors + String(decoding: output.prefix(1_024), as: UTF8.self)
    guard status != 0 || !words.isEmpty else { return (.noStatus, "") }
    // As nologin(8) says it, on Linux and on BSD.
    return (words.contains("not available") ? .nologin : .shell, words)
  }
}
