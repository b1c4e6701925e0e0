/// `receive`: a stream becomes snapshots.
extension SandboxMachine {
  func partialKey(_ name: String) -> String { "\(state.datasets[name]?.guid ?? 0)" }

  /// The token of a receive that was cut, or nil.
  func token(_ name: String) -> String? {
    guard let partial = state.datasets[name]?.partial else { return nil }
    return ResumeToken(
      toGUID: partial.toGUID, fromGUID: partial.fromGUID,
      bytes: storage.sizeOfPartial(partialKey(name)), toName: partial.toName
    ).text
  }

  func receive(_ words: [String]) throws {
    let line = try CommandLine(words, "suFvndehMA", valued: "ox")
    let target = WholeName(try line.only("snapshot"))
    if line.has("A") { return try exclusively { try abort(target.dataset) } }
    for property in line.all("x") + (try line.pairs("o").map(\.0)) where !isKnown(property) {
      throw SandboxProblem.failure(
        "cannot receive: cannot receive: invalid property '\(property)'")
    }
    var isFirst = true
    while true {
      guard let mark = take(4) else { throw cut(isFirst) }
      if mark == StreamPart.end { return }
      guard mark == StreamPart.begin, let length = take(4),
        let body = take(StreamPart.number(length)), var part = StreamPart.parse(body)
      else {
        // OpenZFS judges a record of 312 bytes; less than that is no stream at all.
        throw cut(isFirst && (mark == StreamPart.begin || take(308) == nil))
      }
      isFirst = false
      // `receive POOL/DATASET@NAME` says what the snapshot is called here.
      if target.kind == .snapshot {
        part.toName = WholeName(part.toName).dataset + "@" + target.part
      }
      try receive(part, into: target.dataset + part.relative, line)
    }
  }

  private func cut(_ isFirst: Bool) -> SandboxProblem {
    .failure(
      isFirst
        ? "cannot receive: failed to read from stream"
        : "cannot receive: invalid stream (bad magic number)")
  }

  private func take(_ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let chunk = console.input(count - bytes.count)
      if chunk.isEmpty { return nil }
      bytes += chunk
    }
    return bytes
  }

  private func receive(_ part: StreamPart, into name: String, _ line: CommandLine) throws {
    let kind =
      part.resumed != nil ? "resume" : part.fromGUID == nil ? "new filesystem" : "incremental"
    if line.has("n") || line.has("v") {
      let what = part.fromGUID == nil ? "full" : "incremental"
      say(
        "\(line.has("n") ? "would receive" : "receiving") \(what) stream of \(part.toName) "
          + "into \(name)@\(WholeName(part.toName).part)\n")
    }
    if line.has("n") { return try skip(part, kind) }
    var key = ""
    var isKnown = false
    try exclusively {
      isKnown = try isHere(part, name)
      if !isKnown { key = try begin(part, name, line, kind) }
    }
    if isKnown { return try skip(part, kind) }
    defer { storage.unlockPartial(key) }
    if part.resumed == nil { storage.deletePartial(key) }
    var missing = part.payload - part.offset
    while missing > 0 {
      let chunk = console.input(Int(min(256 << 10, missing)))
      if chunk.isEmpty { return try interrupted(name, key, line, kind) }
      try storage.append(chunk[...], toPartial: key)
      missing -= UInt64(chunk.count)
    }
    try exclusively { try commit(part, name, key, line) }
    // Written down in between: what a receiver leaves that is killed here, the next command finishes.
    try exclusively { try finishHead(of: name) }
  }

  /// Judges a stream by its header, and writes down that it is coming.
  ///
  /// - Returns: the key of what arrives, locked.
  private func begin(_ part: StreamPart, _ name: String, _ line: CommandLine, _ kind: String) throws
    -> String
  {
    let isNew = state.datasets[name] == nil
    if !isNew, !storage.lockPartial(partialKey(name)) {
      throw SandboxProblem.failure("cannot receive \(kind) stream: dataset is busy")
    }
    do {
      try check(part, name, line, kind)
      try register(part, name, line)
    } catch {
      storage.unlockPartial(partialKey(name))
      throw error
    }
    if isNew { _ = storage.lockPartial(partialKey(name)) }
    return partialKey(name)
  }

  /// Whether an increment is here already: it is read past then, so that another attempt succeeds.
  private func isHere(_ part: StreamPart, _ name: String) throws -> Bool {
    let last = WholeName(part.toName).part
    guard part.fromGUID != nil, part.resumed == nil,
      let same = state.datasets[name]?.snapshots.first(where: { $0.name == last })
    else { return false }
    guard same.guid == part.toGUID else {
      throw SandboxProblem.failure("cannot restore to \(name)@\(last): destination already exists")
    }
    return true
  }

  private func skip(_ part: StreamPart, _ kind: String) throws {
    var missing = part.payload - part.offset
    while missing > 0 {
      let chunk = console.input(Int(min(256 << 10, missing)))
      guard !chunk.isEmpty else {
        throw SandboxProblem.failure("cannot receive \(kind) stream: incomplete stream")
      }
      missing -= UInt64(chunk.count)
    }
  }

  /// What a receiver does whose stream ends too early.
  private func interrupted(_ name: String, _ key: String, _ line: CommandLine, _ kind: String)
    throws
  {
    try exclusively {
      guard !line.has("s") else { return }
      storage.deletePartial(key)
      state.datasets[name]?.partial = nil
      if state.datasets[name]?.isInconsistent == true { remove(name) }
    }
    throw SandboxProblem.failure(
      line.has("s")
        ? "cannot receive \(kind) stream: checksum mismatch or incomplete stream.\n"
          + "Partially received snapshot is saved.\nA resuming stream can be generated on the sending system by running:\n"
          + "    zfs send -t \(token(name) ?? "")"
        : "cannot receive \(kind) stream: incomplete stream")
  }

  private func check(_ part: StreamPart, _ name: String, _ line: CommandLine, _ kind: String) throws
  {
    let failure = "cannot receive \(kind) stream: "
    let existing = state.datasets[name]
    try checkEncryption(part, name, existing, line, failure)
    if part.resumed != nil {
      try checkResume(part, name, existing, failure)
    } else if part.isClone, existing == nil {
      try checkFull(name, existing, line, failure)
      guard clonesOrigin(part, name) != nil else {
        throw SandboxProblem.failure(
          failure + "local origin for clone \(name)@\(WholeName(part.toName).part) does not exist")
      }
    } else if part.fromGUID == nil {
      try checkFull(name, existing, line, failure)
    } else {
      try checkIncrement(part, name, existing, line, failure)
    }
    let place = existing == nil ? Self.parent(of: name) ?? name : name
    let room = room(in: place)
    guard part.payload - part.offset <= room.bytes else {
      throw SandboxProblem.failure(
        failure
          + (room.isQuota ? "destination \(name) space quota exceeded." : "out of space"))
    }
    let unfit = "does not apply to datasets of this type"
    guard part.isVolume else { return }
    for property in line.all("x") where Self.ofFilesystems.contains(property) {
      complain("Warning: \(name): property '\(property)' \(unfit)")
    }
    for (property, _) in try line.pairs("o") where Self.ofFilesystems.contains(property) {
      throw SandboxProblem.failure(failure + "property '\(property)' \(unfit)")
    }
  }

  private func checkResume(
    _ part: StreamPart, _ name: String, _ existing: SandboxDataset?, _ failure: String
  ) throws {
    guard let existing else {
      throw SandboxProblem.failure(failure + "destination '\(name)' does not exist")
    }
    guard existing.partial != nil || part.fromGUID != nil else {
      throw SandboxProblem.failure(
        failure + "Resuming recv on existing destination '\(name)'\n"
          + "must specify -F to overwrite it")
    }
    guard existing.partial?.toGUID == part.toGUID,
      storage.sizeOfPartial(partialKey(name)) == part.offset
    else {
      throw SandboxProblem.failure(
        failure + "kernel modules must be upgraded to receive this stream.")
    }
  }

  private static func partly(_ name: String, _ failure: String) -> SandboxProblem {
    .failure(
      failure + "destination \(name) contains partially-complete state from \"zfs receive -s\".")
  }

  private func checkFull(
    _ name: String, _ existing: SandboxDataset?, _ line: CommandLine, _ failure: String
  ) throws {
    if let existing {
      guard line.has("F") else {
        throw SandboxProblem.failure(
          failure + "destination '\(name)' exists\nmust specify -F to overwrite it")
      }
      if let snapshot = existing.snapshots.first {
        throw SandboxProblem.failure(
          failure + "destination has snapshots (eg. \(name)@\(snapshot.name))\n"
            + "must destroy them to overwrite it")
      }
      guard existing.partial == nil else { throw Self.partly(name, failure) }
      return
    }
    let parent = Self.parent(of: name) ?? name
    guard state.datasets[parent] != nil else {
      throw SandboxProblem.failure(
        "cannot open '\(parent)': dataset does not exist\n" + failure
          + "unable to restore to destination")
    }
  }

  /// The snapshot of the same pool that a clone's stream begins at.
  private func clonesOrigin(_ part: StreamPart, _ name: String) -> (
    name: String, snapshot: SandboxSnapshot
  )? {
    for (other, dataset) in state.datasets.sorted(by: { $0.key < $1.key })
    where Self.pool(of: other) == Self.pool(of: name) {
      if let snapshot = dataset.snapshots.first(where: { $0.guid == part.fromGUID }) {
        return ("\(other)@\(snapshot.name)", snapshot)
      }
    }
    return nil
  }

  private func checkIncrement(
    _ part: StreamPart, _ name: String, _ existing: SandboxDataset?, _ line: CommandLine,
    _ failure: String
  ) throws {
    guard let existing else {
      throw SandboxProblem.failure(failure + "destination '\(name)' does not exist")
    }
    guard existing.partial == nil else { throw Self.partly(name, failure) }
    guard let index = existing.snapshots.firstIndex(where: { $0.guid == part.fromGUID }) else {
      throw SandboxProblem.failure(
        failure + "most recent snapshot of \(name) does not\nmatch incremental source")
    }
    // Newer snapshots are no harm as long as they hold what the base holds.
    let base = existing.snapshots[index].files.mapValues(\.blob)
    let newest = existing.snapshots.last?.files.mapValues(\.blob)
    let isChanged = base != newest || written(name) > 0
    guard line.has("F") || !isChanged else {
      throw SandboxProblem.failure(
        failure + "destination \(name) has been modified\nsince most recent snapshot")
    }
    if let root = encryptionRoot(name), !isKeyLoaded(root), !part.isEncrypted {
      throw SandboxProblem.failure(failure + "inherited key must be loaded")
    }
    if line.has("F"), isChanged {
      let gone = existing.snapshots[(index + 1)...]
      state.datasets[name]?.snapshots.removeSubrange((index + 1)...)
      state.datasets[name]?.snapshotsChanged = clock()
      try resetHead(name)
      deleteUnusedBlobs(Set(gone.flatMap { $0.files.values.map(\.blob) }))
    }
  }

  /// Written down before the first byte: a receiver that is killed leaves what it has.
  private func register(_ part: StreamPart, _ name: String, _ line: CommandLine) throws {
    if state.datasets[name] == nil {
      var made = SandboxDataset(
        isVolume: part.isVolume, guid: nextGUID(), createtxg: nextTxg(name), creation: clock())
      made.isInconsistent = true
      if part.isClone { made.origin = clonesOrigin(part, name)?.name }
      state.datasets[name] = made
      try applyProperties(part, name, line)
      // What comes raw has a key of its own, which is not told.
      do { if !part.isEncrypted { try takeKey(of: name, isReceiving: true) } } catch {
        remove(name)
        throw error
      }
      _ = try storage.replaceHead(of: name, except: [], isVolume: part.isVolume, with: [:])
    }
    if line.has("s"), state.datasets[name]?.partial == nil {
      state.datasets[name]?.partial = SandboxPartial(
        toGUID: part.toGUID, toName: part.toName, fromGUID: part.fromGUID)
    }
  }

  private func applyProperties(_ part: StreamPart, _ name: String, _ line: CommandLine) throws {
    let excluded = Set(line.all("x"))
    for (property, value) in part.properties where !excluded.contains(property) {
      if property == "volsize" {
        state.datasets[name]?.properties[property] = value
      } else {
        state.datasets[name]?.received[property] = value
      }
    }
    for (property, value) in try line.pairs("o") {
      state.datasets[name]?.properties[property] = Self.number(value, of: property)
    }
    // A raw copy is an encryption root of its own, without its key; in a tree the first one is.
    if part.isEncrypted, part.fromGUID == nil || part.isClone,
      part.relative.isEmpty || encryptionRoot(name) == nil
    {
      state.datasets[name]?.properties["encryption"] = "aes-256-gcm"
      state.datasets[name]?.isKeyUnloaded = true
    }
  }

  private func commit(_ part: StreamPart, _ name: String, _ key: String, _ line: CommandLine) throws
  {
    guard var dataset = state.datasets[name] else { throw SandboxProblem.missing(name) }
    let own = dataset.snapshots.first { $0.guid == part.fromGUID }?.files
    let base = own ?? (part.isClone ? clonesOrigin(part, name)?.snapshot.files : nil) ?? [:]
    var files: [String: SandboxFile] = [:]
    var offset: UInt64 = 0
    for entry in part.entries {
      if entry.isSent {
        let blob = nextBlob()
        try storage.keep(partial: key, from: offset, count: entry.size, as: blob)
        files[entry.path] = SandboxFile(blob: blob, size: entry.size, stamp: "")
        offset += entry.size
      } else {
        files[entry.path] = base[entry.path]
      }
    }
    var made = SandboxSnapshot(
      name: WholeName(part.toName).part, guid: part.toGUID, createtxg: nextTxg(name),
      creation: part.creation, files: files)
    made.isEncrypted = part.isEncrypted || encryptionRoot(name) != nil
    dataset.snapshots.append(made)
    dataset.snapshotsChanged = clock()
    dataset.partial = nil
    let isReadable = encryptionRoot(name).map(isKeyLoaded) ?? true
    if dataset.isInconsistent, !part.isVolume, !line.has("u"), isReadable {
      dataset.isMounted = true
    }
    dataset.isInconsistent = false
    dataset.isHeadStale = true
    state.datasets[name] = dataset
    if part.fromGUID != nil || line.has("F") { try applyProperties(part, name, line) }
    storage.deletePartial(key)
  }

  private func finishHead(of name: String) throws {
    guard state.datasets[name]?.isHeadStale == true else { return }
    try resetHead(name)
    state.datasets[name]?.isHeadStale = false
  }

  /// Finishes what killed receivers have left: a new head, or a dataset whose first stream was cut.
  func settle() throws {
    for (name, dataset) in state.datasets {
      try finishHead(of: name)
      guard dataset.isInconsistent, dataset.partial == nil else { continue }
      let key = partialKey(name)
      guard storage.lockPartial(key) else { continue }
      defer { storage.unlockPartial(key) }
      remove(name)
    }
  }

  private func abort(_ name: String) throws {
    guard let dataset = state.datasets[name] else {
      throw SandboxProblem.usage("cannot open '\(name)': dataset does not exist")
    }
    guard dataset.partial != nil else {
      throw SandboxProblem.failure("'\(name)' does not have any resumable receive state to abort")
    }
    storage.deletePartial(partialKey(name))
    state.datasets[name]?.partial = nil
    if dataset.isInconsistent { remove(name) }
  }
}
