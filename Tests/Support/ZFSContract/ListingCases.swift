/// The two listings that zferry surveys a side with.
let listingCases: [ContractCase] = [
  ContractCase("the wide listing gives every column of every dataset") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("create", "-s", "-V", "8M", "\(t.a)/v")
    let columns = "name,type,guid,readonly,receive_resume_token,encryption,encryptionroot,origin"
    let numbers = "written,referenced,used,available"
    let text = try await t.ok(
      "list", "-Hp", "-r", "-t", "filesystem,volume", "-o", "\(columns),\(numbers)", t.a)
    let rows = text.split(separator: "\n").map { $0.split(separator: "\t").map { String($0) } }
    try t.same(rows.map { $0[0] }, [t.a, "\(t.a)/v", "\(t.a)/x"], "names")
    try t.same(rows.map { $0[1] }, ["filesystem", "volume", "filesystem"], "types")
    for row in rows {
      try t.same(Array(row[3..<8]), ["off", "-", "off", "-", "-"], "columns of \(row)")
      try t.holds(UInt64(row[2]) != nil, "the guid of \(row)")
      try t.holds(row[8...].allSatisfy { UInt64($0) != nil }, "numbers in \(row)")
    }
  },
  ContractCase("the narrow listing gives snapshots and bookmarks, with numbers") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "-r", "\(t.a)@s")
    try await t.ok("bookmark", "\(t.a)@s", "\(t.a)#m")
    let rest = ["-t", "snapshot,bookmark", "-o", "name,guid,createtxg,creation", t.a]
    let tree = try await t.succeed(["list", "-Hp", "-r"] + rest, input: []).text
    let rows = tree.split(separator: "\n").map { $0.split(separator: "\t").map { String($0) } }
    try t.same(rows.map { $0[0] }, ["\(t.a)@s", "\(t.a)#m", "\(t.a)/x@s"], "names")
    try t.same(rows[0][1...], rows[1][1...], "what a bookmark keeps")
    try t.holds(rows.allSatisfy { $0[1...].allSatisfy { UInt64($0) != nil } }, "numbers")
    let alone = try await t.succeed(["list", "-Hp", "-d", "1"] + rest, input: []).text
    try t.same(alone.split(separator: "\n").count, 2, "those of one dataset")
  },
  ContractCase("snapshots are listed in the order they were taken") { t in
    for name in ["b", "c", "a"] { try await t.ok("snapshot", "\(t.a)@\(name)") }
    try t.same(
      try await t.names("snapshot", t.a), ["b", "c", "a"].map { "\(t.a)@\($0)" }, "order")
  },
  ContractCase("what is missing does not keep the rest from a list") { t in
    let result = try await t.tried("list", "-H", "-o", "name", t.a, "\(t.a)/no")
    try t.same(result.status, 1, "exit code")
    try t.same(result.text, t.a, "the list")
    try t.same(result.errors, "cannot open '\(t.a)/no': dataset does not exist\n", "errors")
  },
  ContractCase("a pool that is missing is a dataset that is missing") { t in
    try await t.fails(
      1, "cannot open 'nosuchpool/x': dataset does not exist", ["list", "nosuchpool/x"])
    try await t.fails(
      1, "cannot create 'nosuchpool/x': no such pool 'nosuchpool'", ["create", "nosuchpool/x"])
  },
  ContractCase("a name that breaks the rules is refused") { t in
    for (name, words) in [
      ("\(t.a)/x!", "invalid character '!' in name"), ("\(t.a)/x/", "trailing slash in name"),
      ("\(t.a)//x", "empty component or misplaced '@' or '#' delimiter in name"),
      ("\(t.a)/x@s", "snapshot delimiter '@' is not expected here"),
    ] {
      try await t.fails(1, "cannot create '\(name)': \(words)", ["create", name])
    }
  },
  ContractCase("-p gives bytes, without it units") { t in
    try await t.ok("create", "-s", "-V", "8M", "\(t.a)/v")
    try t.same(try await t.ok("list", "-H", "-o", "volsize", "\(t.a)/v"), "8M", "with units")
    try t.same(try await t.ok("list", "-Hp", "-o", "volsize", "\(t.a)/v"), "8388608", "bytes")
  },
]
