import FormKit
import ReplicationModel

extension FieldSpec {
  /// A field of the form of a connection: its name and help are the model's.
  private static func connection(
    _ field: ConnectionField, label: String? = nil, required: Bool = true, help: String? = nil,
    kind: Kind,
    columns: Int? = nil, off: @escaping @Sendable (AppState) -> String? = { _ in nil }
  ) -> FieldSpec {
    FieldSpec(
      id: FocusID("conn.\(field.rawValue)"), label: label ?? field.label,
      help: help ?? field.help,
      required: required, paths: ["connection.\(field.rawValue)", field.rawValue], kind: kind,
      columns: columns, off: off)
  }

  static let connectionForm: [FieldSpec] = [
    connection(
      .name,
      kind: .text(\.management.connection.connection.name, refuses: Refusal.notFileName),
      off: { state in
        guard let was = state.management.connection.was else { return nil }
        let users = state.library.tasks(usingConnection: was)
        return users.isEmpty ? nil : "Fixed: \(Words.names(users)) knows it by this name."
      }),
    connection(
      .host, kind: .text(\.management.connection.connection.host, refuses: Refusal.space)),
    connection(
      .port, kind: .text(\.management.connection.port, refuses: Refusal.notDigit), columns: 6),
    connection(
      .username, kind: .text(\.management.connection.connection.username, refuses: Refusal.space)),
    connection(
      .key, help: "The key pair to log in with. More are made under Keys.",
      kind: .choice(
        options: { $0.library.keys.map { Words.escaped($0.name) } },
        get: { state in
          state.library.keys.firstIndex { $0.name == state.management.connection.connection.key }
        },
        set: { state, index in
          state.management.connection.connection.key = state.library.keys[index].name
        }),
      off: {
        $0.library.keys.isEmpty ? "There is no key pair yet. Generate one under Keys." : nil
      }),
    connection(
      .hostKey, help: "Discover asks the host for it; compare it with what its console says.",
      kind: .constant { $0.hostKeyWords.joined(separator: ", ") }),
    connection(
      .connectTimeout, kind: .text(\.management.connection.timeout, refuses: Refusal.notDigit),
      columns: 6),
    connection(
      .sudo, label: "Use Sudo", required: false,
      help: "zfs runs through sudo there. Leave it off where zfs allow gives the rights.",
      kind: .check(\.management.connection.connection.sudo)),
  ]
}

extension AppState {
  /// `ed25519 SHA256:…` of each key that is trusted.
  var hostKeyWords: [String] {
    let keys = management.connection.connection.hostKey
    return keys.isEmpty
      ? ["none yet"]
      : keys.map { line in
        let algorithm = line.prefix { $0 != " " }
        let short = algorithm.hasPrefix("ssh-") ? algorithm.dropFirst(4) : algorithm
        return Words.escaped("\(short) \(library.fingerprint(line))")
      }
  }

  /// What is wrong with the connection that is edited.
  var connectionFindings: [Finding] {
    let form = management.connection
    var findings = ConnectionRules.findings(for: form.composed)
    if form.connection.name != form.was, library.connection(form.connection.name) != nil {
      findings.append(
        Finding(
          "name", code: "name.taken",
          "\(ConnectionField.name.label) is taken: a connection"
            + " \(Words.escaped(form.connection.name)) exists. Choose another."))
    }
    return findings
  }

  /// What is shown below a field of a form of management, once it was left.
  func formNote(of field: FieldSpec, _ findings: [Finding]) -> Note? {
    guard wizard.touched.contains(field.id) else { return nil }
    return findings.first { field.shows($0) }.map { finding in
      Note(finding.severity == .error ? .error : .warning, finding.message)
    }
  }

  /// Marks all fields as left, and goes to the first that is wrong; false where there is one.
  mutating func formIsGood(_ findings: [Finding]) -> Bool {
    wizard.touched.formUnion(fields.map(\.id))
    let errors = findings.filter { $0.severity == .error }
    // The first on the screen, whatever the order of the rules.
    let field = fields.first { field in errors.contains(where: field.shows) }
    guard let problem = errors.first(where: { field?.shows($0) ?? true }) else { return true }
    if let field, view.focusOrder.contains(field.id) { setFocus(field.id) }
    notice = Note(.error, problem.message)
    return false
  }
}

extension FieldSpec {
  /// Whether a finding is shown at this field.
  func shows(_ finding: Finding) -> Bool {
    paths.contains(String(finding.field.prefix { $0 != "." }))
  }
}
