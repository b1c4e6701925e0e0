/// `rename`, `clone`, `promote`, `rollback`: what exists takes another place or an older form.
extension SandboxMachine {
  func rename(_ words: [String]) throws {
    let line = try CommandLine(words, "fpru")
    guard line.operands.count == 2 else {
      throw SandboxProblem.usage(
        "missing \(line.operands.isEmpty ? "source" : "target") dataset argument")
    }
    let from = WholeName(line.operands[0])
    let to = WholeName(
      line.operands[1].hasPrefix("@") ? from.dataset + line.operands[1] : line.operands[1])
    if from.kind == .snapshot { return try renameSnapshot(from, to, recursive: line.has("r")) }
    _ = try dataset(from.dataset)
    try checkNewName(to.dataset, verb: "create")
    guard state.datasets[to.dataset] == nil else {
      throw SandboxProblem.failure("cannot rename '\(from.dataset)': dataset already exists")
    }
    guard Self.pool(of: from.dataset) == Self.pool(of: to.dataset) else {
      throw SandboxProblem.failure(
        "cannot rename to '\(to.dataset)': datasets must be within same pool")
    }
    if line.has("p"), let parent = Self.parent(of: to.dataset), state.datasets[parent] == nil {
      try create(["-p", parent])
    }
    guard let parent = Self.parent(of: to.dataset), state.datasets[parent] != nil else {
      throw SandboxProblem.failure("cannot create '\(to.dataset)': parent does not exist")
    }
    for name in tree(from.dataset) {
      let other = to.dataset + name.dropFirst(from.dataset.count)
      state.datasets[other] = state.datasets.removeValue(forKey: name)
      try storage.moveHead(of: name, to: other)
      for (clone, value) in state.datasets where value.origin?.hasPrefix(name + "@") == true {
        state.datasets[clone]?.origin = other + (value.origin?.dropFirst(name.count) ?? "")
      }
    }
  }

  private func renameSnapshot(_ from: WholeName, _ to: WholeName, recursive: Bool) throws {
    _ = try snapshot(from)
    guard from.dataset == to.dataset else {
      throw SandboxProblem.failure(
        "cannot rename to '\(to.dataset)@\(to.part)': snapshots must be part of same dataset")
    }
    if from.part == to.part { return }
    for name in recursive ? tree(from.dataset) : [from.dataset] {
      guard var dataset = state.datasets[name],
        let index = dataset.snapshots.firstIndex(where: { $0.name == from.part })
      else { continue }
      if dataset.snapshots.contains(where: { $0.name == to.part }) {
        throw SandboxProblem.failure(
          "cannot rename '\(name)@\(from.part)': dataset already exists")
      }
      dataset.snapshots[index].name = to.part
      state.datasets[name] = dataset
      for (clone, value) in state.datasets where value.origin == "\(name)@\(from.part)" {
        state.datasets[clone]?.origin = "\(name)@\(to.part)"
      }
    }
  }

  func clone(_ words: [String]) throws {
    let line = try CommandLine(words, "pu", valued: "o")
    guard line.operands.count == 2 else { throw SandboxProblem.usage("missing argument") }
    let source = WholeName(line.operands[0])
    let name = line.operands[1]
    guard source.kind == .snapshot else {
      throw SandboxProblem.failure(
        "cannot open '\(line.operands[0])': missing '@' delimiter in snapshot name")
    }
    let snapshot = try snapshot(source)
    try checkNewName(name, verb: "create")
    guard state.datasets[name] == nil else {
      throw SandboxProblem.failure("cannot create '\(name)': dataset already exists")
    }
    guard Self.pool(of: name) == Self.pool(of: source.dataset) else {
      throw SandboxProblem.failure("cannot create '\(name)': source and target pools differ")
    }
    guard let parent = Self.parent(of: name), state.datasets[parent] != nil else {
      throw SandboxProblem.failure("cannot create '\(name)': parent does not exist")
    }
    let isVolume = state.datasets[source.dataset]?.isVolume ?? false
    var made = SandboxDataset(
      isVolume: isVolume, guid: nextGUID(), createtxg: nextTxg(name), creation: clock())
    made.origin = "\(source.dataset)@\(source.part)"
    made.isMounted = !isVolume
    for (property, value) in try line.pairs("o") { made.properties[property] = value }
    state.datasets[name] = made
    _ = try storage.replaceHead(
      of: name, except: [], isVolume: isVolume, with: snapshot.files.mapValues(\.blob))
  }

  /// The clone takes the snapshots up to its origin; the two change places.
  func promote(_ words: [String]) throws {
    let name = try CommandLine(words, "").only("clone filesystem")
    var clone = try dataset(name)
    guard let origin = clone.origin.map(WholeName.init),
      var parent = state.datasets[origin.dataset],
      let index = parent.snapshots.firstIndex(where: { $0.name == origin.part })
    else {
      throw SandboxProblem.failure("cannot promote '\(name)': not a cloned filesystem")
    }
    clone.snapshots = parent.snapshots[...index] + clone.snapshots
    parent.snapshots.removeSubrange(...index)
    clone.snapshotsChanged = clock()
    parent.snapshotsChanged = clock()
    clone.origin = parent.origin
    parent.origin = "\(name)@\(origin.part)"
    state.datasets[name] = clone
    state.datasets[origin.dataset] = parent
  }

  func rollback(_ words: [String]) throws {
    let line = try CommandLine(words, "rRf")
    let whole = WholeName(try line.only("dataset"))
    guard whole.kind == .snapshot else {
      throw SandboxProblem.failure(
        "cannot open '\(whole.dataset)': missing '@' delimiter in snapshot name")
    }
    let snapshot = try snapshot(whole)
    guard var dataset = state.datasets[whole.dataset],
      let index = dataset.snapshots.firstIndex(where: { $0.name == whole.part })
    else { throw SandboxProblem.missing(whole.dataset) }
    let newer = dataset.snapshots[(index + 1)...]
    let marks = dataset.bookmarks.filter { $0.createtxg > snapshot.createtxg }
    let failure = "cannot rollback to '\(whole.dataset)@\(whole.part)': "
    guard newer.isEmpty && marks.isEmpty || line.has("r") || line.has("R") else {
      let names =
        newer.map { "\(whole.dataset)@\($0.name)" } + marks.map { "\(whole.dataset)#\($0.name)" }
      throw SandboxProblem.failure(
        failure + "more recent snapshots or bookmarks exist\n"
          + "use '-r' to force deletion of the following snapshots and bookmarks:\n"
          + names.joined(separator: "\n"))
    }
    let clones = newer.flatMap { one in
      state.datasets.filter { $0.value.origin == "\(whole.dataset)@\(one.name)" }.keys
    }.sorted()
    guard clones.isEmpty || line.has("R") else {
      throw SandboxProblem.failure(
        failure + "clones of previous snapshots exist\n"
          + "use '-R' to force deletion of the following clones and dependents:\n"
          + clones.joined(separator: "\n"))
    }
    for clone in clones { try destroy(["-R", clone]) }
    if let held = newer.first(where: { !$0.holds.isEmpty }) {
      throw SandboxProblem.failure(
        "cannot destroy '\(whole.dataset)@\(held.name)': dataset is busy")
    }
    if index + 1 < dataset.snapshots.count { dataset.snapshotsChanged = clock() }
    dataset.snapshots.removeSubrange((index + 1)...)
    dataset.bookmarks.removeAll { $0.createtxg > snapshot.createtxg }
    state.datasets[whole.dataset] = dataset
    try resetHead(whole.dataset)
    deleteUnusedBlobs(Set(newer.flatMap { $0.files.values.map(\.blob) }))
  }

  /// Makes the head what the newest snapshot holds.
  func resetHead(_ name: String) throws {
    guard var dataset = state.datasets[name], var newest = dataset.snapshots.last else { return }
    let stamps = try storage.replaceHead(
      of: name, except: children(of: name), isVolume: dataset.isVolume,
      with: newest.files.mapValues(\.blob))
    for (path, stamp) in stamps { newest.files[path]?.stamp = stamp }
    dataset.snapshots[dataset.snapshots.count - 1] = newest
    state.datasets[name] = dataset
  }

  func mount(_ words: [String], mounted: Bool) throws {
    let line = try CommandLine(words, "afOv", valued: "o")
    if line.has("a") {
      for name in state.datasets.keys where state.datasets[name]?.isVolume == false {
        state.datasets[name]?.isMounted = mounted
      }
      return
    }
    let name = try line.only("filesystem")
    let dataset = try dataset(name)
    guard !dataset.isVolume else {
      throw SandboxProblem.failure(
        "cannot open '\(name)': operation not applicable to datasets of this type")
    }
    if mounted, let root = encryptionRoot(name), !isKeyLoaded(root) {
      throw SandboxProblem.failure("cannot mount '\(name)': encryption key not loaded")
    }
    guard dataset.isMounted != mounted else {
      throw SandboxProblem.failure(
        mounted
          ? "cannot mount '\(name)': filesystem already mounted"
          : "cannot unmount '\(name)': not currently mounted")
    }
    state.datasets[name]?.isMounted = mounted
  }
}
