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
    let target = WholeName(try line.only("snapshot")).dataset
    if line.has("A") { return try exclusively { try abort(target) } }
    var isFirst = true
    while true {
      guard let mark = take(4) else { throw cut(isFirst) }
      if mark == StreamPart.end { return }
      guard mark == StreamPart.begin, let length = take(4),
        let body = take(StreamPart.number(length)), let part = StreamPart.parse(body)
      else { throw cut(isFirst) }
      isFirst = false
      try receive(part, into: target + part.relative, line)
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
    let kind = part.offset > 0 ? "resume" : part.fromGUID == nil ? "new filesystem" : "incremental"
    var key = ""
    try exclusively { key = try begin(part, name, line, kind) }
    defer { storage.unlockPartial(key) }
    if part.offset == 0 { storage.deletePartial(key) }
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
        : "cannot receive \(kind) stream: checksum mismatch or incomplete stream")
  }

  private func check(_ part: StreamPart, _ name: String, _ line: CommandLine, _ kind: String) throws
  {
    let failure = "cannot receive \(kind) stream: "
    let existing = state.datasets[name]
    if part.offset > 0 {
      guard let partial = existing?.partial, partial.toGUID == part.toGUID,
        storage.sizeOfPartial(partialKey(name)) == part.offset
      else {
        throw SandboxProblem.failure(
          failure + "kernel modules must be upgraded to receive this stream.")
      }
    } else if let existing, existing.partial != nil {
      // A stream that could be gone on with from nothing is the one that was cut at its very start.
      let isSame =
        existing.partial?.toGUID == part.toGUID && storage.sizeOfPartial(partialKey(name)) == 0
      guard isSame else {
        throw SandboxProblem.failure(
          failure + "destination \(name) contains partially-complete state from \"zfs receive -s\"."
        )
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
    for property in line.all("x") + (try line.pairs("o").map(\.0))
    where part.isVolume && Self.ofFilesystems.contains(property) {
      throw SandboxProblem.failure(
        failure + "property '\(property)' does not apply to datasets of this type")
    }
  }

  private func checkFull(
    _ name: String, _ existing: SandboxDataset?, _ line: CommandLine, _ failure: String
  ) throws {
    if let existing {
      if let snapshot = existing.snapshots.first {
        throw SandboxProblem.failure(
          failure + "destination has snapshots (eg. \(name)@\(snapshot.name))\n"
            + "must destroy them to overwrite it")
      }
      guard line.has("F") else {
        throw SandboxProblem.failure(
          failure + "destination '\(name)' exists\nmust specify -F to overwrite it")
      }
      return
    }
    guard let parent = Self.parent(of: name) else {
      throw SandboxProblem.failure("cannot open '\(name)': no such pool")
    }
    guard state.datasets[parent] != nil else {
      throw SandboxProblem.failure(
        "cannot open '\(parent)': dataset does not exist\n" + failure
          + "unable to restore to destination")
    }
  }

  private func checkIncrement(
    _ part: StreamPart, _ name: String, _ existing: SandboxDataset?, _ line: CommandLine,
    _ failure: String
  ) throws {
    guard let existing else {
      throw SandboxProblem.failure(failure + "destination '\(name)' does not exist")
    }
    let index = existing.snapshots.firstIndex { $0.guid == part.fromGUID }
    let isNewest = index.map { $0 == existing.snapshots.count - 1 } ?? false
    guard let index, isNewest || line.has("F") else {
      throw SandboxProblem.failure(
        failure + "most recent snapshot of \(name) does not\nmatch incremental source")
    }
    guard line.has("F") || written(name) == 0 else {
      throw SandboxProblem.failure(
        failure + "destination \(name) has been modified\nsince most recent snapshot")
    }
    if line.has("F") {
      state.datasets[name]?.snapshots.removeSubrange((index + 1)...)
      try resetHead(name)
    }
  }

  /// Written down before the first byte: a receiver that is killed leaves what it has.
  private func register(_ part: StreamPart, _ name: String, _ line: CommandLine) throws {
    if state.datasets[name] == nil {
      var made = SandboxDataset(
        isVolume: part.isVolume, guid: nextGUID(), createtxg: nextTxg(name), creation: clock())
      made.isInconsistent = true
      state.datasets[name] = made
      try applyProperties(part, name, line)
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
    if part.isEncrypted { state.datasets[name]?.properties["encryption"] = "aes-256-gcm" }
  }

  private func commit(_ part: StreamPart, _ name: String, _ key: String, _ line: CommandLine) throws
  {
    guard var dataset = state.datasets[name] else { throw SandboxProblem.missing(name) }
    let base = dataset.snapshots.first { $0.guid == part.fromGUID }?.files ?? [:]
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
    dataset.partial = nil
    if dataset.isInconsistent, !part.isVolume, !line.has("u") { dataset.isMounted = true }
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
    let dataset = try dataset(name)
    guard dataset.partial != nil else {
      throw SandboxProblem.failure("'\(name)' does not have any resumable receive state to abort")
    }
    storage.deletePartial(partialKey(name))
    state.datasets[name]?.partial = nil
    if dataset.isInconsistent { remove(name) }
  }
}
