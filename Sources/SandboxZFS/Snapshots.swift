/// `snapshot`, `bookmark`, `hold`, `release`, `holds`: points in history.
extension SandboxMachine {
  func snapshot(_ words: [String]) throws {
    let line = try CommandLine(words, "r", valued: "o")
    guard !line.operands.isEmpty else { throw SandboxProblem.usage("missing snapshot argument") }
    let properties = try line.pairs("o")
    var wanted: [WholeName] = []
    for text in line.operands {
      let whole = WholeName(text)
      guard whole.kind == .snapshot else { throw SandboxProblem.usage("") }
      if let problem = Self.problem(inPart: whole.part) {
        throw SandboxProblem.failure("cannot create snapshot '\(text)': \(problem)")
      }
      guard state.datasets[whole.dataset] != nil else {
        throw SandboxProblem.usage("cannot open '\(whole.dataset)': dataset does not exist")
      }
      if !line.has("r"), state.datasets[whole.dataset]?.isInconsistent == true {
        throw SandboxProblem.failure("cannot create snapshot '\(text)': dataset is busy")
      }
      let names = line.has("r") ? tree(whole.dataset) : [whole.dataset]
      wanted += names.map { WholeName("\($0)@\(whole.part)") }
    }
    for (property, _) in properties where !property.contains(":") {
      throw SandboxProblem.failure(
        "cannot create snapshots : this property can not be modified for snapshots")
    }
    // All of them or none, as one transaction group.
    for whole in wanted {
      guard let dataset = state.datasets[whole.dataset], !dataset.isInconsistent else { continue }
      if dataset.snapshots.contains(where: { $0.name == whole.part }) {
        throw SandboxProblem.failure(
          "cannot create snapshot '\(whole.dataset)@\(whole.part)': dataset already exists"
            + (wanted.count > 1 ? "\nno snapshots were created" : ""))
      }
    }
    var txgs: [String: UInt64] = [:]
    for whole in wanted where state.datasets[whole.dataset]?.isInconsistent == false {
      let pool = Self.pool(of: whole.dataset)
      let txg = txgs[pool] ?? nextTxg(whole.dataset)
      txgs[pool] = txg
      try take(whole, txg, properties)
    }
  }

  private func take(_ whole: WholeName, _ txg: UInt64, _ properties: [(String, String)]) throws {
    guard let dataset = state.datasets[whole.dataset] else { return }
    let before = dataset.snapshots.last?.files ?? [:]
    var files: [String: SandboxFile] = [:]
    for (path, entry) in headFiles(whole.dataset) {
      if let same = before[path], same.stamp == entry.stamp {
        files[path] = same
        continue
      }
      let blob = nextBlob()
      try storage.keep(path, of: whole.dataset, as: blob)
      files[path] = SandboxFile(blob: blob, size: entry.size, stamp: entry.stamp)
    }
    var made = SandboxSnapshot(
      name: whole.part, guid: nextGUID(), createtxg: txg, creation: clock(), files: files)
    made.isEncrypted = encryptionRoot(whole.dataset) != nil
    for (name, value) in properties { made.properties[name] = value }
    state.datasets[whole.dataset]?.snapshots.append(made)
    state.datasets[whole.dataset]?.snapshotsChanged = made.creation
  }

  func bookmark(_ words: [String]) throws {
    let line = try CommandLine(words, "")
    guard line.operands.count == 2 else {
      throw SandboxProblem.usage(
        "missing \(line.operands.isEmpty ? "source" : "bookmark") argument")
    }
    let from = WholeName(line.operands[0])
    let text = line.operands[1]
    let to = WholeName(text.hasPrefix("#") ? from.dataset + text : text)
    let failure = "cannot create bookmark '\(to.dataset)#\(to.part)': "
    guard to.kind == .bookmark else {
      throw SandboxProblem.usage("invalid bookmark name '\(text)': must contain a '#'")
    }
    if from.kind == .snapshot, (try? snapshot(from)) == nil {
      throw SandboxProblem.usage("cannot open '\(line.operands[0])': dataset does not exist")
    }
    guard to.dataset == from.dataset else {
      throw SandboxProblem.failure(
        failure + "source is not an ancestor of the new bookmark's dataset")
    }
    let mark: SandboxBookmark
    if from.kind == .bookmark {
      guard
        let same = state.datasets[from.dataset]?.bookmarks.first(where: { $0.name == from.part })
      else {
        throw SandboxProblem.usage("cannot open '\(line.operands[0])': no such pool or dataset")
      }
      mark = same
    } else {
      let snapshot = try snapshot(from)
      mark = SandboxBookmark(
        name: "", guid: snapshot.guid, createtxg: snapshot.createtxg, creation: snapshot.creation,
        files: snapshot.files.mapValues(\.blob))
    }
    if state.datasets[to.dataset]?.bookmarks.contains(where: { $0.name == to.part }) == true {
      throw SandboxProblem.failure(failure + "bookmark exists")
    }
    var made = mark
    made.name = to.part
    state.datasets[to.dataset]?.bookmarks.append(made)
  }

  func hold(_ words: [String]) throws {
    let (tag, names) = try holdTargets(words)
    for name in names {
      let snapshot = try target(name, "cannot hold snapshot")
      if snapshot.holds[tag] != nil {
        throw SandboxProblem.failure(
          "cannot hold snapshot '\(name.dataset)@\(name.part)': tag already exists on this dataset")
      }
      change(name) { $0.holds[tag] = clock() }
    }
  }

  func release(_ words: [String]) throws {
    let (tag, names) = try holdTargets(words)
    for name in names {
      let snapshot = try target(name, "cannot release hold from snapshot")
      if snapshot.holds[tag] == nil {
        throw SandboxProblem.failure(
          "cannot release hold from snapshot '\(name.dataset)@\(name.part)': no such tag on this dataset"
        )
      }
      change(name) { $0.holds[tag] = nil }
    }
  }

  private func target(_ name: WholeName, _ failure: String) throws -> SandboxSnapshot {
    guard name.kind == .snapshot else {
      throw SandboxProblem.failure("'\(name.dataset)' is not a snapshot")
    }
    guard let snapshot = try? snapshot(name) else {
      throw SandboxProblem.failure(
        "\(failure) '\(name.dataset)@\(name.part)': dataset does not exist")
    }
    return snapshot
  }

  func holds(_ words: [String]) throws {
    let line = try CommandLine(words, "rHp")
    let rows = try line.operands.flatMap { text in
      let whole = WholeName(text)
      return try snapshot(whole).holds.sorted { $0.key < $1.key }
        .map { [text, $0.key, "\($0.value)"] }
    }
    if !line.has("H"), !rows.isEmpty { say("NAME  TAG  TIMESTAMP\n") }
    for row in rows { say(row.joined(separator: line.has("H") ? "\t" : "  ") + "\n") }
  }

  private func holdTargets(_ words: [String]) throws -> (tag: String, names: [WholeName]) {
    let line = try CommandLine(words, "r")
    guard let tag = line.operands.first, line.operands.count > 1 else {
      throw SandboxProblem.usage("missing snapshot argument")
    }
    var names: [WholeName] = []
    for text in line.operands.dropFirst() {
      let whole = WholeName(text)
      guard line.has("r") else {
        names.append(whole)
        continue
      }
      names += tree(whole.dataset)
        .filter { state.datasets[$0]?.snapshots.contains { $0.name == whole.part } == true }
        .map { WholeName("\($0)@\(whole.part)") }
    }
    return (tag, names)
  }

  func change(_ name: WholeName, _ body: (inout SandboxSnapshot) -> Void) {
    guard
      let index = state.datasets[name.dataset]?.snapshots.firstIndex(where: { $0.name == name.part }
      )
    else { return }
    if var snapshot = state.datasets[name.dataset]?.snapshots[index] {
      body(&snapshot)
      state.datasets[name.dataset]?.snapshots[index] = snapshot
    }
  }
}
