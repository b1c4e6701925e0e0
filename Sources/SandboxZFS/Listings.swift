/// `list`, `get`: what there is, and how it is set.
extension SandboxMachine {
  func list(_ words: [String]) throws {
    let line = try CommandLine(words, "Hprj", valued: "dtosS")
    var types: Set<String> = ["filesystem", "volume"]
    if let text = line.value("t") {
      types = Set(
        text.split(separator: ",").map {
          $0 == "fs"
            ? "filesystem" : $0 == "vol" ? "volume" : $0 == "snap" ? "snapshot" : String($0)
        })
      if types.contains("all") { types = ["filesystem", "volume", "snapshot", "bookmark"] }
    }
    let columns = (line.value("o") ?? "name,used,available,referenced,mountpoint")
      .split(separator: ",").map {
        ["avail": "available", "refer": "referenced"][$0] ?? String($0)
      }
    var names: [String] = []
    var failed = false
    if line.operands.isEmpty {
      // Without a name all pools are meant, and as deep as -d says.
      let depth = line.value("d").flatMap(Int.init) ?? .max
      for pool in state.pools.keys.sorted() { names += self.names(pool, types, depth: depth) }
    }
    for operand in line.operands {
      do {
        names += try self.names(WholeName(operand), types, depth: depth(of: line, types))
      } catch let problem as SandboxProblem {
        console.errors += problem.text
        failed = true
      }
    }
    sort(&names, by: line)
    if !line.has("H"), !names.isEmpty {
      say(columns.map { $0.uppercased() }.joined(separator: "  ") + "\n")
    }
    var text = ""
    for name in names {
      let whole = WholeName(name)
      let row = columns.map { column in
        let value = property(column, of: whole)?.value ?? "-"
        return line.has("p") ? value : Self.shown(value, of: column)
      }
      text += row.joined(separator: line.has("H") ? "\t" : "  ") + "\n"
    }
    say(text)
    if failed { throw SandboxProblem(text: "", status: 1) }
  }

  private func depth(of line: CommandLine, _ types: Set<String>) -> Int {
    if let text = line.value("d"), let depth = Int(text) { return depth }
    // Asking for nothing but snapshots of a dataset means those of this dataset.
    return line.has("r") ? .max : types.isSubset(of: ["snapshot", "bookmark"]) ? 1 : 0
  }

  private func names(_ whole: WholeName, _ types: Set<String>, depth: Int) throws -> [String] {
    switch whole.kind {
    case .dataset:
      guard state.datasets[whole.dataset] != nil else {
        throw SandboxProblem.missing(whole.dataset)
      }
      return names(whole.dataset, types, depth: depth)
    case .snapshot:
      _ = try snapshot(whole)
      return ["\(whole.dataset)@\(whole.part)"]
    case .bookmark: return ["\(whole.dataset)#\(whole.part)"]
    }
  }

  private func names(_ root: String, _ types: Set<String>, depth: Int) -> [String] {
    let level = root.count { $0 == "/" }
    var names: [String] = []
    for name in tree(root) {
      guard let dataset = state.datasets[name] else { continue }
      let below = name.count { $0 == "/" } - level
      guard below <= depth else { continue }
      if types.contains(dataset.isVolume ? "volume" : "filesystem") { names.append(name) }
      guard below < depth else { continue }
      if types.contains("snapshot") { names += dataset.snapshots.map { "\(name)@\($0.name)" } }
      if types.contains("bookmark") { names += dataset.bookmarks.map { "\(name)#\($0.name)" } }
    }
    return names
  }

  private func sort(_ names: inout [String], by line: CommandLine) {
    for (flag, property) in line.values.reversed() where flag == "s" || flag == "S" {
      let keys = Dictionary(
        names.map { ($0, self.property(property, of: WholeName($0))?.value ?? "") },
        uniquingKeysWith: { $1 })
      let position = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
      names.sort { a, b in
        let (x, y) = (keys[a] ?? "", keys[b] ?? "")
        if x == y { return (position[a] ?? 0) < (position[b] ?? 0) }
        let isBefore = Int64(x).flatMap { n in Int64(y).map { n < $0 } } ?? (x < y)
        return flag == "s" ? isBefore : !isBefore
      }
    }
  }

  func get(_ words: [String]) throws {
    let line = try CommandLine(words, "Hpr", valued: "dtos")
    guard let wanted = line.operands.first else {
      throw SandboxProblem.usage("missing property argument")
    }
    for property in wanted.split(separator: ",").map(String.init)
    where wanted != "all" && !isKnown(property) {
      throw SandboxProblem.usage("bad property list: invalid property '\(property)'")
    }
    let columns = (line.value("o") ?? "name,property,value,source").split(separator: ",")
    var types: Set<String> = ["filesystem", "volume", "snapshot", "bookmark"]
    if let text = line.value("t"), text != "all" {
      types = Set(text.split(separator: ",").map(String.init))
    }
    let sources = line.value("s").map { Set($0.split(separator: ",")) }
    var text = ""
    if !line.has("H") { text += columns.map { $0.uppercased() }.joined(separator: "  ") + "\n" }
    for operand in line.operands.dropFirst() {
      let whole = WholeName(operand)
      let names =
        line.has("r") || line.value("d") != nil
        ? try names(whole, types, depth: line.value("d").flatMap(Int.init) ?? .max) : [operand]
      if whole.kind == .snapshot { _ = try snapshot(whole) } else { _ = try dataset(whole.dataset) }
      for name in names {
        for property in wanted == "all"
          ? Self.commonProperties + userProperties(of: WholeName(name))
          : wanted.split(separator: ",").map(String.init)
        {
          let found = self.property(property, of: WholeName(name))
          if found == nil, wanted == "all" { continue }
          if let sources, !sources.contains(Self.kind(ofSource: found?.source)) { continue }
          let value = found?.value ?? "-"
          let row = columns.map { column in
            switch column {
            case "name": name
            case "property": property
            case "value": line.has("p") ? value : Self.shown(value, of: property)
            case "source": found?.source ?? "-"
            default: "-"
            }
          }
          text += row.joined(separator: line.has("H") ? "\t" : "  ") + "\n"
        }
      }
    }
    say(text)
  }

  /// How `-s` calls where a value comes from.
  private static func kind(ofSource source: String?) -> Substring {
    guard let source, source != "-" else { return "none" }
    return source.prefix { $0 != " " }
  }

  /// Those that people set, on it or above it.
  private func userProperties(of whole: WholeName) -> [String] {
    guard whole.kind == .dataset else { return [] }
    var names: Set<String> = []
    var current: Substring? = whole.dataset[...]
    while let name = current {
      if let dataset = state.datasets[String(name)] {
        names.formUnion(dataset.properties.keys)
        names.formUnion(dataset.received.keys)
      }
      current = name.lastIndex(of: "/").map { name[..<$0] }
    }
    return names.filter { $0.contains(":") }.sorted()
  }

  func isKnown(_ property: String) -> Bool {
    property.contains(where: { ":@#".contains($0) }) || Self.inheritable[property] != nil
      || Self.ownOnly[property] != nil || Self.told.contains(property)
      || Self.commonProperties.contains(property)
      || ["keyformat", "keylocation", "pbkdf2iters", "volblocksize", "snapdev"].contains(property)
  }

  private static let commonProperties = [
    "type", "creation", "used", "available", "referenced", "compressratio", "mounted", "origin",
    "quota", "reservation", "recordsize", "mountpoint", "sharenfs", "checksum", "compression",
    "atime", "readonly", "canmount", "createtxg", "guid", "written", "encryption", "keystatus",
    "receive_resume_token", "volsize",
  ]

  /// Numbers as people read them: `24K`, `1.2M`.
  static func shown(_ value: String, of property: String) -> String {
    let sizes: Set<String> = [
      "used", "available", "referenced", "written", "quota", "volsize", "recordsize",
      "usedbydataset", "logicalreferenced", "refquota", "reservation", "volblocksize",
    ]
    guard sizes.contains(property), var number = Double(value) else { return value }
    if ["quota", "refquota", "reservation"].contains(property), number == 0 { return "none" }
    var unit = 0
    while number >= 1_024, unit < 6 {
      number /= 1_024
      unit += 1
    }
    let tenths = Int((number * 10).rounded())
    let text =
      tenths % 10 == 0 || number >= 100 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    return text + ["B", "K", "M", "G", "T", "P", "E"][unit]
  }
}
