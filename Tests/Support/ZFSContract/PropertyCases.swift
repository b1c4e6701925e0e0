let propertyCases: [ContractCase] = [
  ContractCase("a new filesystem is mounted, with -u it is not") { t in
    try t.same(try await t.value("mounted", t.a), "yes", "mounted")
    try await t.ok("create", "-u", "\(t.a)/x")
    try t.same(try await t.value("mounted", "\(t.a)/x"), "no", "mounted")
    try await t.ok("mount", "\(t.a)/x")
    try t.same(try await t.value("mounted", "\(t.a)/x"), "yes", "mounted later")
    try await t.fails(1, "filesystem already mounted", ["mount", "\(t.a)/x"])
    try await t.ok("unmount", "\(t.a)/x")
    try await t.fails(
      1, "cannot unmount '\(t.a)/x': not currently mounted", ["unmount", "\(t.a)/x"])
  },
  ContractCase("create -o sets what get calls local") { t in
    let values = ["-o", "readonly=on", "-o", "org.zferry:k=v"]
    _ = try await t.succeed(["create"] + values + ["\(t.a)/x"], input: [])
    try t.same(
      try await t.sourced("readonly,org.zferry:k", "\(t.a)/x"), "on\tlocal\nv\tlocal", "set")
    try await t.ok("inherit", "readonly", "\(t.a)/x")
    try t.same(try await t.sourced("readonly", "\(t.a)/x"), "off\tdefault", "taken back")
  },
  ContractCase("what is not set comes from nowhere or by default") { t in
    try t.same(
      try await t.sourced("org.zferry:no,quota,mounted,receive_resume_token", t.a),
      "-\t-\nnone\tdefault\nyes\t-\n-\t-", "sources")
  },
  ContractCase("create -p makes no property for the parents") { t in
    try await t.ok("create", "-p", "-o", "readonly=on", "\(t.a)/x/y")
    try t.same(try await t.sourced("readonly", "\(t.a)/x"), "off\tdefault", "parent")
    try t.same(try await t.sourced("readonly", "\(t.a)/x/y"), "on\tlocal", "child")
  },
  ContractCase("create and set refuse a wrong property, each with a code of its own") { t in
    try await t.fails(
      1, "cannot create '\(t.a)/x': invalid property 'nonsense'",
      ["create", "-o", "nonsense=1", "\(t.a)/x"])
    try await t.refused(.setting("'guid' is readonly"), "set", "guid=1", t.a)
    try await t.refused(.setting("bad numeric value 'abc'"), "set", "quota=abc", t.a)
  },
  ContractCase("a property is refused where it does not apply") { t in
    try await t.ok("create", "-s", "-V", "8M", "\(t.a)/v")
    try await t.refused(
      .setting("'quota' does not apply to datasets of this type"), "set", "quota=1M", "\(t.a)/v")
    try t.same(try await t.value("quota", "\(t.a)/v"), "-", "quota of a volume")
    try t.same(try await t.value("volsize", t.a), "-", "volsize of a filesystem")
    try await t.ok("snapshot", "\(t.a)@s")
    try await t.refused(
      .setting("this property can not be modified for snapshots"), "set", "readonly=on",
      "\(t.a)@s")
    try await t.ok("set", "org.zferry:k=v", "\(t.a)@s")
    try t.same(try await t.value("org.zferry:k", "\(t.a)@s"), "v", "user property")
  },
  ContractCase("a quota is not inherited") { t in
    try await t.fails(1, "'quota' property cannot be inherited", ["inherit", "quota", t.a])
  },
  ContractCase("what was written since the newest snapshot is counted") { t in
    try await t.write(1_000_000, seed: 1, of: t.a)
    try await t.ok("snapshot", "\(t.a)@s")
    try t.same(try await t.value("written", t.a), "0", "written")
    let referenced = Int(try await t.value("referenced", "\(t.a)@s")) ?? 0
    try t.holds(referenced > 1_000_000, "the snapshot refers to \(referenced) bytes")
    let used = Int(try await t.value("used", t.a)) ?? 0
    try t.holds(used >= referenced, "\(used) bytes are used")
  },
  ContractCase("a new filesystem holds one object, its root folder") { t in
    let ask = ["userspace", "-Hp", "-o", "objused"]
    let text = try await t.succeed(ask + [t.a], input: []).text
    try t.same(text, "1", "objects")
    try await t.ok("create", "-s", "-V", "8M", "\(t.a)/v")
    try await t.fails(
      1, "operation not applicable to datasets of this type", ask + ["\(t.a)/v"])
  },
  ContractCase("rights are given, shown and taken away") { t in
    try await t.ok("allow", "nobody", "create,mount", t.a)
    try await t.ok("allow", "-e", "snapshot", t.a)
    let given = try await t.ok("allow", t.a)
    try t.holds(given.hasPrefix("---- Permissions on \(t.a) ---"), "the heading of \(given)")
    try t.holds(
      given.hasSuffix(
        "\nLocal+Descendent permissions:\n\tuser nobody create,mount\n\teveryone snapshot"),
      "the list \(given)")
    try await t.ok("unallow", "nobody", "create", t.a)
    try await t.ok("unallow", "-e", t.a)
    let left = try await t.ok("allow", t.a)
    try t.holds(left.hasSuffix("permissions:\n\tuser nobody mount"), "the list \(left)")
    try await t.ok("unallow", "nobody", t.a)
    try t.same(try await t.ok("allow", t.a), "", "nothing left")
  },
  ContractCase("the version's first line begins with zfs-") { t in
    try t.holds(try await t.ok("version").hasPrefix("zfs-2"), "the version")
  },
]
