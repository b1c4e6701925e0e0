import FormKit
import ReplicationModel

extension FieldSpec {
  static let encryption = FieldSpec(
    id: "encryption", label: TaskField.encryption.label, help: TaskField.encryption.help,
    paths: ["encryption"], kind: .check(\.wizard.choices.encryption.isOn),
    shown: { $0.wizard.choices.effectiveDestination != nil },
    isDetail: true)

  static let encryptionInherit = FieldSpec(
    id: "encryption_inherit", label: TaskField.encryptionInherit.label,
    help: TaskField.encryptionInherit.help, paths: ["encryption_inherit"],
    kind: .check(\.wizard.choices.encryption.inherits),
    shown: { $0.wizard.choices.encryption.isOn })

  static let encryptionFormat = FieldSpec(
    id: "encryption_key_format", label: TaskField.encryptionKeyFormat.label,
    help: "A key is made for you when you save; a passphrase is yours to remember.",
    required: true, paths: ["encryption_key_format"],
    kind: .choice(
      \.wizard.choices.encryption.format, [(.hex, "Key"), (.passphrase, "Passphrase")]),
    shown: \.hasOwnEncryption)

  static let passphrase = FieldSpec(
    id: "encryption_key", label: "Passphrase", help: "At least 8 characters.", required: true,
    paths: ["encryption_key"],
    kind: .text(
      get: { $0.wizard.choices.encryption.passphrase.revealed },
      set: { $0.wizard.choices.encryption.passphrase = Secret($1) }, secret: true,
      refuses: { _ in nil }),
    shown: { $0.hasOwnEncryption && $0.wizard.choices.encryption.format == .passphrase })

  static let keyLocation = FieldSpec(
    id: "encryption_key_location", label: TaskField.encryptionKeyLocation.label,
    help: "A file there, as /root/keys/site-a; empty where only zferry keeps it.",
    paths: ["encryption_key_location"], kind: .text(\.wizard.choices.encryption.keyLocation),
    shown: \.hasOwnEncryption)

  static let encryptionFields: [FieldSpec] = [
    encryption, encryptionInherit, encryptionFormat, passphrase, keyLocation,
  ]
}

extension AppState {
  fileprivate var hasOwnEncryption: Bool {
    wizard.choices.encryption.isOn && !wizard.choices.encryption.inherits
  }
}
