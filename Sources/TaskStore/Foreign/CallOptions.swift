internal import ReplicationModel

// What the options of programs that call `zfs send` have in common.

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
