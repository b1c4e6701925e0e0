extension TaskRule {
  /// A key that ZFS takes, and a place that is a path.
  static let encryptionKeyUsable = TaskRule { draft, _ in
    guard draft.encryption, draft.encryptionInherit != true else { return [] }
    var findings: [Finding] = []
    if let key = draft.encryptionKey?.revealed {
      switch draft.encryptionKeyFormat {
      case .hex where key.utf8.count != 64 || !key.allSatisfy(\.isHexDigit):
        findings.append(
          Finding(
            .encryptionKey, code: "key.hex",
            "has to be 64 hexadecimal digits. Correct it, or leave it empty: one is made then."))
      case .passphrase
      where !(8...512).contains(key.utf8.count) || key.contains(where: \.isNewline):
        findings.append(
          Finding(
            .encryptionKey, code: "key.passphrase",
            "has to be one line of 8 to 512 characters. Choose another one."))
      default: break
      }
    }
    if let path = draft.keyFile, !path.hasPrefix("/") || path.hasSuffix("/") {
      findings.append(
        Finding(
          .encryptionKeyLocation, code: "key.location",
          "has to be the path of a file from the root, as /root/keys/site-a. Correct it, or leave"
            + " it empty."))
    }
    return findings
  }
}

extension TaskDraft {
  /// The file on the destination that keeps the key; nil where only zferry does, which TrueNAS writes as
  /// `$TrueNAS`.
  public var keyFile: String? {
    encryptionKeyLocation == "$TrueNAS" ? nil : encryptionKeyLocation
  }
}
