internal import Glibc
internal import ReplicationModel

/// Where `zfs`, `zpool`, and what proves rights, keeps keys and tells people are on this machine: found
/// once, in PATH and where systems keep them.
struct ToolPaths: Sendable {
  private let paths: [String: String]

  /// - Parameter searchPath: folders separated by colons, searched first.
  init(searchPath: String?) {
    let folders =
      (searchPath ?? "").split(separator: ":").map(String.init)
      + ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin", "/usr/lib"]
    var paths: [String: String] = [:]
    let tools = ["zfs", "zpool", "sudo", "id", "sh", "wc", "sendmail", "curl"]
    for tool in tools + Packer.Program.allCases.map(\.rawValue) {
      paths[tool] = folders.lazy.map { "\($0)/\(tool)" }.first { access($0, X_OK) == 0 }
    }
    self.paths = paths
  }

  subscript(tool: String) -> String? { paths[tool] }
}
