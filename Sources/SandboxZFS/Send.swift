/// `send`: snapshots leave as a stream.
extension SandboxMachine {
  /// What an increment begins from: its GUID, its files' blobs, and what `-v` calls it.
  private typealias Base = (guid: UInt64, files: [String: Int], name: String)

  /// A part with the blobs its bytes come from.
  private struct Sending {
    var part: StreamPart
    var blobs: [(blob: Int, size: UInt64)]
    /// What `-v` calls it.
    var words: [String]
  }

  func send(_ words: [String]) throws {
    let line = try CommandLine(words, "nvPpRwcLebhDVs", valued: "iIt")
    var sendings: [Sending] = []
    try exclusively {
      if let token = line.value("t") {
        sendings = [try resumed(token, line)]
      } else {
        sendings = try prepared(line)
      }
    }
    if line.has("v") || line.has("P") { report(sendings, line) }
    if line.has("n") { return }
    for sending in sendings { try write(sending) }
    _ = console.output(StreamPart.end)
  }

  private func prepared(_ line: CommandLine) throws -> [Sending] {
    let text = try line.only("snapshot")
    let to = WholeName(text)
    if to.kind == .bookmark {
      throw SandboxProblem.failure(
        "cannot open '\(text)': bookmark delimiter '#' is not expected here")
    }
    if to.kind == .dataset {
      _ = try dataset(to.dataset)
      throw SandboxProblem.failure(
        "warning: cannot send '\(text)': target is busy; if a filesystem, it must not be mounted")
    }
    _ = try snapshot(to)
    let trees = line.has("R") ? tree(to.dataset) : [to.dataset]
    var sendings: [Sending] = []
    for name in trees {
      guard let dataset = state.datasets[name],
        dataset.snapshots.contains(where: { $0.name == to.part })
      else { continue }
      sendings += try parts(of: name, dataset, to, line)
    }
    return sendings
  }

  private func checkKey(_ name: String, _ to: WholeName, _ line: CommandLine) throws {
    guard let root = encryptionRoot(name), !line.has("w") else { return }
    let whole = "\(name)@\(to.part)"
    if line.has("p") || line.has("R") || line.has("b") {
      throw SandboxProblem.failure(
        "cannot send \(whole): encrypted dataset \(name) may not be sent with properties "
          + "without the raw flag\nwarning: cannot send '\(whole)': backup failed")
    }
    guard isKeyLoaded(root) else {
      throw SandboxProblem.failure("warning: cannot send '\(whole)': dataset key must be loaded")
    }
  }

  private func parts(
    of name: String, _ dataset: SandboxDataset, _ to: WholeName, _ line: CommandLine
  ) throws -> [Sending] {
    guard let last = dataset.snapshots.firstIndex(where: { $0.name == to.part }) else { return [] }
    let relative = String(name.dropFirst(to.dataset.count))
    try checkKey(name, to, line)
    func sending(
      _ index: Int, from base: Base?
    )
      -> Sending
    {
      part(name, dataset, index, from: base, relative, line)
    }
    guard let from = line.value("I") ?? line.value("i") else {
      guard line.has("R") else { return [sending(last, from: nil)] }
      // A replication stream begins with the oldest snapshot there is.
      return (0...last).map { index in
        sending(index, from: index == 0 ? nil : base(dataset, index - 1, nil))
      }
    }
    let mark =
      from.hasPrefix("@") || from.hasPrefix("#")
      ? name + from : from.contains("@") || from.contains("#") ? from : "\(name)@\(from)"
    let whole = WholeName(mark)
    let sent = "\(name)@\(to.part)"
    let isSeries = line.value("I") != nil
    if whole.kind == .bookmark {
      if isSeries {
        throw SandboxProblem.failure("Error: multiple snapshots cannot be sent from a bookmark.")
      }
      guard let bookmark = dataset.bookmarks.first(where: { $0.name == whole.part }) else {
        throw SandboxProblem.failure(
          "warning: cannot send '\(sent)': incremental source (\(mark)) does not exist")
      }
      guard bookmark.createtxg < dataset.snapshots[last].createtxg else {
        throw Self.notEarlier(sent)
      }
      return [sending(last, from: (bookmark.guid, bookmark.files, mark))]
    }
    if whole.dataset != name, dataset.origin == mark,
      let origin = state.datasets[whole.dataset],
      let index = origin.snapshots.firstIndex(where: { $0.name == whole.part })
    {
      guard !isSeries else {
        throw SandboxProblem.failure("the sandbox sends a clone by its first snapshot alone")
      }
      var one = sending(last, from: base(origin, index, whole.dataset))
      one.part.isClone = true
      return [one]
    }
    guard let first = dataset.snapshots.firstIndex(where: { $0.name == whole.part }) else {
      throw SandboxProblem.missing(mark)
    }
    guard first < last else {
      throw isSeries
        ? .failure("WARNING: could not send \(sent):\nincremental source (\(mark)) does not exist")
        : Self.notEarlier(sent)
    }
    guard isSeries else { return [sending(last, from: base(dataset, first, name))] }
    return ((first + 1)...last).map { sending($0, from: base(dataset, $0 - 1, nil)) }
  }

  private static func notEarlier(_ sent: String) -> SandboxProblem {
    .failure("warning: cannot send '\(sent)': not an earlier snapshot from the same fs")
  }

  /// A snapshot as base; without the dataset's name it is one of a series, and called by its own.
  private func base(_ dataset: SandboxDataset, _ index: Int, _ name: String?) -> Base {
    let snapshot = dataset.snapshots[index]
    return (
      snapshot.guid, snapshot.files.mapValues(\.blob),
      name.map { "\($0)@\(snapshot.name)" } ?? snapshot.name
    )
  }

  private func part(
    _ name: String, _ dataset: SandboxDataset, _ index: Int,
    from base: Base?, _ relative: String,
    _ line: CommandLine
  ) -> Sending {
    let snapshot = dataset.snapshots[index]
    var entries: [StreamPart.Entry] = []
    var blobs: [(Int, UInt64)] = []
    for (path, file) in snapshot.files.sorted(by: { $0.key < $1.key }) {
      let isSent = base?.files[path] != file.blob
      entries.append(.init(path: path, size: file.size, isSent: isSent))
      if isSent { blobs.append((file.blob, file.size)) }
    }
    var properties: [String: String] = [:]
    // `-b`: what was set here stays here.
    if line.has("b") || line.has("p") || line.has("R") {
      let own = line.has("b") ? [:] : dataset.properties
      properties = dataset.received.merging(own) { $1 }
        .filter { !["encryption", "keyformat", "keylocation", "volsize"].contains($0.key) }
    }
    if dataset.isVolume { properties["volsize"] = dataset.properties["volsize"] }
    let to = "\(name)@\(snapshot.name)"
    let part = StreamPart(
      toName: to, toGUID: snapshot.guid, creation: snapshot.creation, fromGUID: base?.guid,
      isVolume: dataset.isVolume, isEncrypted: line.has("w") && snapshot.isEncrypted,
      relative: relative, properties: properties, entries: entries)
    return Sending(
      part: part, blobs: blobs, words: base.map { ["incremental", $0.name, to] } ?? ["full", to])
  }

  private func resumed(_ text: String, _ line: CommandLine) throws -> Sending {
    guard let token = ResumeToken(text) else {
      throw SandboxProblem.refused("cannot resume send: resume token is corrupt (invalid format)")
    }
    if line.has("v") || line.has("P"), line.has("n") {
      var contents = "resume token contents:\nnvlist version: 0\n"
      if let from = token.fromGUID { contents += "\tfromguid = 0x\(String(from, radix: 16))\n" }
      contents += "\tobject = 0x2\n\toffset = 0x0\n"
      contents += "\tbytes = 0x\(String(token.bytes, radix: 16))\n"
      contents += "\ttoguid = 0x\(String(token.toGUID, radix: 16))\n\ttoname = \(token.toName)\n"
      say(contents)
    }
    for (name, dataset) in state.datasets {
      guard let index = dataset.snapshots.firstIndex(where: { $0.guid == token.toGUID }) else {
        continue
      }
      let origin = originBase(of: dataset, token.fromGUID)
      let from =
        try origin
        ?? token.fromGUID.map { guid in
          try resumeBase(guid, dataset, name, token.toName)
        }
      var sending = part(name, dataset, index, from: from, "", line)
      sending.part.isEncrypted = dataset.snapshots[index].isEncrypted
      sending.part.isClone = origin != nil
      sending.part.resumed = min(token.bytes, sending.part.payload)
      return sending
    }
    throw SandboxProblem.refused(
      "cannot resume send: '\(token.toName)' used in the initial send no longer exists")
  }

  /// The snapshot that a clone came from, where a stream begins there.
  private func originBase(of dataset: SandboxDataset, _ guid: UInt64?) -> Base? {
    guard let whole = dataset.origin.map(WholeName.init), let guid,
      let origin = state.datasets[whole.dataset],
      let index = origin.snapshots.firstIndex(where: { $0.guid == guid })
    else { return nil }
    return base(origin, index, whole.dataset)
  }

  private func resumeBase(
    _ guid: UInt64, _ dataset: SandboxDataset, _ name: String, _ sent: String
  ) throws -> Base {
    if let index = dataset.snapshots.firstIndex(where: { $0.guid == guid }) {
      return base(dataset, index, name)
    }
    if let bookmark = dataset.bookmarks.first(where: { $0.guid == guid }) {
      return (guid, bookmark.files, "\(name)#\(bookmark.name)")
    }
    throw SandboxProblem.refused(
      "cannot resume send: incremental source 0x\(String(guid, radix: 16)) no longer exists")
  }

  private func report(_ sendings: [Sending], _ line: CommandLine) {
    var total: UInt64 = 0
    var text = ""
    for sending in sendings {
      let size = sending.part.payload - sending.part.offset + 624
      total += size
      if line.has("P") {
        text += (sending.words + ["\(size)"]).joined(separator: "\t") + "\n"
      } else {
        let shown = Self.shown("\(size)", of: "used")
        // One of a series is called by its name alone.
        let from = sending.words[1].contains { $0 == "@" || $0 == "#" } ? "" : "@"
        text +=
          sending.words.count == 3
          ? "send from \(from)\(sending.words[1]) to \(sending.words[2]) estimated size is \(shown)\n"
          : "full send of \(sending.words[1]) estimated size is \(shown)\n"
      }
    }
    text +=
      line.has("P")
      ? "size\t\(total)\n" : "total estimated size is \(Self.shown("\(total)", of: "used"))\n"
    if line.has("n") { say(text) } else { console.errors += text }
  }

  private func write(_ sending: Sending) throws {
    let interrupted = SandboxProblem.failure(
      "warning: cannot send '\(sending.part.toName)': signal received")
    guard console.output(sending.part.header) else { throw interrupted }
    var skip = sending.part.offset
    for (blob, size) in sending.blobs {
      if skip >= size {
        skip -= size
        continue
      }
      var position = skip
      skip = 0
      while position < size {
        let chunk = try storage.read(
          blob: blob, from: position, count: Int(min(256 << 10, size - position)))
        guard !chunk.isEmpty else {
          throw SandboxProblem.failure(
            "warning: cannot send '\(sending.part.toName)': Input/output error")
        }
        guard console.output(chunk) else { throw interrupted }
        position += UInt64(chunk.count)
      }
    }
  }
}
