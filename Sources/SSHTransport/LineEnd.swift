internal import Glibc
internal import ReplicationEngine

/// How a line on the other side ended: what it told itself, and what the channel told of it.
struct LineEnd {
  /// The line's own word on standard error.
  var told: Int32?
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
    let last = told ?? status
    let signalled = (129...192).contains(last) ? last - 128 : nil
    if let number = told == nil ? signal ?? signalled : signalled {
      return CommandResult(exit: .signal(number), output: output, errors: errors)
    }
    return told.map { CommandResult(exit: .status($0), output: output, errors: errors) }
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
