let sendCases: [ContractCase] = [
  ContractCase("a send of what is missing names it") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    for (from, words) in [
      ("@no", "cannot open '\(t.a)@no': dataset does not exist"),
      ("#no", "cannot send '\(t.a)@1': incremental source (\(t.a)#no) does not exist"),
    ] { try await t.fails(1, words, ["send", "-i", from, "\(t.a)@1"]) }
    try await t.fails(
      1, "cannot open '\(t.a)@no': dataset does not exist", ["send", "\(t.a)@no"])
  },
  ContractCase("a base has to be older than what is sent") { t in
    for name in ["1", "2"] { try await t.ok("snapshot", "\(t.a)@\(name)") }
    try await t.ok("bookmark", "\(t.a)@2", "\(t.a)#m")
    for from in ["@2", "@1", "#m"] {
      try await t.fails(
        1, "warning: cannot send '\(t.a)@1': not an earlier snapshot from the same fs",
        ["send", "-i", from, "\(t.a)@1"])
    }
    try await t.fails(
      1, "multiple snapshots cannot be sent from a bookmark",
      ["send", "-I", "#m", "\(t.a)@2"])
  },
  ContractCase("send -nvP tells each snapshot, its base and its size") { t in
    for name in ["1", "2", "3"] { try await t.ok("snapshot", "\(t.a)@\(name)") }
    func words(_ text: String) -> [[String]] {
      text.split(separator: "\n").map { $0.split(separator: "\t").dropLast().map { String($0) } }
    }
    try t.same(
      words(try await t.ok("send", "-nvP", "\(t.a)@1")), [["full", "\(t.a)@1"], ["size"]], "full")
    try t.same(
      words(try await t.ok("send", "-nvP", "-i", "@1", "\(t.a)@3")),
      [["incremental", "\(t.a)@1", "\(t.a)@3"], ["size"]], "-i")
    try t.same(
      words(try await t.ok("send", "-nvP", "-I", "@1", "\(t.a)@3")),
      [["incremental", "1", "\(t.a)@2"], ["incremental", "2", "\(t.a)@3"], ["size"]], "-I")
  },
  ContractCase(copying: "every flag that zferry sends with is taken") { t in
    try await t.write(300_000, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.receive(t.send("-L", "-c", "-e", "-p", "\(t.a)@1"), "-s", "-u", "\(t.b)/x")
    try await t.receive(t.send("-w", "\(t.a)@1"), "-s", "-u", "\(t.b)/y")
    for copy in ["x", "y"] {
      try t.same(
        try await t.value("guid", "\(t.b)/\(copy)@1"), try await t.value("guid", "\(t.a)@1"),
        "guid of \(copy)")
    }
  },
  ContractCase(copying: "-R brings every snapshot of the tree, and -R -I the newer ones") { t in
    try await t.ok("create", "\(t.a)/c")
    for name in ["1", "2"] { try await t.ok("snapshot", "-r", "\(t.a)@\(name)") }
    try await t.receive(t.send("-R", "\(t.a)@2"), "-u", "\(t.b)/x")
    try await t.ok("snapshot", "-r", "\(t.a)@3")
    try await t.receive(t.send("-R", "-I", "@2", "\(t.a)@3"), "-u", "\(t.b)/x")
    let copy = try await t.names("snapshot", "\(t.b)/x").map { $0.dropFirst(t.b.count + 2) }
    let original = try await t.names("snapshot", t.a).map { $0.dropFirst(t.a.count) }
    try t.same(copy, original, "snapshots")
  },
]
