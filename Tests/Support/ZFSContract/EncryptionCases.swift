extension ContractBench {
  /// Makes an encrypted filesystem `a/e` with a file and the snapshot `@1`.
  fileprivate func encrypted() async throws -> String {
    let key = Array((String(repeating: "0123456789abcdef", count: 4) + "\n").utf8)
    _ = try await succeed(
      [
        "create", "-o", "encryption=on", "-o", "keyformat=hex", "-o", "keylocation=prompt",
        "\(a)/e",
      ], input: key)
    try await write(300_000, seed: 1, of: "\(a)/e")
    try await ok("snapshot", "\(a)/e@1")
    return "\(a)/e"
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
]
