import FormKit
import ReplicationModel

extension FieldSpec {
  static let pairHost = FieldSpec(
    id: "pair.host", label: "Host",
    help: "The other system's name or address, as vault.lan or 203.0.113.9.",
    required: true,
    kind: .text(
      get: { $0.pairing.host },
      set: { state, text in
        state.pairing.host = text
        if !state.pairing.nameIsTyped { state.pairing.name = TaskNaming.plain(text) }
      }, secret: false, refuses: Refusal.space))

  static let pairPort = FieldSpec(
    id: "pair.port", label: "Port", help: "Where its sshd listens; 22 unless someone changed it.",
    required: true, kind: .text(\.pairing.port, refuses: Refusal.notDigit), columns: 6)

  static let pairUser = FieldSpec(
    id: "pair.username", label: "Username",
    help: "Who zferry logs in as there: root, or a user who may run zfs.", required: true,
    kind: .text(\.pairing.username, refuses: Refusal.space))

  static let pairSudo = FieldSpec(
    id: "pair.sudo", label: "Enable passwordless sudo for zfs commands",
    help: "zfs runs through sudo there. Leave it off where zfs allow gives rights.",
    kind: .check(\.pairing.sudo), shown: { $0.pairing.username != "root" })

  static let pairName = FieldSpec(
    id: "pair.name", label: "Connection Name",
    help: "What this connection is called here; its key pair gets the same name.", required: true,
    kind: .text(
      get: { $0.pairing.name },
      set: { state, text in
        state.pairing.name = text
        state.pairing.nameIsTyped = !text.isEmpty
      }, secret: false, refuses: Refusal.notFileName))

  static let pairPassword = FieldSpec(
    id: "pair.password", label: "Password",
    help: "Used once to put the new key in place. It is never stored.", required: true,
    kind: .text(
      get: { $0.pairing.password.revealed }, set: { $0.pairing.password = Secret($1) },
      secret: true, refuses: { _ in nil }))

  static let pairCode = FieldSpec(
    id: "pair.code", label: "One-time code",
    help: "The host asks for one beside the password. It is used once, and never kept.",
    kind: .text(
      get: { $0.pairing.code.revealed }, set: { $0.pairing.code = Secret($1) }, secret: true,
      refuses: { _ in nil }), shown: \.pairing.asksCode)

  static let pairingForm: [FieldSpec] = [pairHost, pairPort, pairUser, pairSudo, pairName]

  static let pairingPassword: [FieldSpec] = [pairPassword, pairCode]

  static let childName = FieldSpec(
    id: "browser.child", label: "New dataset below it",
    help: "Empty: the marked dataset itself. The first run makes a new one.",
    kind: .text(\.browser.childName, refuses: Refusal.inDataset))
}
