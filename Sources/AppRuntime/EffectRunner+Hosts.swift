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
    var lines = output.split(separator: "\n")[...]
    var size = 500
    while lines.count > size {
      tell(DatasetLines.rows(lines.prefix(size)).filter { $0.name != parent })
      lines = lines.dropFirst(size)
      size = 4_000
    }
    return .datasets(DatasetLines.rows(lines).filter { $0.name != parent })
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
      guard let regex = try? Regex(text) else {
        throw Failure("regex.invalid", subject: text)
      }
      return { (try? regex.wholeMatch(in: $0)) != nil }
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

  /// What a command printed; a command that failed is a failure with its own words.
  private func ask(
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

/// The lines of `zfs list -Hp -o name,type,used,available`.
enum DatasetLines {
  static func rows(_ lines: some Sequence<Substring>) -> [DatasetRow] {
    lines.compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count >= 4, !fields[0].isEmpty else { return nil }
      return DatasetRow(
        name: String(fields[0]), kind: fields[1] == "volume" ? .volume : .filesystem,
        used: UInt64(fields[2]), available: UInt64(fields[3]))
    }
  }
}

extension String {
  /// Without line ends and spaces around it.
  var trimmed: String {
    let kept = drop { $0.isWhitespace }
    return String(kept.reversed().drop { $0.isWhitespace }.reversed())
  }
}
