extension ContractBench {
  /// Makes an encrypted filesystem `e` with a file and the snapshot `@1`.
  fileprivate func encrypted(in place: String? = nil, snapshot: Bool = true) async throws -> String
  {
    let name = "\(place ?? a)/e"
    _ = try await succeed(
      [
        "create", "-o", "encryption=on", "-o", "keyformat=hex", "-o", "keylocation=prompt", name,
      ], input: Self.key("0"))
    guard snapshot else { return name }
    try await write(300_000, seed: 1, of: name)
    try await ok("snapshot", "\(name)@1")
    return name
  }

  /// Makes a filesystem `a/s` with a file and the snapshot `@1`, not encrypted.
  fileprivate func source() async throws {
    try await ok("create", "\(a)/s")
    try await write(300_000, seed: 1, of: "\(a)/s")
    try await ok("snapshot", "\(a)/s@1")
  }

  /// A key of one digit, as a file or standard input has it.
  fileprivate static func key(_ digit: String) -> [UInt8] {
    Array((String(repeating: digit, count: 64) + "\n").utf8)
  }

  /// The path of a file with the key of `a`s, beside the pools.
  fileprivate func keyFile(_ name: String) async throws -> String {
    let path = "/tmp/zferry-contract-\(name)-\(b.map { $0 == "/" ? "-" : String($0) }.joined())"
    try await subject.keep(Self.key("a"), at: path)
    return path
  }
}

let encryptionCases: [ContractCase] = [
  ContractCase("an encryption root hands its key down") { t in
    let root = try await t.encrypted()
    try await t.ok("create", "\(root)/c")
    for name in [root, "\(root)/c"] {
      try t.same(
        try await t.ok(
          "get", "-H", "-o", "value", "encryption,encryptionroot,keystatus", name),
        "aes-256-gcm\n\(root)\navailable", name)
    }
    try await t.fails(
      1, "Keyformat required for new encryption root.",
      ["create", "-o", "encryption=on", "\(t.a)/f"])
  },
  ContractCase(copying: "a raw copy stays encrypted, without a key, and takes raw increments") {
    t in
    let root = try await t.encrypted()
    try await t.receive(t.send("-w", "\(root)@1"), "-s", "\(t.b)/x")
    try await t.ok("snapshot", "\(root)@2")
    try await t.fails(
      1, "cannot receive incremental stream: inherited key must be loaded",
      ["receive", "-s", "\(t.b)/x"], input: t.send("-i", "@1", "\(root)@2"))
    try await t.receive(t.send("-w", "-i", "@1", "\(root)@2"), "-s", "-u", "\(t.b)/x")
    try t.same(
      try await t.ok(
        "get", "-H", "-o", "value", "encryption,encryptionroot,keystatus,mounted", "\(t.b)/x"),
      "aes-256-gcm\n\(t.b)/x\nunavailable\nno", "the copy")
    try t.same(
      try await t.value("guid", "\(t.b)/x@2"), try await t.value("guid", "\(root)@2"), "guid")
  },
  ContractCase(copying: "a copy that is not raw is readable") { t in
    let root = try await t.encrypted()
    try await t.receive(t.send("\(root)@1"), "\(t.b)/x")
    try t.same(try await t.value("encryption", "\(t.b)/x"), "off", "encryption")
    try t.same(
      try await t.subject.read("file", of: "\(t.b)/x"), ContractBench.bytes(300_000, seed: 1),
      "file")
  },
  ContractCase("encrypted properties leave only raw") { t in
    let root = try await t.encrypted()
    let words = "encrypted dataset \(root) may not be sent with properties without the raw flag"
    try await t.fails(1, words, ["send", "-p", "\(root)@1"])
  },
  ContractCase("without its key a dataset is sent only raw") { t in
    let root = try await t.encrypted()
    try await t.fails(255, "Key unload error: '\(root)' is busy.", ["unload-key", root])
    try await t.ok("unmount", root)
    try await t.ok("unload-key", root)
    try await t.fails(
      1, "warning: cannot send '\(root)@1': dataset key must be loaded", ["send", "\(root)@1"])
    _ = try await t.send("-w", "\(root)@1")
    try await t.fails(1, "cannot mount '\(root)': encryption key not loaded", ["mount", root])
  },
  ContractCase(copying: "a plain stream makes an encryption root with a key from a file") { t in
    try await t.source()
    let key = try await t.keyFile("key")
    try await t.receive(
      t.send("-p", "\(t.a)/s@1"), "-s", "-u", "-x", "mountpoint", "-o", "encryption=on", "-o",
      "keyformat=hex", "-o", "keylocation=file://\(key)", "\(t.b)/x")
    try t.same(
      try await t.ok("get", "-H", "-o", "value", "encryption,encryptionroot,keystatus", "\(t.b)/x"),
      "aes-256-gcm\n\(t.b)/x\navailable", "the copy")
    try t.same(
      try await t.value("guid", "\(t.b)/x@1"), try await t.value("guid", "\(t.a)/s@1"), "guid")
    // Its key may then be in no file.
    try await t.ok("set", "keylocation=prompt", "\(t.b)/x")
    try t.same(try await t.value("keylocation", "\(t.b)/x"), "prompt", "keylocation")
    // Later streams bring no encryption, and need none to be said.
    try await t.write(100_000, seed: 2, of: "\(t.a)/s")
    try await t.ok("snapshot", "\(t.a)/s@2")
    let more = try await t.send("-p", "-i", "@1", "\(t.a)/s@2")
    try await t.ok("unload-key", "\(t.b)/x")
    try await t.fails(1, "key must be loaded", ["receive", "-s", "-u", "\(t.b)/x"], input: more)
    try await t.fails(
      255, "Incorrect key provided", ["load-key", "-L", "prompt", "\(t.b)/x"],
      input: ContractBench.key("f"))
    _ = try await t.succeed(
      ["load-key", "-L", "prompt", "\(t.b)/x"], input: ContractBench.key("a"))
    try await t.receive(more, "-s", "-u", "-x", "mountpoint", "\(t.b)/x")
  },
  ContractCase(copying: "what is made below an encryption root inherits with -x encryption") { t in
    try await t.source()
    let root = try await t.encrypted(in: t.b)
    try await t.receive(
      t.send("-p", "\(t.a)/s@1"), "-s", "-u", "-x", "mountpoint", "-x", "encryption", "\(root)/x")
    try t.same(
      try await t.ok("get", "-H", "-o", "value", "encryption,encryptionroot", "\(root)/x"),
      "aes-256-gcm\n\(root)", "the copy")
  },
  ContractCase(copying: "receive asks nobody for a key") { t in
    try await t.source()
    let stream = try await t.send("\(t.a)/s@1")
    let result = try await t.subject.run(
      [
        "receive", "-u", "-o", "encryption=on", "-o", "keyformat=hex", "-o", "keylocation=prompt",
        "\(t.b)/x",
      ], input: stream)
    try t.holds(result.status != 0, "a key from standard input is refused")
    let there = try await t.tried("list", "\(t.b)/x")
    try t.holds(there.status != 0, "nothing was made")
  },
  ContractCase(
    copying: "a whole stream takes no encrypted dataset's place, a raw one no plain one's"
  ) { t in
    try await t.source()
    let root = try await t.encrypted()
    let words = "zfs receive -F cannot be used to destroy an encrypted filesystem"
    let place = try await t.encrypted(in: t.b, snapshot: false)
    try await t.fails(1, words, ["receive", "-u", "-F", place], input: t.send("\(t.a)/s@1"))
    try await t.ok("create", "\(t.b)/p")
    try await t.fails(
      1, words, ["receive", "-u", "-F", "\(t.b)/p"], input: t.send("-w", "\(root)@1"))
  },
  ContractCase(copying: "a raw stream takes no encryption but its own") { t in
    let root = try await t.encrypted()
    let stream = try await t.send("-w", "\(root)@1")
    try await t.fails(
      1, "cannot be set or excluded for raw streams",
      ["receive", "-u", "-x", "encryption", "\(t.b)/x"], input: stream)
  },
  ContractCase(copying: "a raw increment does not go on top of a plain copy") { t in
    let root = try await t.encrypted()
    try await t.receive(t.send("\(root)@1"), "-u", "\(t.b)/x")
    try await t.ok("snapshot", "\(root)@2")
    let result = try await t.subject.run(
      ["receive", "-u", "\(t.b)/x"], input: t.send("-w", "-i", "@1", "\(root)@2"))
    try t.holds(result.status != 0, "it is refused")
  },
  ContractCase("an encryption root is renamed beside its place") { t in
    let root = try await t.encrypted()
    try await t.ok("create", "\(root)/c")
    try await t.ok("rename", root, "\(t.a)/other")
    try t.same(
      try await t.ok("get", "-H", "-o", "value", "encryptionroot", "\(t.a)/other/c"),
      "\(t.a)/other", "the root")
  },
]
