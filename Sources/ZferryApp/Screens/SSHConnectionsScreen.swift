import FormKit
import ReplicationModel

extension ScreenSpec {
  static let sshConnections = ScreenSpec(
    view: \.sshConnectionsScreen, press: { $0.pressInSSHConnections($1) },
    choose: { $0.editConnection() },
    back: { state in
      let effects = state.stopChecking()
      state.pop()
      return effects
    }, changing: ["ssh.delete"])
}

extension AppState {
  var sshConnectionsScreen: Screen {
    let connections = library.connections
    let rows = connections.map { connection in
      let users = library.tasks(usingConnection: connection.name).count
      return ListView.Row(
        id: connection.name, text: Words.escaped(connection.name),
        detail: Words.escaped("\(connection.username)@\(connection.host):\(connection.port)")
          + ", " + (users == 0 ? "not used" : Amount.count(users, "task")))
    }
    return Screen(
      id: route.id, title: "SSH connections", purpose: "How other systems are reached.",
      blocks: [
        .list(
          ListView(
            id: "ssh.list", label: "Connections", rows: rows, count: rows.count,
            cursor: cursor(in: rows.count), minimumRows: 4,
            empty: "No connection yet. Generate New sets one up."))
      ] + checkBlocks,
      actions: sshActions(chosen(of: connections)),
      status: StatusLine(
        place.focus == "ssh.list" && !rows.isEmpty ? "Enter opens it, to see or change it." : ""),
      focus: place.focus)
  }

  private func sshActions(_ connection: Connection?) -> [Action] {
    var actions = [
      Action(id: "ssh.generate", title: "Generate New"),
      Action(id: "ssh.manual", title: "Add by hand"),
    ]
    if let connection {
      let users = library.tasks(usingConnection: connection.name)
      actions += [
        Action(
          id: "ssh.test", title: "Test",
          enabled: management.check?.id == nil ? .yes : .no(reason: "A test is going on.")),
        Action(
          id: "ssh.delete", title: "Delete",
          enabled: users.isEmpty
            ? .yes
            : .no(
              reason:
                "\(Words.escaped(connection.name)) is used by \(Words.names(users)), enabled or"
                + " not. Change or delete that first."), danger: true),
      ]
    }
    return actions + [Action(id: "ssh.back", title: "Back")]
  }

  /// What came of the last test.
  var checkBlocks: [Block] {
    guard let check = management.check else { return [] }
    let name = Words.escaped(check.connection)
    return switch check.result {
    case .success(let host): [.gap, .heading("Test of \(name)")] + proof(host)
    case .failure(let failure):
      [.gap, .heading("Test of \(name)"), .paragraph(Words.explain(failure).text, .error)]
    case nil: [.gap, .paragraph("Logging in to \(name) and asking for zfs…", .dim)]
    }
  }

  mutating func pressInSSHConnections(_ id: FocusID) -> [Effect] {
    switch id {
    case "ssh.generate":
      pairing = practice?.pairing ?? Pairing()
      push(.pairing)
    case "ssh.manual": openConnectionForm(Connection(), was: nil)
    case "ssh.test": return checkConnection()
    case "ssh.delete":
      if let connection = chosen(of: library.connections) {
        ask(.deleteConnection(connection.name))
      }
    default: return goBack()
    }
    return []
  }

  private mutating func checkConnection() -> [Effect] {
    guard let connection = chosen(of: library.connections) else { return [] }
    let id = newRequest()
    management.check = Management.Check(connection: connection.name, id: id)
    return [.prove(id, connection)]
  }

  mutating func stopChecking() -> [Effect] {
    let id = management.check?.id
    management.check = nil
    return id.map { [.abandon($0)] } ?? []
  }

  mutating func editConnection() -> [Effect] {
    if let connection = chosen(of: library.connections) {
      openConnectionForm(connection, was: connection.name)
    }
    return []
  }
}

extension Question {
  static func deletingConnection(_ name: String) -> QuestionSpec {
    QuestionSpec(
      "Delete the connection \(Words.escaped(name))?",
      "No task uses it. Its key pair stays, and so does the public key on the other system.",
      [
        .stay("Keep it"),
        .go("Delete") {
          $0.change(.deleteConnection(name), done: "\(Words.escaped(name)) is deleted.")
        },
      ])
  }
}
