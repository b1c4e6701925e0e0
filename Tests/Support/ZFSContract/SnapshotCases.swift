let snapshotCases: [ContractCase] = [
  ContractCase("snapshots of one command share a transaction group") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "-r", "\(t.a)@s")
    try t.same(
      try await t.value("createtxg", "\(t.a)@s"), try await t.value("createtxg", "\(t.a)/x@s"),
      "createtxg")
  },
  ContractCase("a snapshot that exists cannot be taken again") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.fails(
      1, "cannot create snapshot '\(t.a)@s': dataset already exists", ["snapshot", "\(t.a)@s"])
  },
  ContractCase("a range of snapshots goes in one command") { t in
    for name in ["1", "2", "3", "4"] { try await t.ok("snapshot", "\(t.a)@\(name)") }
    try await t.ok("destroy", "\(t.a)@1,3%4")
    try t.same(
      try await t.ok("list", "-H", "-t", "snapshot", "-o", "name", t.a), "\(t.a)@2", "left")
  },
  ContractCase("destroy -nv says what would go, and nothing goes") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    let text = try await t.ok("destroy", "-nv", "\(t.a)@s")
    try t.same(text.contains("would destroy \(t.a)@s"), true, "words of \(text)")
    try await t.ok("list", "\(t.a)@s")
  },
  ContractCase("a snapshot that is missing cannot be destroyed") { t in
    try await t.fails(
      1, "could not find any snapshots to destroy; check snapshot names.",
      ["destroy", "\(t.a)@no"])
  },
  ContractCase("a held snapshot is busy until it is released") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.ok("hold", "keep", "\(t.a)@s")
    try await t.refused(.held, "destroy", "\(t.a)@s")
    try t.same(try await t.value("userrefs", "\(t.a)@s"), "1", "userrefs")
    try await t.ok("release", "keep", "\(t.a)@s")
    try await t.ok("destroy", "\(t.a)@s")
  },
  ContractCase("a tag is held once and released once") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.ok("hold", "keep", "\(t.a)@s")
    try await t.fails(1, "tag already exists on this dataset", ["hold", "keep", "\(t.a)@s"])
    try await t.ok("release", "keep", "\(t.a)@s")
    try await t.fails(1, "no such tag on this dataset", ["release", "keep", "\(t.a)@s"])
  },
  ContractCase("a bookmark keeps the snapshot's GUID after it has gone") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    let guid = try await t.value("guid", "\(t.a)@s")
    try await t.ok("bookmark", "\(t.a)@s", "\(t.a)#m")
    try await t.ok("destroy", "\(t.a)@s")
    try t.same(try await t.value("guid", "\(t.a)#m"), guid, "guid")
  },
  ContractCase("a bookmark's name is used once") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.ok("bookmark", "\(t.a)@s", "\(t.a)#m")
    try await t.fails(1, "bookmark exists", ["bookmark", "\(t.a)@s", "\(t.a)#m"])
  },
  ContractCase("a listing tells what holds a snapshot, and its clones") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    let listing = [
      "list", "-Hp", "-d", "1", "-t", "snapshot", "-o", "name,userrefs,clones", t.a,
    ]
    let bare = try await t.succeed(listing, input: []).text
    try t.same(bare, "\(t.a)@s\t0\t-", "nothing")
    try await t.ok("hold", "keep", "\(t.a)@s")
    for name in ["c", "d"] { try await t.ok("clone", "\(t.a)@s", "\(t.a)/\(name)") }
    let tied = try await t.succeed(listing, input: []).text
    try t.holds(tied.hasPrefix("\(t.a)@s\t1\t"), "one hold in \(tied)")
    let clones = tied.split(separator: "\t").last?.split(separator: ",").map(String.init) ?? []
    try t.same(clones.sorted(), ["\(t.a)/c", "\(t.a)/d"], "clones")
    try await t.ok("release", "keep", "\(t.a)@s")
  },
  ContractCase("snapshots go by their names in one command, or none of them where one is held") {
    t in
    for name in ["1", "2", "3"] { try await t.ok("snapshot", "\(t.a)@\(name)") }
    try await t.ok("hold", "keep", "\(t.a)@3")
    try await t.refused(.held, "destroy", "\(t.a)@2,3")
    try t.same(
      try await t.names("snapshot", t.a), ["\(t.a)@1", "\(t.a)@2", "\(t.a)@3"], "all are there")
    try await t.ok("release", "keep", "\(t.a)@3")
    try await t.ok("destroy", "\(t.a)@2,3")
    try t.same(try await t.names("snapshot", t.a), ["\(t.a)@1"], "left")
    try await t.ok("rollback", "\(t.a)@1")
  },
  ContractCase("a clone keeps its origin from going") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.ok("clone", "\(t.a)@s", "\(t.a)/c")
    try t.same(try await t.value("origin", "\(t.a)/c"), "\(t.a)@s", "origin")
    try await t.fails(1, "snapshot has dependent clones", ["destroy", "\(t.a)@s"])
  },
  ContractCase("a promoted clone takes the snapshot over") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "\(t.a)/x@s")
    try await t.ok("clone", "\(t.a)/x@s", "\(t.a)/c")
    try await t.ok("promote", "\(t.a)/c")
    try t.same(try await t.value("origin", "\(t.a)/x"), "\(t.a)/c@s", "origin")
  },
  ContractCase("a rollback brings the file back") { t in
    try await t.write(4096, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.write(4096, seed: 2, of: t.a)
    try await t.ok("rollback", "\(t.a)@s")
    try t.same(
      try await t.subject.read("file", of: t.a), ContractBench.bytes(4096, seed: 1), "file")
  },
  ContractCase("a rollback past newer snapshots needs -r") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.ok("snapshot", "\(t.a)@2")
    try await t.fails(1, "more recent snapshots or bookmarks exist", ["rollback", "\(t.a)@1"])
    try await t.ok("rollback", "-r", "\(t.a)@1")
    try await t.fails(1, "dataset does not exist", ["list", "\(t.a)@2"])
  },
  ContractCase("a snapshot command makes all it names or none") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "\(t.a)/x@s")
    try await t.fails(
      1, "cannot create snapshot '\(t.a)/x@s': dataset already exists\nno snapshots were created",
      ["snapshot", "-r", "\(t.a)@s"])
    try await t.fails(1, "dataset does not exist", ["list", "\(t.a)@s"])
    // 2, as for a wrong command line: what OpenZFS 2.3.2 was seen to give.
    try await t.fails(
      2, "cannot open '\(t.a)/no': dataset does not exist", ["snapshot", "\(t.a)/no@s"])
  },
  ContractCase("a snapshot takes user properties") { t in
    try await t.ok("snapshot", "-o", "org.zferry:k=v", "\(t.a)@s")
    try t.same(try await t.sourced("org.zferry:k", "\(t.a)@s"), "v\tlocal", "property")
    try await t.fails(
      1, "this property can not be modified for snapshots",
      ["snapshot", "-o", "readonly=on", "\(t.a)@r"])
  },
  ContractCase("a bookmark is made of a bookmark, and only in its own dataset") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.ok("bookmark", "\(t.a)@s", "\(t.a)#m")
    try await t.ok("bookmark", "\(t.a)#m", "\(t.a)#n")
    try t.same(
      try await t.ok("get", "-Hp", "-o", "value", "guid,createtxg,creation,type", "\(t.a)#n"),
      try await t.ok("get", "-Hp", "-o", "value", "guid,createtxg,creation", "\(t.a)@s")
        + "\nbookmark", "what it keeps")
    try await t.fails(
      1, "source is not an ancestor of the new bookmark's dataset",
      ["bookmark", "\(t.a)@s", "\(t.a)/x#m"])
    try await t.fails(
      2, "cannot open '\(t.a)@no': dataset does not exist",
      ["bookmark", "\(t.a)@no", "\(t.a)#o"])
  },
  ContractCase("holds are listed, and -r holds through the tree") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "-r", "\(t.a)@s")
    try await t.ok("hold", "-r", "keep", "\(t.a)@s")
    let line = try await t.ok("holds", "-H", "\(t.a)/x@s").split(separator: "\t")
    try t.same(line.prefix(2), ["\(t.a)/x@s", "keep"], "the line of a hold")
    try t.holds(line.count == 3, "the time in \(line)")
    try await t.ok("release", "-r", "keep", "\(t.a)@s")
    try t.same(try await t.ok("holds", "-H", "\(t.a)@s"), "", "after the release")
    try await t.fails(
      1, "cannot hold snapshot '\(t.a)@no': dataset does not exist",
      ["hold", "keep", "\(t.a)@no"])
  },
  ContractCase("only a clone can be promoted, and a clone stays in its pool") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.fails(1, "cannot promote '\(t.a)': not a cloned filesystem", ["promote", t.a])
    let other = "\(t.subject.pools.target)/c"
    try await t.fails(
      1, "cannot create '\(other)': source and target pools differ",
      ["clone", "\(t.a)@s", other])
  },
  ContractCase("a rollback names the bookmarks, clones and holds in its way") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.ok("snapshot", "\(t.a)@2")
    try await t.ok("bookmark", "\(t.a)@2", "\(t.a)#m")
    try await t.fails(
      1, "following snapshots and bookmarks:\n\(t.a)@2\n\(t.a)#m", ["rollback", "\(t.a)@1"])
    try await t.ok("clone", "\(t.a)@2", "\(t.a)/c")
    try await t.fails(
      1,
      "clones of previous snapshots exist\n"
        + "use '-R' to force deletion of the following clones and dependents:\n\(t.a)/c",
      ["rollback", "-r", "\(t.a)@1"])
    try await t.ok("hold", "keep", "\(t.a)@2")
    try await t.fails(
      1, "cannot destroy '\(t.a)@2': dataset is busy", ["rollback", "-R", "\(t.a)@1"])
    try await t.ok("release", "keep", "\(t.a)@2")
    try await t.ok("rollback", "-r", "\(t.a)@1")
    try t.same(try await t.names("all", t.a), [t.a, "\(t.a)@1"], "what is left")
  },
]
