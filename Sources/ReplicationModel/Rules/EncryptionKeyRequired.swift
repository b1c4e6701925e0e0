extension TaskRule {
  /// A new encrypted destination needs a format, and a passphrase (M32). A key is made where there is none,
  /// and zferry keeps it where there is no other place.
  static let encryptionKeyRequired = TaskRule { draft, _ in
    guard draft.encryption, draft.encryptionInherit != true else { return [] }
    let fields: [(TaskField, Bool)] = [
      (.encryptionKey, draft.encryptionKey == nil && draft.encryptionKeyFormat != .hex),
      (.encryptionKeyFormat, draft.encryptionKeyFormat == nil),
    ]
    return fields.filter(\.1).map { field, _ in
      Finding(
        field, code: "M32",
        "is required for an encryption of its own. Fill it in, or turn on Inherit Encryption.")
    }
  }
}
