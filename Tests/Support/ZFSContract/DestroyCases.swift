let destroyCases: [ContractCase] = [
  ContractCase("a filesystem with nothing but snapshots needs -r to go") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "\(t.a)/x@s")
    try await t.fails(
      1,
      "cannot destroy '\(t.a)/x': filesystem has children\n"
        + "use '-r' to destroy the following datasets:\n\(t.a)/x@s", ["destroy", "\(t.a)/x"])
    try await t.ok("destroy", "-r", "\(t.a)/x")
  },
  ContractCase("a clone outside keeps a tree from going with -r, and goes with -R") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "\(t.a)/x@s")
    try await t.ok("clone", "\(t.a)/x@s", "\(t.a)/c")
    try await t.fails(
      1, "cannot destroy '\(t.a)/x': filesystem has dependent clones",
      ["destroy", "-r", "\(t.a)/x"])
    try t.same(
      try await t.ok("destroy", "-Rnvp", "\(t.a)/x"),
      "destroy\t\(t.a)/c\ndestroy\t\(t.a)/x@s\ndestroy\t\(t.a)/x", "what would go")
    try await t.ok("destroy", "-R", "\(t.a)/x")
    try t.same(try await t.names("all", t.a), [t.a], "what is left")
  },
  ContractCase("destroy -nvp of a snapshot tells what is reclaimed") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    try t.same(
      try await t.ok("destroy", "-nvp", "\(t.a)@s"), "destroy\t\(t.a)@s\nreclaim\t0", "text")
  },
  ContractCase("a held snapshot keeps its dataset from going") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "\(t.a)/x@s")
    try await t.ok("hold", "keep", "\(t.a)/x@s")
    try await t.refused(.held, "destroy", "-r", "\(t.a)/x")
    try await t.ok("list", "\(t.a)/x@s")
  },
  ContractCase("of several snapshots none goes where one of them is held or has a clone") { t in
    for name in ["1", "2", "3"] { try await t.ok("snapshot", "\(t.a)@\(name)") }
    try await t.ok("hold", "keep", "\(t.a)@2")
    try await t.refused(.held, "destroy", "\(t.a)@1,2,3")
    try t.same(
      try await t.names("snapshot", t.a), ["\(t.a)@1", "\(t.a)@2", "\(t.a)@3"], "after a hold")
    try await t.ok("release", "keep", "\(t.a)@2")
    try await t.ok("clone", "\(t.a)@2", "\(t.a)/c")
    try await t.fails(
      1, "cannot destroy '\(t.a)@2': snapshot has dependent clones",
      ["destroy", "\(t.a)@1,2,3"])
    try t.same(
      try await t.names("snapshot", t.a), ["\(t.a)@1", "\(t.a)@2", "\(t.a)@3"], "after a clone")
    try await t.ok("destroy", "\(t.a)@1,3")
    try t.same(try await t.names("snapshot", t.a), ["\(t.a)@2"], "what is left")
  },
  ContractCase("a list of snapshots tells who holds and clones them") { t in
    try await t.ok("snapshot", "\(t.a)@1")
    try await t.ok("hold", "keep", "\(t.a)@1")
    try await t.ok("clone", "\(t.a)@1", "\(t.a)/c")
    try t.same(
      try await t.ok(
        "list", "-Hp", "-d", "1", "-t", "snapshot", "-o", "name,userrefs,clones", t.a),
      "\(t.a)@1\t1\t\(t.a)/c", "the line")
  },
  ContractCase("a bookmark goes, and a missing one is named") { t in
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.ok("bookmark", "\(t.a)@s", "\(t.a)#m")
    try await t.ok("destroy", "\(t.a)#m")
    try await t.fails(1, "bookmark '\(t.a)#m' does not exist.", ["destroy", "\(t.a)#m"])
  },
  ContractCase("destroy -r takes a snapshot through the tree, with open ranges too") { t in
    try await t.ok("create", "\(t.a)/x")
    for name in ["1", "2", "3"] { try await t.ok("snapshot", "-r", "\(t.a)@\(name)") }
    try await t.ok("destroy", "-r", "\(t.a)@3")
    try t.same(
      try await t.names("snapshot", t.a),
      ["\(t.a)@1", "\(t.a)@2", "\(t.a)/x@1", "\(t.a)/x@2"], "after -r")
    try await t.ok("destroy", "\(t.a)@%1")
    try await t.ok("destroy", "\(t.a)/x@2%")
    try t.same(try await t.names("snapshot", t.a), ["\(t.a)@2", "\(t.a)/x@1"], "after ranges")
  },
  ContractCase("a rename stays in its pool, and needs a parent") { t in
    try await t.ok("create", "\(t.a)/x")
    let other = "\(t.subject.pools.target)/x"
    try await t.fails(
      1, "cannot rename to '\(other)': datasets must be within same pool",
      ["rename", "\(t.a)/x", other])
    try await t.fails(
      1, "cannot create '\(t.a)/no/x': parent does not exist",
      ["rename", "\(t.a)/x", "\(t.a)/no/x"])
  },
  ContractCase("rename -r renames a snapshot through the tree") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("snapshot", "-r", "\(t.a)@s")
    let guid = try await t.value("guid", "\(t.a)@s")
    try await t.ok("rename", "-r", "\(t.a)@s", "@new")
    try t.same(try await t.names("snapshot", t.a), ["\(t.a)@new", "\(t.a)/x@new"], "names")
    try t.same(try await t.value("guid", "\(t.a)@new"), guid, "guid")
  },
]
