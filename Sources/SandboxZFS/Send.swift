/// `send`: snapshots leave as a stream.
extension SandboxMachine {
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
    guard to.kind == .snapshot else {
      throw SandboxProblem.failure(
        "Error: Unsupported flag with filesystem or bookmark.\ncannot send '\(text)': not a snapshot"
      )
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

  private func parts(
    of name: String, _ dataset: SandboxDataset, _ to: WholeName, _ line: CommandLine
  ) throws -> [Sending] {
    guard let last = dataset.snapshots.firstIndex(where: { $0.name == to.part }) else { return [] }
    let relative = String(name.dropFirst(to.dataset.count))
    if encryptionRoot(name) != nil, line.has("p") || line.has("R"), !line.has("w") {
      throw SandboxProblem.failure(
        "cannot send \(name)@\(to.part): encrypted dataset \(name) may not be sent with properties without the raw flag"
      )
    }
    func sending(
      _ index: Int, from base: (guid: UInt64, files: [String: SandboxFile]?, name: String)?
    )
      -> Sending
    {
      part(name, dataset, index, from: base, relative, line)
    }
    guard let from = line.value("I") ?? line.value("i") else {
      guard line.has("R") else { return [sending(last, from: nil)] }
      // A replication stream begins with the oldest snapshot there is.
      return (0...last).map { index in
        sending(index, from: index == 0 ? nil : base(dataset, index - 1, name))
      }
    }
    let mark =
      from.hasPrefix("@") || from.hasPrefix("#")
      ? name + from : from.contains("@") || from.contains("#") ? from : "\(name)@\(from)"
    let whole = WholeName(mark)
    if whole.kind == .bookmark {
      guard let bookmark = dataset.bookmarks.first(where: { $0.name == whole.part }) else {
        throw SandboxProblem.failure(
          "cannot send '\(name)@\(to.part)': incremental source (\(mark)) does not exist")
      }
      guard bookmark.createtxg < dataset.snapshots[last].createtxg else {
        throw SandboxProblem.failure(
          "warning: cannot send '\(name)@\(to.part)': not an earlier snapshot from the same fs")
      }
      // A bookmark keeps no files: all that changed since counts, here simply all.
      return [sending(last, from: (bookmark.guid, nil, mark))]
    }
    guard let first = dataset.snapshots.firstIndex(where: { $0.name == whole.part }) else {
      throw SandboxProblem.failure(
        "cannot send '\(name)@\(to.part)': incremental source (\(mark)) does not exist")
    }
    guard first < last else {
      throw SandboxProblem.failure(
        first == last
          ? "cannot send '\(name)@\(to.part)': incremental source (\(mark)) is not earlier than it"
          : "cannot send '\(name)@\(to.part)': incremental source (\(mark)) is not earlier than it")
    }
    if line.value("I") != nil {
      return ((first + 1)...last).map { sending($0, from: base(dataset, $0 - 1, name)) }
    }
    return [sending(last, from: base(dataset, first, name))]
  }

  private func base(_ dataset: SandboxDataset, _ index: Int, _ name: String) -> (
    guid: UInt64, files: [String: SandboxFile]?, name: String
  ) {
    let snapshot = dataset.snapshots[index]
    return (snapshot.guid, snapshot.files, "\(name)@\(snapshot.name)")
  }

  private func part(
    _ name: String, _ dataset: SandboxDataset, _ index: Int,
    from base: (guid: UInt64, files: [String: SandboxFile]?, name: String)?, _ relative: String,
    _ line: CommandLine
  ) -> Sending {
    let snapshot = dataset.snapshots[index]
    var entries: [StreamPart.Entry] = []
    var blobs: [(Int, UInt64)] = []
    for (path, file) in snapshot.files.sorted(by: { $0.key < $1.key }) {
      let isSent = base?.files?[path]?.blob != file.blob
      entries.append(.init(path: path, size: file.size, isSent: isSent))
      if isSent { blobs.append((file.blob, file.size)) }
    }
    var properties: [String: String] = [:]
    if line.has("p") || line.has("R") {
      properties = dataset.received.merging(dataset.properties) { $1 }
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
      throw SandboxProblem.failure(
        "cannot resume send: resume token is corrupt (invalid checksum)")
    }
    if line.has("v"), line.has("n") {
      var contents = "resume token contents:\nnvlist version: 0\n\tobject = 0x2\n\toffset = 0x0\n"
      contents += "\tbytes = 0x\(String(token.bytes, radix: 16))\n"
      if let from = token.fromGUID { contents += "\tfromguid = 0x\(String(from, radix: 16))\n" }
      contents += "\ttoguid = 0x\(String(token.toGUID, radix: 16))\n\ttoname = \(token.toName)\n"
      say(contents)
    }
    for (name, dataset) in state.datasets {
      guard let index = dataset.snapshots.firstIndex(where: { $0.guid == token.toGUID }) else {
        continue
      }
      if let from = token.fromGUID, !dataset.snapshots.contains(where: { $0.guid == from }),
        !dataset.bookmarks.contains(where: { $0.guid == from })
      {
        throw SandboxProblem.failure(
          "cannot resume send: incremental source 0x\(String(from, radix: 16)) no longer exists")
      }
      let base = token.fromGUID.map { guid in
        (guid: guid, files: dataset.snapshots.first { $0.guid == guid }?.files, name: "")
      }
      var sending = part(name, dataset, index, from: base, "", line)
      sending.part.isEncrypted = dataset.snapshots[index].isEncrypted
      sending.part.offset = min(token.bytes, sending.part.payload)
      return sending
    }
    throw SandboxProblem.failure(
      "cannot resume send: '\(token.toName)' used in the initial send no longer exists")
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
        text +=
          sending.words.count == 3
          ? "send from \(sending.words[1]) to \(sending.words[2]) estimated size is \(shown)\n"
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
