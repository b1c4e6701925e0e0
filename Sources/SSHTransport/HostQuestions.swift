internal import ReplicationEngine
internal import ReplicationModel

/// What a host is asked once: system, user, `zfs`, clock, sudo.
enum HostQuestions {
  static func script(sudo: Bool) -> String { questions(sudo: sudo) + RemoteLine.told("0") }

  private static func questions(sudo: Bool) -> String {
    "z=$(command -v zfs); echo system=$(uname -s); echo user=$(id -un); echo uid=$(id -u); "
      + "echo zfs=$z; echo time=$(date +%s); "
      + (sudo
        ? "v=$(sudo -n \"${z:-zfs}\" version) && echo sudo=yes || echo sudo=no; "
        : "v=$([ -n \"$z\" ] && \"$z\" version); ")
      + "echo version=$v; "
  }

  /// The answers as facts; `now` is our own time of day, in seconds.
  static func facts(_ text: String, sudo: Bool, now: Int64) -> HostFacts {
    facts(answers(text), sudo: sudo, now: now)
  }

  private typealias Answers = [Substring: [Substring]]

  /// Lines `key=value`, in the order they came.
  private static func answers(_ text: String) -> Answers {
    var answers: Answers = [:]
    for line in text.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      answers[line[..<equals], default: []].append(line[line.index(after: equals)...])
    }
    return answers
  }

  private static func facts(_ answers: Answers, sudo: Bool, now: Int64) -> HostFacts {
    func told(_ key: Substring) -> String? {
      answers[key]?.last.flatMap { $0.isEmpty ? nil : String($0) }
    }
    return HostFacts(
      system: told("system") ?? "unknown", user: told("user") ?? "unknown",
      userID: told("uid").flatMap { Int($0) } ?? -1, zfsPath: told("zfs"),
      zfsVersion: told("version")?.split(separator: " ").first.map { String($0) },
      sudoWorks: sudo ? told("sudo") == "yes" : nil,
      clockSkew: told("time").flatMap { Int64($0) }.map { $0 - now } ?? 0)
  }
}

/// What a doctor asks beside that, all in one command.
extension HostQuestions {
  /// Ours begins here: what stands before it was said by the login shell.
  private static let beginning = "zferry-begin"

  static func script(_ question: InspectionQuestion, sudo: Bool) -> String {
    let prefix = sudo ? "sudo -n " : ""
    let run = prefix + "\"$z\""
    var parts = [
      "echo \(beginning); " + questions(sudo: sudo)
        + "echo \"shell=$SHELL\"; echo \"home=$HOME\"; "
        + "if [ -d \"$HOME\" ]; then set -- $(ls -ldn \"$HOME\"); echo \"mode=$1\"; "
        + "echo \"owner=$3\"; if [ -w \"$HOME\" ]; then echo writable=yes; fi; fi"
    ]
    if !question.datasets.isEmpty {
      let words = words(DatasetLook.command(question.datasets))
      parts.append("[ -z \"$z\" ] || \(run)\(words) 2>&1 | sed s/^/dataset=/")
    }
    parts += question.pools.map { pool in
      "\(prefix)\"${z%zfs}zpool\"\(words(PoolFeatures.command(pool))) 2>/dev/null | sed s/^/feature=/"
    }
    parts += question.tools.map { tool in
      let tool = Command.quoted(tool)
      return "command -v \(tool) >/dev/null || echo missing=\(tool)"
    }
    if let listener = question.listener {
      parts.append(NetcatLine.question(listens: listener == .remote))
    }
    return parts.joined(separator: "; ") + "; " + RemoteLine.told("0")
  }

  private static func words(_ command: Command) -> String {
    command.arguments.map { " " + Command.quoted($0) }.joined()
  }

  /// What a host answered to that.
  static func inspection(_ result: CommandResult, sudo: Bool, now: Int64) -> Inspection {
    let output = String(decoding: result.output, as: UTF8.self)
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.firstIndex { $0 == beginning } ?? 0
    let answers = answers(lines[start...].joined(separator: "\n"))
    func told(_ key: Substring) -> String? { answers[key]?.last.map(String.init) }
    func all(_ key: Substring) -> String { answers[key]?.joined(separator: "\n") ?? "" }
    var inspection = Inspection(
      facts: facts(answers, sudo: sudo, now: now), version: told("version") ?? "",
      errors: result.errors,
      home: Inspection.Home(
        path: told("home") ?? "", mode: told("mode"), owner: told("owner").flatMap { Int($0) },
        isWritable: told("writable") != nil),
      shell: told("shell") ?? "", chatter: lines[..<start].joined(separator: "\n"),
      datasets: DatasetLook(all("dataset")), features: PoolFeatures(all("feature")),
      missingTools: answers["missing"]?.map(String.init) ?? [])
    inspection.linkTool = told("link") ?? ""
    return inspection
  }
}
