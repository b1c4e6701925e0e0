internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

extension KeyFile {
  /// A key file that can be read; doubtful where others can read it too.
  static func check(_ path: String) -> CheckResult {
    var information = stat()
    guard stat(path, &information) == 0, information.st_mode & 0o077 != 0 else {
      return .good(.keyFile, fingerprint(path) ?? "")
    }
    let mode = String(information.st_mode & 0o777, radix: 8)
    return .doubtful(.keyFile, "check.key_mode", subject: path, detail: mode)
  }

  /// `SHA256:…` of the public key that lies beside a private one; nil where none does.
  static func fingerprint(_ path: String) -> String? {
    text(path + ".pub")?.split(separator: "\n").first.flatMap { HostKey(line: String($0)) }?
      .fingerprint
  }
}
