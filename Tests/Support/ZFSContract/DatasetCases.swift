let datasetCases: [ContractCase] = [
  ContractCase("a dataset that exists cannot be created again") { t in
    try await t.fails(
      1, "cannot create '\(t.a)': dataset already exists", ["create", t.a])
  },
  ContractCase("a dataset needs its parent, and -p makes it") { t in
    try await t.fails(
      1, "cannot create '\(t.a)/x/y': parent does not exist", ["create", "\(t.a)/x/y"])
    try await t.ok("create", "-p", "\(t.a)/x/y")
    try t.same(try await t.value("type", "\(t.a)/x"), "filesystem", "type of the parent")
    try await t.ok("create", "-p", "\(t.a)/x/y")
  },
  ContractCase("a missing dataset is named") { t in
    let words = "cannot open '\(t.a)/no': dataset does not exist"
    try await t.fails(1, words, ["list", "\(t.a)/no"])
    try await t.fails(1, words, ["get", "all", "\(t.a)/no"])
    try await t.fails(1, words, ["destroy", "\(t.a)/no"])
  },
  ContractCase("a wrong option is a usage error") { t in
    try await t.fails(2, "invalid option 'y'", ["list", "-y"])
    try await t.fails(2, "unrecognized command 'nonsense'", ["nonsense"])
    try await t.fails(2, "missing", ["create"])
  },
  ContractCase("a parent with children needs -r to go") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.fails(
      1, "cannot destroy '\(t.a)': filesystem has children", ["destroy", t.a])
    try await t.ok("destroy", "-r", "\(t.a)/x")
    try await t.fails(1, "dataset does not exist", ["list", "\(t.a)/x"])
  },
  ContractCase("a volume has its size and no mount point") { t in
    try await t.ok("create", "-V", "8M", "\(t.a)/v")
    try t.same(try await t.value("volsize", "\(t.a)/v"), "8388608", "volsize")
    try t.same(try await t.value("type", "\(t.a)/v"), "volume", "type")
    try t.same(try await t.value("mountpoint", "\(t.a)/v"), "-", "mountpoint")
  },
  ContractCase("a user property is inherited until it is set") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("set", "org.zferry:k=v", t.a)
    let source = "\(t.a)/x"
    try t.same(
      try await t.ok("get", "-H", "-o", "value,source", "org.zferry:k", source),
      "v\tinherited from \(t.a)", "inherited")
    try await t.ok("set", "org.zferry:k=w", source)
    try t.same(
      try await t.ok("get", "-H", "-o", "value,source", "org.zferry:k", source), "w\tlocal", "set")
    try await t.ok("inherit", "org.zferry:k", source)
    try t.same(try await t.value("org.zferry:k", source), "v", "inherited again")
  },
  ContractCase("a wrong property or value is refused") { t in
    try await t.refused(.setting("invalid property 'nonsense'"), "set", "nonsense=1", t.a)
    try await t.refused(
      .setting("'readonly' must be one of 'on | off'"), "set", "readonly=perhaps", t.a)
  },
  ContractCase("a rename takes all below along") { t in
    try await t.ok("create", "-p", "\(t.a)/x/y")
    try await t.ok("rename", "\(t.a)/x", "\(t.a)/z")
    try t.same(
      try await t.ok("list", "-H", "-r", "-o", "name", t.a), "\(t.a)\n\(t.a)/z\n\(t.a)/z/y", "tree")
  },
  ContractCase("a rename onto a name in use is refused") { t in
    try await t.ok("create", "\(t.a)/x")
    try await t.ok("create", "\(t.a)/y")
    try await t.fails(1, "dataset already exists", ["rename", "\(t.a)/x", "\(t.a)/y"])
  },
  ContractCase("without a name, -d 0 lists the pools and nothing below them") { t in
    try await t.ok("create", "\(t.a)/x")
    let names = try await t.ok("list", "-H", "-d", "0", "-t", "filesystem,volume", "-o", "name")
    let pools = names.split(separator: "\n")
    try t.same(pools.contains { $0.contains("/") }, false, "anything below a pool")
    try t.same(pools.contains { $0 == t.subject.pools.source }, true, "the pool itself")
  },
  ContractCase("-d limits how deep a list goes") { t in
    try await t.ok("create", "-p", "\(t.a)/x/y")
    try t.same(
      try await t.ok("list", "-H", "-d", "1", "-o", "name", t.a), "\(t.a)\n\(t.a)/x", "depth 1")
  },
  ContractCase("a quota is given in bytes with -p") { t in
    try await t.ok("set", "quota=64M", t.a)
    try t.same(try await t.value("quota", t.a), "67108864", "quota")
  },
]
