internal import Glibc

/// Where `zfs`, `zpool`, and what proves rights and keeps keys are on this machine: found once, in PATH and
/// where systems keep them.
struct ToolPaths: Sendable {
  private let paths: [String: String]

  /// - Parameter searchPath: folders separated by colons, searched first.
  init(searchPath: String?) {
    let folders =
      (searchPath ?? "").split(separator: ":").map(String.init)
      + ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin"]
    var paths: [String: String] = [:]
    for tool in ["zfs", "zpool", "sudo", "id", "sh"] {
      paths[tool] = folders.lazy.map { "\($0)/\(tool)" }.first { access($0, X_OK) == 0 }
    }
    self.paths = paths
  }

  subscript(tool: String) -> String? { paths[tool] }
}
