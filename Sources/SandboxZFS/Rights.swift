/// `allow` and `unallow`: who may do what.
extension SandboxMachine {
  private static let scopes = ["Local", "Descendent", "Local+Descendent"]

  /// Rights are kept and shown; the sandbox's one user has them all anyway.
  func allow(_ words: [String]) throws {
    let line = try CommandLine(words, "ldeug")
    if line.operands.count == 1 { return try showRights(line.operands[0]) }
    let (who, rights, name) = try parts(line)
    guard let rights else { throw SandboxProblem.usage("missing permission argument") }
    _ = try dataset(name)
    for one in who {
      let key = "\(Self.scope(line) ?? "Local+Descendent") \(one)"
      let old = state.datasets[name]?.permissions[key] ?? []
      state.datasets[name]?.permissions[key] = Set(old + rights).sorted()
    }
  }

  func unallow(_ words: [String]) throws {
    let line = try CommandLine(words, "ldeugr")
    let (who, rights, root) = try parts(line)
    _ = try dataset(root)
    let scopes = Self.scope(line).map { [$0] } ?? Self.scopes
    for name in line.has("r") ? tree(root) : [root] {
      for key in who.flatMap({ one in scopes.map { "\($0) \(one)" } }) {
        let left = state.datasets[name]?.permissions[key]?.filter { rights?.contains($0) == false }
        state.datasets[name]?.permissions[key] = left?.isEmpty == false ? left : nil
      }
    }
  }

  /// Who, what and where; without rights all are meant.
  private func parts(_ line: CommandLine) throws -> (
    who: [String], rights: [String]?, name: String
  ) {
    var operands = line.operands
    guard let name = operands.popLast() else { throw SandboxProblem.usage("missing argument") }
    var who = ["everyone"]
    if !line.has("e") {
      guard !operands.isEmpty else { throw SandboxProblem.usage("missing user argument") }
      who = operands.removeFirst().split(separator: ",").map {
        $0 == "everyone" ? "everyone" : line.has("g") ? "group \($0)" : "user \($0)"
      }
    }
    guard operands.count <= 1 else { throw SandboxProblem.usage("too many arguments") }
    return (who, operands.first?.split(separator: ",").map(String.init), name)
  }

  private static func scope(_ line: CommandLine) -> String? {
    switch (line.has("l"), line.has("d")) {
    case (true, true): "Local+Descendent"
    case (true, false): "Local"
    case (false, true): "Descendent"
    case (false, false): nil
    }
  }

  private func showRights(_ name: String) throws {
    let all = try dataset(name).permissions
    guard !all.isEmpty else { return }
    let heading = "---- Permissions on \(name) "
    say(heading + String(repeating: "-", count: max(0, 70 - heading.count)) + "\n")
    for scope in Self.scopes {
      let rows = all.filter { $0.key.hasPrefix(scope + " ") }
        .map { (who: $0.key.dropFirst(scope.count + 1), rights: $0.value) }
        .sorted { ($0.who == "everyone" ? 1 : 0, $0.who) < ($1.who == "everyone" ? 1 : 0, $1.who) }
      if rows.isEmpty { continue }
      say("\(scope) permissions:\n")
      for row in rows { say("\t\(row.who) \(row.rights.joined(separator: ","))\n") }
    }
  }
}
