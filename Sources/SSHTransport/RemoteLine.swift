internal import ReplicationModel

/// What is asked of a remote login shell, whatever shell that is.
///
/// It sees `/bin/sh -c '…'`. sh, csh and fish agree on what stands between single quotes as long as
/// that holds no newline (csh ends a command there), no `!` (csh's history) and no backslash before
/// a quote or another one (fish). A text with any of those is sent as octal numbers for printf(1),
/// and so is a long one, in pieces: the csh of BSD takes no word of more than a thousand bytes.
enum RemoteLine {
  /// Tells, just before that, how a packer ended.
  static let filterMark = "zferry-filter:"
  /// Ends standard error, so that a command whose end nobody saw is told from one that succeeded.
  static let mark = "zferry-exit:"

  /// One command, with its exit status told on standard error. Exit status 127: there is no such tool.
  ///
  /// The tool is looked up there and then: no path of ours goes stale, and sudo gets an absolute one,
  /// for its own search path may lack it.
  static func text(_ command: Command, sudo: Bool) -> String {
    script(body(command, sudo: sudo))
  }

  /// The same as the end of a script.
  static func body(_ command: Command, sudo: Bool) -> String {
    let words = command.arguments.map { " " + Command.quoted($0) }.joined()
    let tool = Command.quoted(command.tool)
    let prefix = sudo && command.mayNeedRoot ? asRoot : ""
    let pipe = command.link.map(NetcatLine.pipe) ?? Pipe(command.filter)
    return "\(find)\(tool)\(run)\(pipe.before)\(prefix)\(found)\(words)\(pipe.after)"
  }

  /// The pieces of the line, in their order; a forced command takes it apart by them.
  static let find = "s=127; t=$(command -v "
  static let run = ") && {"
  static let asRoot = " sudo -n"
  static let found = " \"$t\""

  /// What stands around the tool and its words, up to the line's end.
  struct Pipe {
    var before: String
    var after: String

    init(before: String, after: String) {
      self.before = before
      self.after = after
    }

    /// A packer beside the tool is looked up as it is: status 127 of its own where it is not there. The
    /// status of each is told by itself through descriptor 3, for a shell's pipe tells only the last
    /// one; what ends without a word of it counts as failed. Neither gets the descriptors.
    init(_ filter: Command.Filter?) {
      guard let filter else {
        before = ""
        after = "; s=$?; }; " + RemoteLine.told("$s")
        return
      }
      let own = " 3>&- 4>&-"
      let packer = "\"$p\" " + filter.arguments.joined(separator: " ") + own
      before =
        " s=1 q=127; p=$(command -v \(filter.program.rawValue)) && { q=1; exec 4>&1; "
        + "eval \"$({ "
      after =
        " 3>&1 >&4)\"; }; }; echo \(RemoteLine.filterMark)${q:-0} >&2; " + RemoteLine.told("$s")
      switch filter.place {
      case .after:
        before += "{"
        after = "\(own); echo s=$? >&3; } | \(packer); echo q=$? >&3; }" + after
      case .before:
        before += "{ \(packer); echo q=$? >&3; } |"
        after = "\(own); echo s=$? >&3; }" + after
      }
    }
  }

  /// What stands before each script.
  static let path = "PATH=\"$PATH:/usr/local/sbin:/usr/sbin:/sbin\"; LC_ALL=C; export PATH LC_ALL; "
  /// What reads a script that came as numbers.
  static let decoder = "eval \"$(IFS=; printf %b \"$*\")\""

  /// The end of a script: tells the status, and exits with it.
  static func told(_ status: String) -> String { "echo \(mark)\(status) >&2; exit \(status)" }

  /// A POSIX script as one word for any login shell.
  static func script(_ body: String) -> String {
    let whole = path + body
    let isPlain = !whole.utf8.contains {
      $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\n")
        || $0 == UInt8(ascii: "\r")
    }
    if isPlain, whole.utf8.count <= 800 { return "/bin/sh -c " + quoted(whole) }
    let pieces = octal(whole).map { " '\($0)'" }.joined()
    return "/bin/sh -c " + quoted(decoder) + " sh" + pieces
  }

  /// For `printf %b`, which takes a zero before three digits: pieces of 160 bytes, 800 characters.
  private static func octal(_ text: String) -> [String] {
    var pieces: [String] = []
    for (index, byte) in text.utf8.enumerated() {
      if index % 160 == 0 { pieces.append("") }
      let digits = String(byte, radix: 8)
      pieces[pieces.count - 1] +=
        "\\0" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    return pieces
  }

  private static func quoted(_ text: String) -> String {
    "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  /// Takes a mark off what a command wrote to standard error, and reads the status it tells.
  static func end(of errors: String, mark: String = mark) -> (errors: String, status: Int32?) {
    let bytes = Array(errors.utf8)
    let wanted = Array(mark.utf8)
    guard bytes.last == UInt8(ascii: "\n") else { return (errors, nil) }
    let digits = bytes.dropLast().reversed().prefix { (48...57).contains($0) }
    let start = bytes.count - 1 - digits.count - wanted.count
    guard start >= 0, !digits.isEmpty, Array(bytes[start..<(start + wanted.count)]) == wanted,
      let status = Int32(String(decoding: digits.reversed(), as: UTF8.self))
    else { return (errors, nil) }
    return (String(decoding: bytes[..<start], as: UTF8.self), status)
  }
}
