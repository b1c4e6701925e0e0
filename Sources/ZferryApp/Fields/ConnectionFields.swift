import FormKit
import ReplicationModel

extension FieldSpec {
  static let connection = FieldSpec(
    id: "connection", label: "SSH Connection",
    help: "The other system. Choose from the list, or make a new one there.", required: true,
    paths: ["connection", "ssh_credentials"],
    kind: .connection)

  static let security = FieldSpec(
    id: "transport", label: "SSH Transfer Security",
    help: "Login and commands always go through SSH; this is about the data itself.",
    kind: .choice(
      \.wizard.choices.security,
      [
        (.encrypted, "Encryption (more secure, but slower)"),
        (.plain, "No Encryption (less secure, but faster)"),
      ]),
    isDetail: true)

  static let sudo = FieldSpec(
    id: "sudo", label: "Use Sudo For ZFS Commands",
    help: "For a user who is not root: zfs runs through sudo, without a password.",
    paths: ["sudo"], kind: .check(\.wizard.choices.sudo))

  static let connectionStep: [FieldSpec] = [connection, security, sudo]
}

extension FieldSpec.Kind {
  /// The connection: chosen from the list, where a new one can be made.
  static let connection = Self.opener(
    value: { $0.wizard.choices.connection ?? "" },
    open: { state in
      state.touch(state.place.focus)
      state.openConnections()
      return []
    })
}
