import ReplicationEngine
import ReplicationModel
import ZferryApp

/// Questions to a host's `zfs`.
extension EffectRunner {
  /// Lists what is below a dataset, or the pools. A long listing is told in parts, the first of them
  /// a page, so that there is something to see at once.
  func list(
    on choice: HostChoice, below parent: String?, tell: ([DatasetRow]) -> Void
  ) async throws -> Reply? {
    let columns = ["-o", "name,type,used,available", "-t", "filesystem,volume"]
    let depth = ["list", "-Hp", "-d", parent == nil ? "0" : "1"]
    let output = try await ask(choice, .zfs(depth + columns + (parent.map { [$0] } ?? [])))
    var lines = DatasetLines(output)
    var rows = lines.next(500).filter { $0.name != parent }
    while !lines.isAtEnd {
      tell(rows)
      rows = lines.next(4_000).filter { $0.name != parent }
    }
    return .datasets(rows)
  }

  /// Newest first.
  func snapshots(on choice: HostChoice, of dataset: String) async throws -> Reply? {
    let columns = [
      "list", "-Hp", "-d", "1", "-t", "snapshot", "-o", "name,creation", "-s", "createtxg",
    ]
    let output = try await ask(choice, .zfs(columns + [dataset]))
    let rows = output.split(separator: "\n").compactMap { line -> SnapshotRow? in
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let at = fields[0].firstIndex(of: "@"),
        let seconds = Int64(fields[1])
      else { return nil }
      return SnapshotRow(
        name: String(fields[0][fields[0].index(after: at)...]), creation: Instant(seconds))
    }
    return .snapshots(rows.reversed())
  }

  /// One listing for all of them; a dataset that is marked below another marked one counts there.
  func count(_ question: SnapshotQuestion) async throws -> Reply? {
    let depth = question.recursive ? ["-r"] : ["-d", "1"]
    let types =
      question.recursive ? ["filesystem,volume,snapshot"] : ["snapshot"]
    let command = Command.zfs(
      ["list", "-Hp"] + depth + ["-t"] + types + ["-o", "name"] + question.datasets)
    let output = try await ask(question.host, command)
    var tally = SnapshotTally(question.datasets)
    let matches = try matcher(question)
    for line in output.split(separator: "\n") { tally.add(line, matches) }
    return .counted(tally.counts)
  }

  private func matcher(_ question: SnapshotQuestion) throws -> (String) -> Bool {
    if let text = question.regex {
      guard let regex = try? NameRegex(text) else {
        throw Failure("regex.invalid", subject: text)
      }
      return { regex.matches($0) }
    }
    guard let schema = try? NamingSchema(question.schema ?? "") else { return { _ in false } }
    return { schema.instant(of: $0, in: self.ports.zone) != nil }
  }

  /// Takes the snapshots that a first run needs; all of them are on this host.
  func take(_ snapshots: [FirstSnapshot]) async throws {
    for snapshot in snapshots {
      let name = "\(snapshot.dataset)@\(snapshot.name)"
      let flags = snapshot.recursive ? ["-r"] : []
      _ = try await ask(.local, .zfs(["snapshot"] + flags + [name]), failing: "snapshot.failed")
    }
  }

  /// Takes the snapshots of a snapshot task for this minute, and keeps what became of it.
  func take(_ task: SnapshotTask) async throws {
    let now = ports.clock.now()
    let host = try await ports.host(nil)
    let taking = await SnapshotTaker(host: host, clock: ports.clock, zone: ports.zone)
      .take(task, for: Instant(now.seconds - now.seconds % 60))
    await host.close()
    try ports.schedule?.taken(taking)
    if let error = taking.error { throw error }
  }

  /// What a command printed; a command that failed is a failure with its own words.
  func ask(
    _ choice: HostChoice, _ command: Command, failing code: String = "zfs.failed"
  ) async throws -> String {
    let connection: Connection? =
      if case .remote(let connection) = choice { connection } else { nil }
    let (label, result) = try await hosts.run(command, on: connection)
    guard result.succeeded else {
      throw Failure(code, subject: label, detail: result.errors.trimmed)
    }
    return String(decoding: result.output, as: UTF8.self)
  }
}

/// The lines of `zfs list -Hp -o name,type,used,available`. As bytes: as characters, a hundred
/// thousand of them would take seconds.
struct DatasetLines {
  private var rest: Substring.UTF8View

  init(_ output: String) { rest = Substring(output).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  /// The datasets of the next lines; lines that are none are left out.
  mutating func next(_ count: Int) -> [DatasetRow] {
    var rows: [DatasetRow] = []
    for _ in 0..<count where !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      if let row = Self.row(rest[..<end]) { rows.append(row) }
      rest = rest[end...].dropFirst()
    }
    return rows
  }

  private static func row(_ line: Substring.UTF8View) -> DatasetRow? {
    let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { Substring($0) }
    guard fields.count >= 4, !fields[0].isEmpty else { return nil }
    return DatasetRow(
      name: String(fields[0]), kind: fields[1] == "volume" ? .volume : .filesystem,
      used: UInt64(fields[2]), available: UInt64(fields[3]))
  }
}

extension String {
  /// Without line ends and spaces around it.
  var trimmed: String {
    let kept = drop { $0.isWhitespace }
    return String(kept.reversed().drop { $0.isWhitespace }.reversed())
  }
}
