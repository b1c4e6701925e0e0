import FormKit
import ReplicationModel

extension AppState {
  mutating func pressInPairing(_ id: FocusID) -> [Effect] {
    switch (pairing.stage, id) {
    case (.form, "pair.scan"): return scan()
    case (.confirm(let keys), "pair.trust"):
      pairing.accepted = keys
      pairing.stage = .password(keys)
      // Nothing was typed there yet, so nothing is missing.
      pairing.touched = false
      focusFirst()
      return []
    case (.password, "pair.install"): return install()
    case (.proved, "pair.done"):
      // The list of connections is below this screen: both are done with.
      pop()
      if route == .connections { pop() }
      return []
    case (_, "pair.wait"): return []
    default: return backInPairing()
    }
  }

  /// Esc and Back: to the stage before, with what was typed; work that goes on is let go of.
  mutating func backInPairing() -> [Effect] {
    pairing.failure = nil
    pairing.password = Secret("")
    pairing.code = Secret("")
    switch pairing.stage {
    case .form, .proved:
      pop()
      return []
    case .scanning(let id):
      pairing.stage = .form
      focusFirst()
      return [.abandon(id)]
    case .confirm, .password:
      pairing.accepted = []
      pairing.stage = .form
      focusFirst()
      return []
    case .working(let id, _):
      pairing.stage = .form
      focusFirst()
      return [.abandon(id)]
    }
  }

  private mutating func scan() -> [Effect] {
    pairing.touched = true
    for field in fields {
      if let problem = pairingProblem(of: field) {
        setFocus(field.id)
        notice = Note(.error, problem)
        return []
      }
    }
    let id = newRequest()
    pairing.failure = nil
    pairing.stage = .scanning(id)
    focusFirst()
    return [.scanHostKey(id, host: pairing.host, port: Int(pairing.port) ?? 22)]
  }

  private mutating func install() -> [Effect] {
    pairing.touched = true
    guard !pairing.password.revealed.isEmpty else {
      setFocus(FieldSpec.pairPassword.id)
      notice = Note(.error, "Password is required.")
      return []
    }
    let id = newRequest()
    let code = pairing.code.revealed.isEmpty ? nil : pairing.code
    let secrets = OneTimeLogin(password: pairing.password, code: code)
    pairing.password = Secret("")
    pairing.code = Secret("")
    pairing.failure = nil
    pairing.stage = .working(id, .makingKey)
    focusFirst()
    return [.pair(id, pairing.connection, with: secrets)]
  }

  var pairingFields: [FieldSpec] {
    switch pairing.stage {
    case .form: FieldSpec.pairingForm.filter { $0.shown(self) }
    case .password: FieldSpec.pairingPassword.filter { $0.shown(self) }
    case .scanning, .confirm, .working, .proved: []
    }
  }

  func pairingProblem(of field: FieldSpec) -> String? {
    if field.isMissing(self) { return "\(field.label) is required." }
    switch field.id {
    case FieldSpec.pairPort.id:
      let port = Int(pairing.port) ?? 0
      return (1...65_535).contains(port) ? nil : "Port is a number from 1 to 65535."
    case FieldSpec.pairName.id:
      return library.connection(pairing.name) == nil
        ? nil : "Connection Name is taken: a connection \(pairing.name) exists. Choose another."
    default: return nil
    }
  }

  /// What is shown below a field of Generate New.
  func pairingNote(of field: FieldSpec) -> Note? {
    guard pairing.touched else { return nil }
    return pairingProblem(of: field).map { Note(.error, $0) }
  }

  /// A reply for Generate New; false where nobody waits for it.
  mutating func receivePairing(_ id: RequestID, _ reply: Reply) -> Bool {
    switch (pairing.stage, reply) {
    case (.scanning(id), .hostKeys(let keys)):
      pairing.stage = keys.isEmpty ? .form : .confirm(keys)
      if keys.isEmpty { pairing.failure = Failure("handshake", subject: place(of: pairing)) }
    case (.scanning(id), .failed(let failure)):
      pairing.stage = .form
      pairing.failure = failure
    case (.working(id, _), .pairing(let stage)): pairing.stage = .working(id, stage)
    case (.working(id, _), .paired(let connection, let host)):
      pairing.stage = .proved(connection, host)
      library.connections.removeAll { $0.name == connection.name }
      library.connections.append(connection)
      library.connections.sort { $0.name < $1.name }
      use(connection: connection.name)
      wizard.proof = .success(host)
    case (.working(id, _), .failed(let failure)):
      pairing.stage = .password(pairing.accepted)
      pairing.failure = failure
      if failure.code == "auth.code" { pairing.asksCode = true }
      // The password was let go of by us: its absence is nobody's mistake.
      pairing.touched = false
    default: return false
    }
    if route == .pairing { focusFirst() }
    return true
  }

  private func place(of pairing: Pairing) -> String { "\(pairing.host):\(pairing.port)" }

  mutating func testConnection() -> [Effect] {
    guard case .remote(let connection)? = remoteHost else {
      notice = Note(.warning, "Choose the SSH connection first.")
      return []
    }
    let id = newRequest()
    wizard.proving = id
    wizard.proof = nil
    return [.prove(id, connection)]
  }
}
