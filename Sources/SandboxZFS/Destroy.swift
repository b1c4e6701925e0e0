/// `destroy`: datasets, snapshots and bookmarks go.
extension SandboxMachine {
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
    guard name.contains("/") || line.has("r") || line.has("R") else {
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
        "cannot destroy '\(name)': \(kind) has children\n"
          + "use '-r' to destroy the following datasets:\n" + held.joined(separator: "\n"))
    }
    let tree = [name] + below
    let clones = clones { tree.contains($0.dataset) }.filter { !tree.contains($0) }
    guard clones.isEmpty || line.has("R") else {
      throw SandboxProblem.failure(
        "cannot destroy '\(name)': filesystem has dependent clones\n"
          + "use '-R' to destroy the following datasets:\n" + clones.joined(separator: "\n"))
    }
    // What depends on another goes first: clones, then children, then the dataset itself.
    let doomed = clones.reversed() + tree.reversed()
    for one in doomed {
      if let held = state.datasets[one]?.snapshots.first(where: { !$0.holds.isEmpty }) {
        throw Self.held("\(one)@\(held.name)")
      }
    }
    for one in doomed {
      for snapshot in state.datasets[one]?.snapshots ?? [] {
        tell("\(one)@\(snapshot.name)", line)
      }
      tell(one, line)
    }
    if line.has("n") { return }
    // The pool's own dataset stays with the pool.
    for one in doomed where one.contains("/") { remove(one) }
  }

  private static func held(_ snapshot: String) -> SandboxProblem {
    .failure(
      "cannot destroy snapshot \(snapshot): it's being held. "
        + "Run 'zfs holds -r \(snapshot)' to see holders.")
  }

  /// The trees of clones whose origin is one of the wanted, and of their own clones.
  private func clones(of isWanted: (WholeName) -> Bool) -> [String] {
    var found: [String] = []
    for (name, dataset) in state.datasets.sorted(by: { $0.key < $1.key }) {
      guard let origin = dataset.origin, isWanted(WholeName(origin)) else { continue }
      let tree = tree(name)
      found += tree + clones { tree.contains($0.dataset) }
    }
    return found
  }

  private func tell(_ name: String, _ line: CommandLine) {
    if line.has("p") {
      if line.has("v") || line.has("n") { say("destroy\t\(name)\n") }
    } else if line.has("v") {
      say("\(line.has("n") ? "would" : "will") destroy \(name)\n")
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
    var doomed: [WholeName] = []
    for target in line.has("r") || line.has("R") ? tree(whole.dataset) : [whole.dataset] {
      doomed += matching(whole.part, in: target).map { WholeName("\(target)@\($0)") }
    }
    guard !doomed.isEmpty else {
      throw SandboxProblem.failure(
        "could not find any snapshots to destroy; check snapshot names.")
    }
    for one in doomed {
      var clones = clones { $0.dataset == one.dataset && $0.part == one.part }
      // What is being received grows on a clone of its base.
      if let partial = state.datasets[one.dataset]?.partial,
        try partial.fromGUID == snapshot(one).guid
      {
        clones.append("\(one.dataset)/%recv")
      }
      if clones.isEmpty { continue }
      guard line.has("R") else {
        throw SandboxProblem.failure(
          "cannot destroy '\(one.dataset)@\(one.part)': snapshot has dependent clones\n"
            + "use '-R' to destroy the following datasets:\n" + clones.joined(separator: "\n"))
      }
      if !line.has("n") { for clone in clones.reversed() { remove(clone) } }
    }
    for one in doomed where try !snapshot(one).holds.isEmpty {
      throw Self.held("\(one.dataset)@\(one.part)")
    }
    for one in doomed { tell("\(one.dataset)@\(one.part)", line) }
    if line.has("n"), line.has("v") || line.has("p") {
      let bytes = try reclaimed(doomed)
      say(
        line.has("p")
          ? "reclaim\t\(bytes)\n" : "would reclaim \(Self.shown("\(bytes)", of: "used"))\n")
    }
    if line.has("n") { return }
    for one in doomed {
      let gone = try snapshot(one)
      state.datasets[one.dataset]?.snapshots.removeAll { $0.name == one.part }
      state.datasets[one.dataset]?.snapshotsChanged = clock()
      deleteUnusedBlobs(Set(gone.files.values.map(\.blob)))
    }
  }

  /// The bytes that these snapshots alone hold.
  private func reclaimed(_ doomed: [WholeName]) throws -> UInt64 {
    var sizes: [Int: UInt64] = [:]
    for one in doomed {
      let head = headFiles(one.dataset)
      for (path, file) in try snapshot(one).files where head[path]?.stamp != file.stamp {
        sizes[file.blob] = file.size
      }
    }
    for (name, dataset) in state.datasets {
      for snapshot in dataset.snapshots
      where !doomed.contains(where: { $0.dataset == name && $0.part == snapshot.name }) {
        for file in snapshot.files.values { sizes[file.blob] = nil }
      }
    }
    return sizes.values.reduce(0, +)
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
}
