/// `zpool`: as much of it as a practice ground needs.
extension SandboxMachine {
  func zpool(_ verb: String, _ words: [String]) throws {
    switch verb {
    case "create": try createPool(words)
    case "destroy":
      let name = try CommandLine(words, "f").only("pool")
      guard state.pools[name] != nil else {
        throw SandboxProblem.failure("cannot open '\(name)': no such pool")
      }
      for dataset in tree(name).reversed() { remove(dataset) }
      state.pools[name] = nil
    case "list": try listPools(words)
    case "get": try getPool(words)
    case "status": say("all pools are healthy\n")
    case "version": say("zfs-2.3.2-sandbox\nzfs-kmod-2.3.2-sandbox\n")
    default: throw SandboxProblem.usage("unrecognized command '\(verb)'")
    }
  }

  private func createPool(_ words: [String]) throws {
    let line = try CommandLine(words, "fnd", valued: "oOmtR")
    guard let name = line.operands.first else {
      throw SandboxProblem.usage("missing pool name argument")
    }
    guard state.pools[name] == nil else {
      throw SandboxProblem.failure("cannot create '\(name)': pool already exists")
    }
    try checkNewName(name, verb: "create")
    state.pools[name] = SandboxPool(guid: nextGUID(), size: 64 << 30)
    var root = SandboxDataset(guid: nextGUID(), createtxg: 1, creation: clock())
    root.isMounted = true
    for (property, value) in try line.pairs("O") { root.properties[property] = value }
    state.datasets[name] = root
    _ = try storage.replaceHead(of: name, except: [], isVolume: false, with: [:])
  }

  private func listPools(_ words: [String]) throws {
    let line = try CommandLine(words, "HpvP", valued: "oT")
    let columns = (line.value("o") ?? "name,size,alloc,free,health").split(separator: ",")
    for name in line.operands.isEmpty ? state.pools.keys.sorted() : line.operands {
      guard let pool = state.pools[name] else {
        throw SandboxProblem.failure("cannot open '\(name)': no such pool")
      }
      let row = columns.map { poolValue(String($0), name, pool) }
      say(row.joined(separator: line.has("H") ? "\t" : "  ") + "\n")
    }
  }

  private func getPool(_ words: [String]) throws {
    let line = try CommandLine(words, "Hp", valued: "o")
    guard let wanted = line.operands.first else {
      throw SandboxProblem.usage("missing property argument")
    }
    let columns = (line.value("o") ?? "name,property,value,source").split(separator: ",")
    for name in line.operands.dropFirst() {
      guard let pool = state.pools[name] else {
        throw SandboxProblem.failure("cannot open '\(name)': no such pool")
      }
      for property in wanted.split(separator: ",").map(String.init) {
        let row = columns.map { column in
          column == "name"
            ? name
            : column == "property"
              ? property
              : column == "value" ? poolValue(property, name, pool) : "-"
        }
        say(row.joined(separator: line.has("H") ? "\t" : "  ") + "\n")
      }
    }
  }

  private func poolValue(_ property: String, _ name: String, _ pool: SandboxPool) -> String {
    switch property {
    case "name": name
    case "guid": "\(pool.guid)"
    case "size": "\(pool.size)"
    case "health": "ONLINE"
    case "alloc", "allocated": "\(used(name))"
    case "free": "\(pool.size - min(pool.size, used(name)))"
    default: property.hasPrefix("feature@") ? "enabled" : "-"
    }
  }
}
