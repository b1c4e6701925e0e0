internal import ReplicationEngine

/// What a host is asked once: system, user, `zfs`, clock, sudo.
enum HostQuestions {
  static func script(sudo: Bool) -> String {
    "z=$(command -v zfs); echo system=$(uname -s); echo user=$(id -un); echo uid=$(id -u); "
      + "echo zfs=$z; echo time=$(date +%s); "
      + (sudo
        ? "v=$(sudo -n \"${z:-zfs}\" version) && echo sudo=yes || echo sudo=no; "
        : "v=$([ -n \"$z\" ] && \"$z\" version); ")
      + "echo version=$v; " + RemoteLine.told("0")
  }

  /// The answers as facts; `now` is our own time of day, in seconds.
  static func facts(_ text: String, sudo: Bool, now: Int64) -> HostFacts {
    var answers: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      answers[line[..<equals]] = line[line.index(after: equals)...]
    }
    func told(_ key: Substring) -> String? {
      answers[key].flatMap { $0.isEmpty ? nil : String($0) }
    }
    return HostFacts(
      system: told("system") ?? "unknown", user: told("user") ?? "unknown",
      userID: told("uid").flatMap { Int($0) } ?? -1, zfsPath: told("zfs"),
      zfsVersion: told("version")?.split(separator: " ").first.map { String($0) },
      sudoWorks: sudo ? told("sudo") == "yes" : nil,
      clockSkew: told("time").flatMap { Int64($0) }.map { $0 - now } ?? 0)
  }
}
