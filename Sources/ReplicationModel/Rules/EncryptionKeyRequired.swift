extension TaskRule {
  /// A new encrypted destination needs a key, its format and its place (M32).
  static let encryptionKeyRequired = TaskRule { draft, _ in
    guard draft.encryption, draft.encryptionInherit != true else { return [] }
    let fields: [(TaskField, Bool)] = [
      (.encryptionKey, draft.encryptionKey == nil),
      (.encryptionKeyFormat, draft.encryptionKeyFormat == nil),
      (.encryptionKeyLocation, draft.encryptionKeyLocation == nil),
    ]
    return fields.filter(\.1).map { field, _ in
      Finding(
        field, code: "M32",
        "is required for an encryption of its own. Fill it in, or turn on Inherit Encryption.")
    }
  }
}
