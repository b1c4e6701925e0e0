/// `create`: datasets come.
extension SandboxMachine {
  func create(_ words: [String]) throws {
    let line = try CommandLine(words, "pusnvP", valued: "oVb")
    let name = try line.only("filesystem")
    try checkNewName(name, verb: "create")
    if state.datasets[name] != nil {
      if line.has("p") { return }
      throw SandboxProblem.failure("cannot create '\(name)': dataset already exists")
    }
    try makeParents(of: name, wanted: line.has("p"))
    if let parent = Self.parent(of: name), state.datasets[parent]?.isVolume == true {
      throw SandboxProblem.failure("cannot create '\(name)': parent is not a filesystem")
    }
    let size = try line.value("V").map(Self.size)
    var dataset = SandboxDataset(
      isVolume: size != nil, guid: nextGUID(), createtxg: nextTxg(name), creation: clock())
    for (property, value) in try line.pairs("o") {
      if property == "encryption", value != "off",
        try !line.pairs("o").contains(where: { $0.0 == "keyformat" })
      {
        throw SandboxProblem.failure(
          "cannot create '\(name)': Keyformat required for new encryption root.")
      }
      try checkProperty(property, value, of: name, isVolume: dataset.isVolume, verb: "create")
      dataset.properties[property] = Self.number(value, of: property)
    }
    if let size { dataset.properties["volsize"] = "\(size)" }
    dataset.isMounted = size == nil && !line.has("u") && dataset.properties["canmount"] != "off"
    state.datasets[name] = dataset
    try takeKey(of: name, isReceiving: false)
    _ = try storage.replaceHead(of: name, except: [], isVolume: dataset.isVolume, with: [:])
  }

  private func makeParents(of name: String, wanted: Bool) throws {
    guard let parent = Self.parent(of: name) else {
      throw SandboxProblem.failure("cannot create '\(name)': missing dataset name")
    }
    guard state.datasets[parent] == nil else { return }
    let pool = Self.pool(of: name)
    guard state.pools[pool] != nil else {
      throw SandboxProblem.failure("cannot create '\(name)': no such pool '\(pool)'")
    }
    guard wanted else {
      throw SandboxProblem.failure("cannot create '\(name)': parent does not exist")
    }
    try create(["-p", parent])
  }

  func checkProperty(
    _ property: String, _ value: String, of name: String, isVolume: Bool, verb: String
  ) throws {
    let action = verb == "create" ? "cannot create '\(name)'" : "cannot set property for '\(name)'"
    if property.contains(":") { return }
    func refusal(_ words: String) -> SandboxProblem {
      verb == "set" ? .refused("\(action): \(words)") : .failure("\(action): \(words)")
    }
    if Self.told.contains(property) || (verb == "set" && property == "encryption") {
      throw refusal("'\(property)' is readonly")
    }
    let known =
      Self.inheritable[property] != nil || Self.ownOnly[property] != nil
      || ["encryption", "keyformat", "keylocation", "volsize", "volblocksize", "pbkdf2iters"]
        .contains(property)
    guard known else { throw refusal("invalid property '\(property)'") }
    if isVolume, Self.ofFilesystems.contains(property) {
      throw refusal(
        "'\(property)' does not apply to datasets of this type")
    }
    if Self.sizes.contains(property), value != "none", (try? Self.size(value)) == nil {
      throw refusal("bad numeric value '\(value)'")
    }
    let switches: Set<String> = ["readonly", "atime", "exec", "devices", "setuid"]
    if switches.contains(property), value != "on", value != "off" {
      throw refusal("'\(property)' must be one of 'on | off'")
    }
  }

  static func size(_ text: String) throws -> UInt64 {
    let units: [Character: UInt64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    if let number = UInt64(text) { return number }
    guard let last = text.last?.uppercased().first, let unit = units[last],
      let number = UInt64(text.dropLast())
    else { throw SandboxProblem.failure("bad numeric value '\(text)'") }
    return number * unit
  }

  private static let sizes: Set<String> = [
    "quota", "refquota", "reservation", "refreservation", "volsize", "recordsize", "volblocksize",
  ]

  static func number(_ value: String, of property: String) -> String {
    guard sizes.contains(property) else { return value }
    if value == "none" { return "0" }
    return (try? size(value)).map { "\($0)" } ?? value
  }
}
