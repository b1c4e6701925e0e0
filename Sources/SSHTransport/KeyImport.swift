internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// Reads a private key that was made elsewhere.
enum KeyImport {
  /// OpenSSH's own format tells its public half even where it is locked; of PEM only `ssh-keygen` does,
  /// and only of an open one, for a passphrase is never given to another program.
  static func read(_ secret: Secret, comment: String) throws(HostError) -> (
    privateKey: Secret, publicKey: String
  ) {
    let text = secret.revealed.split(whereSeparator: \.isNewline).joined(separator: "\n") + "\n"
    if let key = OpenSSHKey(text) { return (Secret(text), key.line(comment: comment)) }
    guard text.hasPrefix("-----BEGIN "), text.contains("PRIVATE KEY-----") else {
      throw HostError(.keyFile, subject: comment, detail: "this is no private key")
    }
    guard !KeyFile.isLocked(text: text) else {
      throw HostError(
        .keyFile, subject: comment,
        detail: "a locked key in PEM; ssh-keygen -p -f FILE turns it into OpenSSH's format")
    }
    let line = try KeyMaker.publicLine(of: Secret(text))
    return (Secret(text), "\(line) \(comment)")
  }
}
