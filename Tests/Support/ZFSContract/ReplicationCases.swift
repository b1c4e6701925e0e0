let replicationCases: [ContractCase] = [
  ContractCase(copying: "send -b brings what a copy received, and not what was set on it") { t in
    try await t.ok("set", "org.zferry:k=source", t.a)
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.receive(try await t.send("-p", "\(t.a)@s"), "-u", "-o", "readonly=on", "\(t.b)/x")
    try await t.ok("set", "org.zferry:k=copy", "\(t.b)/x")
    try await t.ok("set", "atime=off", "\(t.b)/x")
    let back = try await t.send("-b", "\(t.b)/x@s")
    try await t.receive(back, "-u", "-x", "mountpoint", "-o", "readonly=off", "\(t.a)/back")
    try t.same(
      try await t.sourced("org.zferry:k,readonly", "\(t.a)/back"),
      "source\treceived\noff\tlocal", "properties")
    try t.same(try await t.value("atime", "\(t.a)/back"), "on", "atime")
    try t.same(
      try await t.value("guid", "\(t.a)/back@s"), try await t.value("guid", "\(t.a)@s"), "guid")
  },
  ContractCase(copying: "a full copy has the snapshot's GUID and the same bytes") { t in
    try await t.write(300_000, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.receive(t.send("\(t.a)@1"), "\(t.b)/x")
    try t.same(
      try await t.value("guid", "\(t.b)/x@1"), try await t.value("guid", "\(t.a)@1"), "guid")
    try t.same(
      try await t.subject.read("file", of: "\(t.b)/x"), ContractBench.bytes(300_000, seed: 1),
      "file")
  },
  ContractCase(copying: "receive -u leaves the copy unmounted") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.receive(t.send("\(t.a)@1"), "-u", "\(t.b)/x")
    try t.same(try await t.value("mounted", "\(t.b)/x"), "no", "mounted")
  },
  ContractCase(copying: "-I brings every snapshot between, -i only the last") { t in
    for name in ["1", "2", "3"] { try await t.ok("snapshot", "\(t.a)@\(name)") }
    for target in ["x", "y"] { try await t.receive(t.send("\(t.a)@1"), "\(t.b)/\(target)") }
    try await t.receive(t.send("-I", "@1", "\(t.a)@3"), "-F", "\(t.b)/x")
    try await t.receive(t.send("-i", "@1", "\(t.a)@3"), "-F", "\(t.b)/y")
    let list = ["list", "-H", "-t", "snapshot", "-o", "name"]
    let all = try await t.succeed(list + ["\(t.b)/x"], input: []).text
    try t.same(all, "\(t.b)/x@1\n\(t.b)/x@2\n\(t.b)/x@3", "-I")
    let ends = try await t.succeed(list + ["\(t.b)/y"], input: []).text
    try t.same(ends, "\(t.b)/y@1\n\(t.b)/y@3", "-i")
  },
  ContractCase(copying: "a bookmark is a base") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.receive(t.send("\(t.a)@1"), "\(t.b)/x")
    try await t.ok("bookmark", "\(t.a)@1", "\(t.a)#m")
    try await t.ok("destroy", "\(t.a)@1")
    try await t.ok("snapshot", "\(t.a)@2")
    try await t.receive(t.send("-i", "#m", "\(t.a)@2"), "-F", "\(t.b)/x")
    try await t.ok("list", "\(t.b)/x@2")
  },
  ContractCase(copying: "a full stream onto a dataset that exists is refused") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    let stream = try await t.send("\(t.a)@1")
    try await t.fails(
      1, "cannot receive new filesystem stream: destination '\(t.b)' exists",
      ["receive", t.b], input: stream)
  },
  ContractCase(copying: "an increment whose base is missing is refused") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.ok("snapshot", "\(t.a)@2")
    try await t.ok("create", "\(t.b)/x")
    try await t.ok("snapshot", "\(t.b)/x@other")
    try await t.fails(
      1, "does not\nmatch incremental source", ["receive", "\(t.b)/x"],
      input: t.send("-i", "@1", "\(t.a)@2"))
  },
  ContractCase(copying: "a changed destination is refused, and -F takes it back") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.receive(t.send("\(t.a)@1"), "\(t.b)/x")
    try await t.write(4096, seed: 9, of: "\(t.b)/x")
    try await t.ok("snapshot", "\(t.a)@2")
    let stream = try await t.send("-i", "@1", "\(t.a)@2")
    try await t.fails(
      1, "has been modified\nsince most recent snapshot", ["receive", "\(t.b)/x"], input: stream)
    try await t.receive(stream, "-F", "\(t.b)/x")
  },
  ContractCase(copying: "a read-only copy takes increments") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.receive(t.send("\(t.a)@1"), "-o", "readonly=on", "\(t.b)/x")
    try t.same(try await t.value("readonly", "\(t.b)/x"), "on", "readonly")
    try await t.ok("snapshot", "\(t.a)@2")
    try await t.receive(t.send("-i", "@1", "\(t.a)@2"), "\(t.b)/x")
  },
  ContractCase(copying: "-x leaves a sent property out") { t in
    try await t.ok("set", "org.zferry:k=v", t.a)
    try await t.ok("snapshot", "\(t.a)@1")
    let stream = try await t.send("-p", "\(t.a)@1")
    try await t.receive(stream, "-u", "-x", "org.zferry:k", "\(t.b)/x")
    try t.same(try await t.value("org.zferry:k", "\(t.b)/x"), "-", "left out")
    try await t.receive(stream, "-u", "\(t.b)/y")
    try t.same(
      try await t.ok("get", "-H", "-o", "value,source", "org.zferry:k", "\(t.b)/y"),
      "v\treceived", "received")
  },
  ContractCase(copying: "-R brings the tree") { t in
    try await t.ok("create", "\(t.a)/c")
    try await t.ok("snapshot", "-r", "\(t.a)@1")
    try await t.receive(t.send("-R", "\(t.a)@1"), "-u", "\(t.b)/x")
    try await t.ok("list", "\(t.b)/x/c@1")
  },
  ContractCase(copying: "send -nP gives the size in bytes") { t in
    try await t.write(300_000, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@1")
    let lines = try await t.ok("send", "-nP", "\(t.a)@1").split(separator: "\n")
    let size = lines.last?.split(separator: "\t").last.flatMap { Int($0) } ?? 0
    try t.same(lines.last?.hasPrefix("size\t"), true, "last line")
    try t.same(size > 300_000, true, "size \(size) above the file's")
  },
  ContractCase(copying: "a cut receive -s keeps a token, and send -t finishes it") { t in
    try await t.write(4_000_000, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@1")
    let whole = try await t.send("\(t.a)@1")
    let cut = Array(whole.prefix(whole.count / 2))
    try await t.fails(1, "", ["receive", "-s", "-u", "\(t.b)/x"], input: cut)
    let token = try await t.value("receive_resume_token", "\(t.b)/x")
    try t.same(token.hasPrefix("1-"), true, "shape of the token \(token)")
    let rest = try await t.send("-t", token)
    try t.same(rest.count < whole.count * 3 / 4, true, "the rest is shorter: \(rest.count)")
    try await t.receive(rest, "-s", "\(t.b)/x")
    try t.same(
      try await t.value("guid", "\(t.b)/x@1"), try await t.value("guid", "\(t.a)@1"), "guid")
    try t.same(try await t.value("receive_resume_token", "\(t.b)/x"), "-", "token after the end")
  },
  ContractCase(copying: "receive -A drops what a cut receive kept") { t in
    try await t.write(4_000_000, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@1")
    let whole = try await t.send("\(t.a)@1")
    try await t.fails(
      1, "", ["receive", "-s", "\(t.b)/x"], input: Array(whole.prefix(whole.count / 2)))
    try await t.ok("receive", "-A", "\(t.b)/x")
    try await t.fails(1, "dataset does not exist", ["list", "\(t.b)/x"])
  },
  ContractCase(copying: "a cut receive without -s leaves nothing") { t in
    try await t.write(4_000_000, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@1")
    let whole = try await t.send("\(t.a)@1")
    try await t.fails(1, "", ["receive", "\(t.b)/x"], input: Array(whole.prefix(whole.count / 2)))
    try await t.fails(1, "dataset does not exist", ["list", "\(t.b)/x"])
  },
  ContractCase(copying: "a quota that is full stops a receive") { t in
    try await t.write(6_000_000, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.ok("set", "quota=2M", t.b)
    try await t.fails(1, "quota exceeded", ["receive", "\(t.b)/x"], input: t.send("\(t.a)@1"))
  },
]
