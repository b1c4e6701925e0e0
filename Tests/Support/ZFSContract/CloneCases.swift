extension ContractBench {
  /// Makes `a/o` with the snapshots `@1` and `@2`, and `a/c`, a clone of the first with `@3`.
  fileprivate func cloned() async throws {
    try await ok("create", "\(a)/o")
    try await write(300_000, seed: 1, of: "\(a)/o")
    try await ok("snapshot", "\(a)/o@1")
    try await ok("snapshot", "\(a)/o@2")
    try await ok("clone", "\(a)/o@1", "\(a)/c")
    try await write(200_000, seed: 2, to: "more", of: "\(a)/c")
    try await ok("snapshot", "\(a)/c@3")
  }
}

let cloneCases: [ContractCase] = [
  ContractCase(copying: "a stream from a clone's origin makes a clone") { t in
    try await t.cloned()
    try await t.receive(t.send("\(t.a)/o@1"), "-s", "-u", "\(t.b)/o")
    try await t.receive(
      t.send("-p", "-i", "\(t.a)/o@1", "\(t.a)/c@3"), "-s", "-u", "-x", "mountpoint", "\(t.b)/c")
    try t.same(try await t.value("origin", "\(t.b)/c"), "\(t.b)/o@1", "origin")
    try t.same(
      try await t.value("guid", "\(t.b)/c@3"), try await t.value("guid", "\(t.a)/c@3"), "guid")
    try await t.ok("snapshot", "\(t.a)/c@4")
    try await t.receive(t.send("-i", "@3", "\(t.a)/c@4"), "-s", "-u", "\(t.b)/c")
  },
  ContractCase(copying: "a clone's stream needs its origin in the pool") { t in
    try await t.cloned()
    let result = try await t.subject.run(
      ["receive", "-s", "-u", "\(t.b)/c"], input: t.send("-i", "\(t.a)/o@1", "\(t.a)/c@3"))
    try t.holds(result.status != 0, "it is refused")
    let there = try await t.tried("list", "\(t.b)/c")
    try t.holds(there.status != 0, "nothing was made")
  },
  ContractCase(copying: "a clone's stream that was cut is gone on with") { t in
    try await t.cloned()
    try await t.receive(t.send("\(t.a)/o@1"), "-s", "-u", "\(t.b)/o")
    let whole = try await t.send("-i", "\(t.a)/o@1", "\(t.a)/c@3")
    let cut = try await t.subject.run(
      ["receive", "-s", "-u", "\(t.b)/c"], input: Array(whole.prefix(whole.count / 2)))
    try t.holds(cut.status != 0, "a cut stream fails")
    let token = try await t.value("receive_resume_token", "\(t.b)/c")
    try t.holds(token != "-", "a token is left")
    try await t.receive(t.send("-t", token), "-s", "-u", "\(t.b)/c")
    try t.same(try await t.value("origin", "\(t.b)/c"), "\(t.b)/o@1", "origin")
  },
  ContractCase("a dataset whose clone stands elsewhere is renamed with it") { t in
    try await t.cloned()
    try await t.ok("rename", "\(t.a)/o", "\(t.a)/p")
    try t.same(try await t.value("origin", "\(t.a)/c"), "\(t.a)/p@1", "origin")
  },
]
