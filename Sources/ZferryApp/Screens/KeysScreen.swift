import FormKit
import ReplicationModel
import TerminalCore

extension ScreenSpec {
  static let keys = ScreenSpec(
    view: \.keysScreen,
    press: { state, id in
      switch id {
      case "keys.new": state.ask(for: .newKey, suggesting: "")
      case "keys.import": state.ask(for: .importKey, suggesting: "")
      default: return state.goBack()
      }
      return []
    },
    choose: { state in
      if let key = state.chosen(of: state.library.keys) { state.push(.key(key.name)) }
      return []
    }, changing: ["keys.new", "keys.import"])

  /// A key pair's own page.
  static func key(_ name: String) -> ScreenSpec {
    ScreenSpec(
      view: { $0.keyScreen(name) }, press: { $0.press($1, onKey: name) },
      changing: ["key.write", "key.delete"])
  }
}

extension AppState {
  var keysScreen: Screen {
    let rows = library.keys.map { key in
      let users = library.connections(usingKey: key.name)
      return ListView.Row(
        id: key.name, text: Words.escaped(key.name),
        detail: Words.escaped(key.algorithm) + ", "
          + (users.isEmpty ? "not used" : "used by \(Words.names(users))"))
    }
    let status =
      place.focus == "keys.list"
      ? chosen(of: library.keys).map { Words.escaped(library.fingerprint($0.publicKey)) } ?? ""
      : ""
    return Screen(
      id: route.id, title: "SSH key pairs", purpose: "What zferry logs in with.",
      blocks: [
        .list(
          ListView(
            id: "keys.list", label: "Key pairs", rows: rows, count: rows.count,
            cursor: cursor(in: rows.count), empty: "No key pair yet. Generate makes one."))
      ],
      actions: [
        Action(id: "keys.new", title: "Generate"), Action(id: "keys.import", title: "Import"),
        Action(id: "keys.back", title: "Back"),
      ], status: StatusLine(status), focus: place.focus)
  }

  func keyScreen(_ name: String) -> Screen {
    let title = "Key pair: \(Words.escaped(name))"
    guard let key = library.keys.first(where: { $0.name == name }) else {
      return Screen(
        id: route.id, title: title, purpose: "The key pair is not there any more.", blocks: [],
        actions: [Action(id: "key.back", title: "Back")], focus: place.focus)
    }
    let users = library.connections(usingKey: name)
    return Screen(
      id: route.id, title: title,
      purpose: "The public key goes into authorized_keys there; it may be shown.",
      blocks: [
        .table(
          TableView(rows: [
            TableView.Row(label: "Type", value: Words.escaped(key.algorithm)),
            TableView.Row(
              label: "Fingerprint", value: Words.escaped(library.fingerprint(key.publicKey))),
            TableView.Row(label: "Used by", value: Words.names(users)),
          ])),
        // As a list all of it can be reached where the screen is small.
        .list(publicKeyLines(key)),
      ],
      actions: [
        Action(id: "key.copy", title: "Copy"), Action(id: "key.write", title: "Write out"),
        Action(id: "key.unlock", title: "Unlock"),
        Action(
          id: "key.delete", title: "Delete",
          enabled: users.isEmpty
            ? .yes
            : .no(
              reason: "It is used by \(Words.names(users)). Give that another key pair first."),
          danger: true), Action(id: "key.back", title: "Back"),
      ], focus: place.focus)
  }

  private func publicKeyLines(_ key: KeyPair) -> ListView {
    let lines = ScreenText.wrapped(Words.escaped(key.publicKey), to: max(20, size.columns - 8))
    return ListView(
      id: "key.line", label: "Public key, one line",
      rows: lines.enumerated().map { ListView.Row(id: "\($0)", text: $1) }, count: lines.count,
      cursor: cursor(in: lines.count), minimumRows: 3, use: .read)
  }

  mutating func press(_ id: FocusID, onKey name: String) -> [Effect] {
    switch id {
    case "key.copy":
      return library.keys.first { $0.name == name }.map { [.copy($0.publicKey)] } ?? []
    case "key.write": ask(for: .writeKey(name), suggesting: "\(TaskNaming.plain(name)).pub")
    case "key.unlock": ask(for: .unlockKey(name), suggesting: "")
    case "key.delete": ask(.deleteKey(name))
    default: return goBack()
    }
    return []
  }
}

extension Question {
  static func deletingKey(_ name: String) -> QuestionSpec {
    QuestionSpec(
      "Delete the key pair \(Words.escaped(name))?",
      "No connection uses it. It cannot be brought back; where its public half is in an"
        + " authorized_keys file, it stays there and opens nothing any more.",
      typed: name,
      [
        .stay("Keep it"),
        .go("Delete") {
          $0.change(.deleteKey(name), done: "\(Words.escaped(name)) is deleted.", closes: 1)
        },
      ])
  }
}
