/// `create`, `destroy`, `rename`, `clone`, `promote`: datasets come and go.
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
      try checkProperty(property, value, of: name, isVolume: dataset.isVolume, verb: "create")
      dataset.properties[property] = Self.number(value, of: property)
    }
    if let size { dataset.properties["volsize"] = "\(size)" }
    dataset.isMounted = size == nil && !line.has("u") && dataset.properties["canmount"] != "off"
    state.datasets[name] = dataset
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
    let known =
      Self.inheritable[property] != nil || Self.ownOnly[property] != nil
      || ["encryption", "keyformat", "keylocation", "volsize", "volblocksize", "pbkdf2iters"]
        .contains(property)
    guard known else { throw SandboxProblem.failure("\(action): invalid property '\(property)'") }
    if isVolume, Self.ofFilesystems.contains(property) {
      throw SandboxProblem.failure(
        "\(action): '\(property)' does not apply to datasets of this type")
    }
    let switches: Set<String> = ["readonly", "atime", "exec", "devices", "setuid"]
    if switches.contains(property), value != "on", value != "off" {
      throw SandboxProblem.failure("\(action): '\(property)' must be one of 'on | off'")
    }
  }

  func destroy(_ words: [String]) throws {
    let line = try CommandLine(words, "rRfndvp")
    let whole = WholeName(try line.only("dataset"))
    switch whole.kind {
    case .dataset: try destroyDataset(whole.dataset, line)
    case .snapshot: try destroySnapshots(whole, line)
    case .bookmark:
      var dataset = try dataset(whole.dataset)
      guard let index = dataset.bookmarks.firstIndex(where: { $0.name == whole.part }) else {
        throw SandboxProblem.failure("bookmark '\(whole.dataset)#\(whole.part)' does not exist.")
      }
      dataset.bookmarks.remove(at: index)
      state.datasets[whole.dataset] = dataset
    }
  }

  private func destroyDataset(_ name: String, _ line: CommandLine) throws {
    let dataset = try dataset(name)
    guard name.contains("/") else {
      throw SandboxProblem.failure(
        "cannot destroy '\(name)': operation does not apply to pools\n"
          + "use 'zfs destroy -r \(name)' to destroy all datasets in the pool\n"
          + "use 'zpool destroy \(name)' to destroy the pool itself")
    }
    let below = children(of: name)
    if !line.has("r"), !line.has("R"), !below.isEmpty || !dataset.snapshots.isEmpty {
      let held = below + dataset.snapshots.map { "\(name)@\($0.name)" }
      let kind = dataset.isVolume ? "volume" : "filesystem"
      throw SandboxProblem.failure(
        "cannot destroy '\(name)': \(kind) has children\nuse '-r' to destroy the following datasets:\n"
          + held.joined(separator: "\n"))
    }
    let doomed = [name] + below
    try refuseIfCloned(doomed, name)
    for one in doomed {
      if let held = state.datasets[one]?.snapshots.first(where: { !$0.holds.isEmpty }) {
        throw SandboxProblem.failure("cannot destroy snapshot \(one)@\(held.name): dataset is busy")
      }
    }
    if line.has("n") { return }
    for one in doomed.reversed() { remove(one) }
  }

  private func refuseIfCloned(_ doomed: [String], _ name: String) throws {
    let clones = state.datasets.filter { clone in
      guard let origin = clone.value.origin, !doomed.contains(clone.key) else { return false }
      return doomed.contains(WholeName(origin).dataset)
    }
    guard clones.isEmpty else {
      throw SandboxProblem.failure(
        "cannot destroy '\(name)': filesystem has dependent clones\n"
          + "use '-R' to destroy the following datasets:\n"
          + clones.keys.sorted().joined(separator: "\n"))
    }
  }

  /// Takes a dataset away with its bytes.
  func remove(_ name: String) {
    guard let dataset = state.datasets[name] else { return }
    storage.deletePartial(partialKey(name))
    state.datasets[name] = nil
    deleteUnusedBlobs(Set(dataset.snapshots.flatMap { $0.files.values.map(\.blob) }))
    try? storage.deleteHead(of: name)
  }

  /// Several snapshots may share a blob; one that none holds goes.
  func deleteUnusedBlobs(_ candidates: Set<Int>) {
    var unused = candidates
    for dataset in state.datasets.values {
      for snapshot in dataset.snapshots { unused.subtract(snapshot.files.values.map(\.blob)) }
    }
    for blob in unused { storage.delete(blob: blob) }
  }

  /// `a`, `a,b`, `a%c`, `%c`, `a%`: lists and ranges of snapshots.
  private func destroySnapshots(_ whole: WholeName, _ line: CommandLine) throws {
    _ = try dataset(whole.dataset)
    let targets = line.has("r") ? tree(whole.dataset) : [whole.dataset]
    var doomed: [(String, String)] = []
    for target in targets {
      for name in matching(whole.part, in: target) { doomed.append((target, name)) }
    }
    if doomed.isEmpty {
      if whole.part.contains(",") || whole.part.contains("%") {
        throw SandboxProblem.failure(
          "could not find any snapshots to destroy; check snapshot names.")
      }
      throw SandboxProblem.failure(
        "could not find any snapshots to destroy; check snapshot names.")
    }
    for (target, name) in doomed {
      let snapshot = state.datasets[target]?.snapshots.first { $0.name == name }
      if snapshot?.holds.isEmpty == false {
        throw SandboxProblem.failure("cannot destroy snapshot \(target)@\(name): dataset is busy")
      }
      // What is being received grows on a clone of its base.
      let isGrownOn = snapshot.map { $0.guid == state.datasets[target]?.partial?.fromGUID } ?? false
      if isGrownOn || state.datasets.values.contains(where: { $0.origin == "\(target)@\(name)" }) {
        throw SandboxProblem.failure(
          "cannot destroy '\(target)@\(name)': snapshot has dependent clones\n"
            + "use '-R' to destroy the following datasets:")
      }
    }
    for (target, name) in doomed {
      if line.has("v") || line.has("p") {
        say(line.has("p") ? "destroy\t\(target)@\(name)\n" : "would destroy \(target)@\(name)\n")
      }
      if line.has("n") { continue }
      guard let gone = state.datasets[target]?.snapshots.first(where: { $0.name == name }) else {
        continue
      }
      state.datasets[target]?.snapshots.removeAll { $0.name == name }
      deleteUnusedBlobs(Set(gone.files.values.map(\.blob)))
    }
  }

  private func matching(_ pattern: String, in dataset: String) -> [String] {
    let names = (state.datasets[dataset]?.snapshots ?? []).map(\.name)
    var found: [String] = []
    for part in pattern.split(separator: ",", omittingEmptySubsequences: false) {
      guard let percent = part.firstIndex(of: "%") else {
        found += names.filter { $0 == part }
        continue
      }
      let first = String(part[..<percent])
      let last = String(part[part.index(after: percent)...])
      let from = first.isEmpty ? 0 : names.firstIndex(of: first)
      let to = last.isEmpty ? names.count - 1 : names.firstIndex(of: last)
      if let from, let to, from <= to { found += names[from...to] }
    }
    return found
  }

  static func size(_ text: String) throws -> UInt64 {
    let units: [Character: UInt64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    if let number = UInt64(text) { return number }
    guard let last = text.last?.uppercased().first, let unit = units[last],
      let number = UInt64(text.dropLast())
    else { throw SandboxProblem.failure("bad numeric value '\(text)'") }
    return number * unit
  }

  static func number(_ value: String, of property: String) -> String {
    let sizes: Set<String> = [
      "quota", "refquota", "reservation", "refreservation", "volsize", "recordsize", "volblocksize",
    ]
    guard sizes.contains(property) else { return value }
    if value == "none" { return "0" }
    return (try? size(value)).map { "\($0)" } ?? value
  }
}
