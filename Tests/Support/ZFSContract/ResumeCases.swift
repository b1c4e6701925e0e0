extension ContractBench {
  /// Leaves half of `a@1`, or of its increment to `@2`, in `b/x`.
  ///
  /// - Returns: the token, and the whole stream.
  fileprivate func cut(incremental: Bool = false) async throws -> (token: String, stream: [UInt8]) {
    if incremental {
      try await ok("snapshot", "\(a)@1")
      try await receive(send("\(a)@1"), "-u", "\(b)/x")
    }
    try await write(4_000_000, seed: 1, of: a)
    let last = incremental ? "\(a)@2" : "\(a)@1"
    try await ok("snapshot", last)
    let whole = incremental ? try await send("-i", "@1", last) : try await send(last)
    try await fails(
      1, "Partially received snapshot is saved.", ["receive", "-s", "-u", "\(b)/x"],
      input: Array(whole.prefix(whole.count / 2)))
    return (try await value("receive_resume_token", "\(b)/x"), whole)
  }
}

let resumeCases: [ContractCase] = [
  ContractCase(copying: "send -nvt tells what a token is about, even when that has gone") { t in
    let (token, _) = try await t.cut()
    let guid = UInt64(try await t.value("guid", "\(t.a)@1")) ?? 0
    let facts = ["toguid = 0x\(String(guid, radix: 16))\n", "toname = \(t.a)@1\n", "bytes = 0x"]
    let text = try await t.ok("send", "-nvt", token)
    for fact in facts { try t.holds(text.contains("\t" + fact), "\(fact) in \(text)") }
    try await t.ok("destroy", "\(t.a)@1")
    let gone = try await t.tried("send", "-nvt", token)
    try t.same(gone.status, 255, "exit code")
    for fact in facts {
      try t.holds((gone.text + "\n").contains("\t" + fact), "\(fact) in \(gone.text)")
    }
    try await t.fails(
      255, "cannot resume send: '\(t.a)@1' used in the initial send no longer exists",
      ["send", "-t", token])
  },
  ContractCase("a token that is none is refused") { t in
    try await t.fails(255, "resume token is corrupt", ["send", "-t", "1-abc"])
  },
  ContractCase(copying: "a snapshot is found by its GUID, whatever it is called now") { t in
    let (token, _) = try await t.cut()
    try await t.ok("rename", "\(t.a)@1", "@new")
    try await t.receive(t.send("-t", token), "-s", "-u", "\(t.b)/x")
    try t.same(try await t.names("snapshot", "\(t.b)/x"), ["\(t.b)/x@new"], "its name here")
  },
  ContractCase(copying: "a cut full receive refuses every other stream") { t in
    let (_, stream) = try await t.cut()
    try await t.fails(
      1, "destination '\(t.b)/x' exists\nmust specify -F", ["receive", "-s", "\(t.b)/x"],
      input: stream)
    try await t.fails(
      1, "contains partially-complete state from \"zfs receive -s\".",
      ["receive", "-s", "-F", "\(t.b)/x"], input: stream)
    try await t.fails(1, "dataset is busy", ["snapshot", "\(t.b)/x@own"])
    try await t.ok("snapshot", "-r", "\(t.b)@own")
    try t.same(try await t.names("snapshot", t.b), ["\(t.b)@own"], "snapshots")
    try await t.ok("destroy", "\(t.b)/x")
  },
  ContractCase(copying: "a cut increment is completed by its token") { t in
    let (token, stream) = try await t.cut(incremental: true)
    let text = try await t.ok("send", "-nvt", token)
    let guid = UInt64(try await t.value("guid", "\(t.a)@1")) ?? 0
    try t.holds(text.contains("\tfromguid = 0x\(String(guid, radix: 16))\n"), "fromguid in \(text)")
    try await t.fails(
      1,
      "cannot receive incremental stream: destination \(t.b)/x contains partially-complete state",
      ["receive", "-s", "-u", "\(t.b)/x"], input: stream)
    try await t.receive(t.send("-t", token), "-s", "-u", "\(t.b)/x")
    try t.same(
      try await t.value("guid", "\(t.b)/x@2"), try await t.value("guid", "\(t.a)@2"), "guid")
  },
  ContractCase(copying: "the base of a cut increment cannot be destroyed on the target") { t in
    _ = try await t.cut(incremental: true)
    try await t.fails(
      1, "cannot destroy '\(t.b)/x@1': snapshot has dependent clones", ["destroy", "\(t.b)/x@1"])
    try await t.ok("receive", "-A", "\(t.b)/x")
    try await t.ok("destroy", "\(t.b)/x@1")
  },
  ContractCase(copying: "receive -A of a cut increment keeps the snapshots") { t in
    _ = try await t.cut(incremental: true)
    try await t.ok("receive", "-A", "\(t.b)/x")
    try t.same(try await t.names("all", "\(t.b)/x"), ["\(t.b)/x", "\(t.b)/x@1"], "what is left")
    try await t.fails(
      1, "'\(t.b)/x' does not have any resumable receive state to abort",
      ["receive", "-A", "\(t.b)/x"])
    try await t.fails(
      2, "cannot open '\(t.b)/no': dataset does not exist", ["receive", "-A", "\(t.b)/no"])
  },
  ContractCase(copying: "a rest that is not the next one is refused") { t in
    let (token, _) = try await t.cut()
    let rest = try await t.send("-t", token)
    try await t.fails(
      1, "cannot receive resume stream: destination '\(t.b)/no' does not exist",
      ["receive", "-s", "\(t.b)/no"], input: rest)
    try await t.fails(
      1, "cannot receive resume stream: checksum mismatch or incomplete stream.",
      ["receive", "-s", "-u", "\(t.b)/x"], input: Array(rest.prefix(rest.count / 2)))
    try await t.fails(
      1, "cannot receive resume stream: kernel modules must be upgraded to receive this stream.",
      ["receive", "-s", "-u", "\(t.b)/x"], input: rest)
    let next = try await t.value("receive_resume_token", "\(t.b)/x")
    try await t.receive(t.send("-t", next), "-s", "-u", "\(t.b)/x")
  },
  ContractCase(copying: "a cut series keeps what arrived whole") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.receive(t.send("\(t.a)@1"), "-u", "\(t.b)/x")
    try await t.ok("snapshot", "\(t.a)@2")
    try await t.write(4_000_000, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@3")
    let series = try await t.send("-I", "@1", "\(t.a)@3")
    try await t.fails(
      1, "Partially received", ["receive", "-s", "-u", "\(t.b)/x"],
      input: Array(series.prefix(series.count * 3 / 4)))
    try t.same(
      try await t.names("snapshot", "\(t.b)/x"), ["\(t.b)/x@1", "\(t.b)/x@2"], "what arrived")
    let token = try await t.value("receive_resume_token", "\(t.b)/x")
    try await t.receive(t.send("-t", token), "-s", "-u", "\(t.b)/x")
    try await t.ok("list", "\(t.b)/x@3")
  },
]
