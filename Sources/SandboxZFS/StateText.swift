/// The state of a practice machine as lines of words, that a person can read too.
///
/// A line belongs to the last dataset above it, a `file` or `hold` to the last snapshot.
enum StateText {
  struct Problem: Error, CustomStringConvertible {
    var line: String
    var description: String { "the practice folder's state cannot be read at: \(line)" }
  }

  static func bytes(_ state: SandboxState) -> [UInt8] {
    var text = line("sandbox", "\(state.seed)", "\(state.nextBlob)")
    for (name, pool) in state.pools.sorted(by: { $0.key < $1.key }) {
      text += line("pool", name, "\(pool.guid)", "\(pool.txg)", "\(pool.size)")
    }
    for (name, dataset) in state.datasets.sorted(by: { $0.key < $1.key }) {
      text += lines(name, dataset)
    }
    return Array(text.utf8)
  }

  private static func lines(_ name: String, _ dataset: SandboxDataset) -> String {
    var flags = ""
    if dataset.isVolume { flags += "v" }
    if dataset.isMounted { flags += "m" }
    if dataset.isInconsistent { flags += "i" }
    if dataset.isHeadStale { flags += "s" }
    if dataset.isKeyUnloaded { flags += "k" }
    var text = line(
      "dataset", name, "\(dataset.guid)", "\(dataset.createtxg)", "\(dataset.creation)", flags,
      dataset.origin ?? "")
    if let mark = dataset.keyMark { text += line("key", mark) }
    text += lines("set", dataset.properties) + lines("received", dataset.received)
    if !dataset.inherited.isEmpty { text += line(["inherit"] + dataset.inherited.sorted()) }
    for (user, rights) in dataset.permissions.sorted(by: { $0.key < $1.key }) {
      text += line(["allow", user] + rights.sorted())
    }
    if let partial = dataset.partial {
      text += line(
        "partial", "\(partial.toGUID)", partial.fromGUID.map { "\($0)" } ?? "", partial.toName)
    }
    if let changed = dataset.snapshotsChanged { text += line("changed", "\(changed)") }
    for snapshot in dataset.snapshots {
      text += line(
        "snapshot", snapshot.name, "\(snapshot.guid)", "\(snapshot.createtxg)",
        "\(snapshot.creation)", snapshot.isEncrypted ? "e" : "")
      for (path, file) in snapshot.files.sorted(by: { $0.key < $1.key }) {
        text += line("file", path, "\(file.blob)", "\(file.size)", file.stamp)
      }
      text += lines("hold", snapshot.holds.mapValues { "\($0)" })
      text += lines("mark", snapshot.properties)
    }
    for bookmark in dataset.bookmarks {
      text += line(
        "bookmark", bookmark.name, "\(bookmark.guid)", "\(bookmark.createtxg)",
        "\(bookmark.creation)")
      text += lines("kept", bookmark.files.mapValues { "\($0)" })
    }
    return text
  }

  private static func lines(_ kind: String, _ values: [String: String]) -> String {
    values.sorted { $0.key < $1.key }.map { line(kind, $0.key, $0.value) }.joined()
  }

  private static func line(_ words: String...) -> String { line(words) }

  private static func line(_ words: [String]) -> String {
    words.map(escaped).joined(separator: "\t") + "\n"
  }

  static func state(_ bytes: [UInt8]) throws -> SandboxState {
    var state = SandboxState(seed: 0)
    var name = ""
    var dataset: SandboxDataset?
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { unescaped(String(decoding: $0, as: UTF8.self)) }
      var row = Row(words: words)
      switch row.kind {
      case "sandbox":
        state.seed = try row.number()
        state.nextBlob = try row.number()
      case "pool":
        let name = try row.word()
        state.pools[name] = SandboxPool(
          guid: try row.number(), txg: try row.number(), size: try row.number())
      case "dataset":
        if let dataset { state.datasets[name] = dataset }
        name = try row.word()
        dataset = try row.dataset()
      default:
        guard var read = dataset else { throw row.problem }
        try row.read(into: &read)
        dataset = read
      }
    }
    if let dataset { state.datasets[name] = dataset }
    return state
  }

  /// Tabs and line ends part words and lines, so they cannot stand in a word.
  private static func escaped(_ word: String) -> String {
    guard word.utf8.contains(where: { $0 == 9 || $0 == 10 || $0 == UInt8(ascii: "%") }) else {
      return word
    }
    return word.reduce(into: "") { text, character in
      switch character {
      case "%": text += "%25"
      case "\t": text += "%09"
      case "\n": text += "%0A"
      case "\r\n": text += "\r%0A"
      default: text.append(character)
      }
    }
  }

  private static func unescaped(_ word: String) -> String {
    guard word.utf8.contains(UInt8(ascii: "%")) else { return word }
    var text = ""
    var rest = word[...]
    while let character = rest.popFirst() {
      guard character == "%" else {
        text.append(character)
        continue
      }
      let code = rest.prefix(2)
      rest = rest.dropFirst(2)
      text += code == "25" ? "%" : code == "09" ? "\t" : "\n"
    }
    return text
  }

  /// One line, read word by word.
  private struct Row {
    let words: [String]
    private var next = 1

    init(words: [String]) { self.words = words }

    var kind: String { words.first ?? "" }
    var problem: Problem { Problem(line: words.joined(separator: " ")) }

    mutating func word() throws -> String {
      guard next < words.count else { throw problem }
      defer { next += 1 }
      return words[next]
    }

    mutating func number<T: FixedWidthInteger>() throws -> T {
      guard let number = T(try word()) else { throw problem }
      return number
    }

    mutating func dataset() throws -> SandboxDataset {
      var made = SandboxDataset(
        guid: try number(), createtxg: try number(), creation: try number())
      let flags = try word()
      made.isVolume = flags.contains("v")
      made.isMounted = flags.contains("m")
      made.isInconsistent = flags.contains("i")
      made.isHeadStale = flags.contains("s")
      made.isKeyUnloaded = flags.contains("k")
      let origin = try word()
      made.origin = origin.isEmpty ? nil : origin
      return made
    }

    mutating func read(into dataset: inout SandboxDataset) throws {
      let last = dataset.snapshots.count - 1
      let first = try word()
      switch kind {
      case "set": dataset.properties[first] = try word()
      case "changed": dataset.snapshotsChanged = Int64(first)
      case "key": dataset.keyMark = first
      case "received": dataset.received[first] = try word()
      case "inherit": dataset.inherited = Set(words.dropFirst())
      case "allow": dataset.permissions[first] = Array(words.dropFirst(2))
      case "partial":
        guard let to = UInt64(first) else { throw problem }
        let from = UInt64(try word())
        dataset.partial = SandboxPartial(toGUID: to, toName: try word(), fromGUID: from)
      case "snapshot":
        dataset.snapshots.append(
          SandboxSnapshot(
            name: first, guid: try number(), createtxg: try number(), creation: try number(),
            files: [:], isEncrypted: try word() == "e"))
      case "bookmark":
        dataset.bookmarks.append(
          SandboxBookmark(
            name: first, guid: try number(), createtxg: try number(), creation: try number()))
      case "kept" where !dataset.bookmarks.isEmpty:
        dataset.bookmarks[dataset.bookmarks.count - 1].files[first] = try number()
      case "file" where last >= 0:
        dataset.snapshots[last].files[first] = SandboxFile(
          blob: try number(), size: try number(), stamp: try word())
      case "hold" where last >= 0: dataset.snapshots[last].holds[first] = try number()
      case "mark" where last >= 0: dataset.snapshots[last].properties[first] = try word()
      default: throw problem
      }
    }
  }
}
