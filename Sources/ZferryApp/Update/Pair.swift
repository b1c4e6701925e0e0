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
    case (.password, "pair.by_hand"): return makeKeyByHand()
    case (.byHand, "pair.copy"): return [.copy(pairingKey)]
    case (.byHand, "pair.try"):
      let id = newRequest()
      pairing.failure = nil
      pairing.stage = .trying(id)
      focusFirst()
      return [.prove(id, pairing.connection)]
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
    case .makingKey, .byHand:
      pairing.stage = .password(pairing.accepted)
      focusFirst()
      return []
    case .trying(let id), .keeping(let id, _):
      pairing.stage = .byHand
      focusFirst()
      return [.abandon(id)]
    }
  }

  /// The public key's line, for `authorized_keys`.
  var pairingKey: String { library.keys.first { $0.name == pairing.name }?.publicKey ?? "" }

  /// A key pair that is there already, as after coming back, is shown again.
  private mutating func makeKeyByHand() -> [Effect] {
    pairing.failure = nil
    pairing.password = Secret("")
    guard pairingKey.isEmpty else {
      pairing.stage = .byHand
      focusFirst()
      return []
    }
    let id = newRequest()
    pairing.stage = .makingKey(id)
    focusFirst()
    return [.makeKey(id, name: pairing.name)]
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
    case .scanning, .confirm, .working, .makingKey, .byHand, .trying, .keeping, .proved: []
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
      finishPairing(connection, host)
    case (.keeping(id, let host), .saved): finishPairing(pairing.connection, host)
    case (.trying(id), .failed(let failure)), (.keeping(id, _), .failed(let failure)):
      pairing.stage = .byHand
      pairing.failure = failure
    case (.makingKey(id), .failed(let failure)):
      pairing.stage = .password(pairing.accepted)
      pairing.failure = failure
      pairing.touched = false
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

  private mutating func finishPairing(_ connection: Connection, _ host: ProvedHost) {
    pairing.stage = .proved(connection, host)
    library.connections.removeAll { $0.name == connection.name }
    library.connections.append(connection)
    library.connections.sort { $0.name < $1.name }
    use(connection: connection.name)
    wizard.proof = .success(host)
  }

  /// The steps by hand that lead to another: the key is made, and read; the login is proved, and kept.
  mutating func receiveByHand(_ id: RequestID, _ reply: Reply) -> [Effect] {
    switch (pairing.stage, reply) {
    case (.makingKey(id), .saved):
      pairing.stage = .byHand
      let load = newRequest()
      loading = load
      if route == .pairing { focusFirst() }
      return [.load(load)]
    case (.trying(id), .proved(let host)):
      let next = newRequest()
      pairing.stage = .keeping(next, host)
      return [.change(next, .connection(pairing.connection, was: nil))]
    default:
      _ = receivePairing(id, reply)
      return []
    }
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
