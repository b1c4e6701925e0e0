import FormKit
import ReplicationModel

extension ScreenSpec {
  static let connections = ScreenSpec(
    view: \.connectionsScreen, choose: { $0.chooseConnection() })

  static let pairing = ScreenSpec(
    view: \.pairingScreen, fields: \.pairingFields, note: { $0.pairingNote(of: $1) },
    press: { $0.pressInPairing($1) }, back: { $0.backInPairing() },
    changing: ["pair.install", "pair.by_hand", "pair.try"])
}

extension AppState {
  var connectionsScreen: Screen {
    var rows = library.connections.map { connection in
      ListView.Row(
        id: connection.name,
        mark: connection.name == chosenConnection ? .on : .none,
        text: Words.escaped(connection.name),
        detail: Words.escaped("\(connection.username)@\(connection.host):\(connection.port)"))
    }
    rows.append(ListView.Row(id: "\n+", text: "Generate New…", detail: "set up a new connection"))
    return Screen(
      id: route.id, title: "SSH Connection", purpose: "Choose how the other system is reached.",
      blocks: [
        .list(
          ListView(
            id: "connections.list", label: "SSH connections", rows: rows, count: rows.count,
            cursor: min(place.row, rows.count - 1), use: .choose))
      ],
      actions: [Action(id: "connections.back", title: "Back")],
      status: StatusLine("Enter chooses."), focus: place.focus)
  }

  var pairingScreen: Screen {
    var blocks: [Block] = []
    if let practice { blocks += [.paragraph(practice.words, .info), .gap] }
    // Right above what mends it, so that it is on the smallest screen too.
    let trouble: [Block] =
      pairing.failure.map { [.paragraph(Words.explain($0).text, .error), .gap] } ?? []
    let actions: [Action]
    let title: String
    switch pairing.stage {
    case .form:
      title = "the other system"
      blocks += trouble + fields.map { .field(fieldView($0)) }
      actions = [
        Action(
          id: "pair.scan", title: pairing.failure == nil ? "Scan host key" : "Retry"),
        Action(id: "pair.back", title: "Back"),
      ]
    case .scanning:
      title = "asking for its key"
      blocks.append(.paragraph("Asking \(address) for its host key…", .plain))
      actions = Self.waiting
    case .confirm(let keys):
      title = "is this the right host?"
      blocks += confirmation(keys)
      actions = [
        Action(id: "pair.back", title: "No, go back"),
        Action(id: "pair.trust", title: "Yes, it is the same"),
      ]
    case .password:
      title = "password, once"
      blocks += [
        .paragraph(
          "A new key pair is made, and its public half is put in \(login)'s authorized_keys."
            + " For that, the password is needed this one time.", .plain), .gap,
      ]
      blocks += trouble + fields.map { .field(fieldView($0)) }
      actions = [
        Action(id: "pair.install", title: "Set up"),
        Action(id: "pair.by_hand", title: "No password"), Action(id: "pair.back", title: "Back"),
      ]
    case .makingKey:
      title = "setting up"
      blocks.append(.paragraph(PairingStage.makingKey.words, .plain))
      actions = Self.waiting
    case .byHand:
      title = "by hand"
      blocks += trouble + byHand
      actions = [
        Action(id: "pair.try", title: "Log in"), Action(id: "pair.copy", title: "Copy"),
        Action(id: "pair.back", title: "Back"),
      ]
    case .trying, .keeping:
      title = "setting up"
      blocks.append(.paragraph(PairingStage.proving.words, .plain))
      actions = Self.waiting
    case .working(_, let stage):
      title = "setting up"
      blocks.append(.paragraph(stage.words, .plain))
      actions = Self.waiting
    case .proved(let connection, let host):
      title = "it works"
      blocks += proof(host)
      blocks.append(
        .paragraph("The connection is kept as \(Words.escaped(connection.name)).", .plain))
      actions = [Action(id: "pair.done", title: "Done")]
    }
    return Screen(
      id: "pairing.\(pairing.stage.name)", title: "Generate New: \(title)",
      purpose: "Sets up an SSH connection with a key of its own.", blocks: blocks,
      actions: actions, status: StatusLine(field(place.focus)?.help ?? ""), focus: place.focus)
  }

  /// While something goes on: a key pressed once too often must not stop it.
  private static let waiting = [
    Action(id: "pair.wait", title: "Wait"), Action(id: "pair.back", title: "Stop"),
  ]

  private var address: String { Words.escaped("\(pairing.host), port \(pairing.port)") }
  private var login: String { Words.escaped("\(pairing.username)@\(pairing.host)") }

  /// What somebody who may log in there does, in place of the password.
  private var byHand: [Block] {
    [
      .paragraph(
        "Have this line added to .ssh/authorized_keys of \(Words.escaped(pairing.username)) on"
          + " \(Words.escaped(pairing.host)):", .plain), .gap,
      .paragraph(Words.escaped(pairingKey), .info), .gap,
      .paragraph(
        "The folder has mode 700, the file 600; both belong to the user. What the user may do with"
          + " zfs, Rights in the review tells for your task. Then press Log in.", .plain),
    ]
  }

  private func confirmation(_ keys: [ShownHostKey]) -> [Block] {
    [
      .paragraph(
        "\(address) shows the key below. Compare it with what the host itself says, on its own"
          + " console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub", .plain), .gap,
      .table(
        TableView(
          rows: keys.map {
            TableView.Row(
              label: Words.escaped($0.algorithm), value: Words.escaped($0.fingerprint))
          })), .gap,
    ] + standing(of: keys) + [
      .paragraph(
        "If it differs, you are talking to another machine: go back, and find out why.", .warning)
    ]
  }
}

extension AppState {
  /// What known_hosts here has to say to the keys that are to be confirmed.
  func standing(of keys: [ShownHostKey]) -> [Block] {
    let kinds = { (standing: HostKeyStanding) in
      keys.filter { $0.standing == standing }.map { Words.escaped($0.algorithm) }
    }
    var blocks: [Block] = []
    if !kinds(.other).isEmpty {
      blocks.append(
        .paragraph(
          "known_hosts on this system holds ANOTHER key for this host"
            + " (\(kinds(.other).joined(separator: ", "))).", .error))
    } else if !kinds(.same).isEmpty {
      blocks.append(
        .paragraph(
          "known_hosts on this system holds the same key"
            + " (\(kinds(.same).joined(separator: ", "))).", .success))
    }
    return blocks
  }
}

extension Pairing.Stage {
  var name: String {
    switch self {
    case .form: "form"
    case .scanning: "scanning"
    case .confirm: "confirm"
    case .password: "password"
    case .working, .makingKey, .trying, .keeping: "working"
    case .byHand: "by-hand"
    case .proved: "proved"
    }
  }
}

extension PairingStage {
  var words: String {
    switch self {
    case .makingKey: "Making a key pair…"
    case .installingKey: "Putting the public key in place…"
    case .proving: "Logging in with the new key, and asking for zfs…"
    }
  }
}
