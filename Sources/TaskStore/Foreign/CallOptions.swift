internal import ReplicationModel

// What the options of programs that call `zfs send` have in common.

/// A word of a call, with the value that belongs to it.
enum CallWord {
  case place(String)
  case option(String, value: String?)
  /// What begins here is the shell's, and ends the call.
  case shells(String)

  /// Takes the next; nil at the end. `valued` have a value, as a word of its own or after `=`; `name` says
  /// what an option is called.
  init?(
    from words: inout ArraySlice<String>, valued: Set<String>,
    name: (String) -> String = { String($0.drop { $0 == "-" }) }
  ) {
    guard let word = words.popFirst() else { return nil }
    if ShellLine.isShells(word) {
      words = []
      self = .shells(word)
    } else if !word.hasPrefix("-") {
      self = .place(word)
    } else {
      let parts = name(word).split(separator: "=", maxSplits: 1).map(String.init)
      let option = parts.first ?? ""
      let own = parts.count > 1 ? parts[1] : nil
      self = .option(option, value: own ?? (valued.contains(option) ? words.popFirst() : nil))
    }
  }
}

extension TaskDraft.Compression {
  /// What packs as a program's own name for it does, as `pigz-fast`; nil where zferry has it not.
  init?(tool: String) {
    switch tool {
    case "lz4": self = .lz4
    case "pigz-fast", "pigz-slow", "gzip": self = .pigz
    case "zstd-fast", "zstd-slow", "zstdmt-fast", "zstdmt-slow": self = .zstd
    case "zstd-adapt": self = .adaptive
    default: return nil
    }
  }

  static func unknown(_ tool: String) -> String {
    "zferry does not pack with \(tool). Choose another."
  }
}

extension ByteSize {
  /// Bytes of `10m` or, plain, of `1000`; nil where it is no size.
  static func bytes(ofPlain text: String) -> Int? {
    try? parse(text.allSatisfy(\.isNumber) ? text + "B" : text)
  }
}

extension Finding {
  /// A copy from one other system to another.
  static func relay(_ field: String) -> Finding {
    Finding(
      field, code: "import.relay",
      "`\(field)`: both sides are other systems. Run zferry on one of them.")
  }
}
