import FormKit
import ReplicationModel

extension ScreenSpec {
  static let connectionForm = ScreenSpec(
    view: \.connectionFormScreen, fields: { _ in FieldSpec.connectionForm },
    note: { $0.formNote(of: $1, $0.connectionFindings) },
    press: { $0.pressInConnectionForm($1) },
    back: { state in
      guard state.editHasChanges else { return state.closeEdit() }
      state.ask(.discardEdit)
      return []
    }, changing: ["conn.save"])
}

extension AppState {
  var connectionFormScreen: Screen {
    let form = management.connection
    var blocks: [Block] = []
    if form.scanning != nil {
      blocks += [.paragraph("Asking the host for its key…", .dim), .gap]
    }
    if let failure = form.failure {
      blocks += [.paragraph(Words.explain(failure).text, .error), .gap]
    }
    blocks += checkBlocks
    blocks += fields.map(connectionBlock)
    let busy: Action.Availability =
      form.scanning == nil && management.check?.id == nil
      ? .yes : .no(reason: "The host is being asked.")
    return Screen(
      id: route.id,
      title: form.was.map { "Connection: \(Words.escaped($0))" } ?? "New connection",
      purpose: "Who logs in where, with which key.",
      blocks: blocks,
      actions: [
        Action(id: "conn.save", title: "Save"),
        Action(id: "conn.scan", title: "Discover host key", enabled: busy),
        Action(id: "conn.test", title: "Test", enabled: busy),
        Action(id: "conn.back", title: "Back"),
      ], status: StatusLine(field(place.focus)?.help ?? ""), focus: place.focus)
  }

  /// A field; the trusted keys whole, in as many lines as they need, for a fingerprint that is cut is
  /// of no use.
  private func connectionBlock(_ field: FieldSpec) -> Block {
    guard field.paths.contains(ConnectionField.hostKey.rawValue),
      !management.connection.connection.hostKey.isEmpty
    else { return .field(fieldView(field)) }
    return .table(
      TableView(
        rows: hostKeyWords.enumerated().map { index, words in
          TableView.Row(label: index == 0 ? field.label : "", value: words)
        }))
  }

  mutating func openConnectionForm(_ connection: Connection, was: String?) {
    var connection = connection
    if was == nil, let key = library.keys.first, library.keys.count == 1 {
      connection.key = key.name
    }
    management.connection = ConnectionForm(connection, was: was)
    management.check = nil
    wizard.touched = []
    push(.connectionForm)
  }

  mutating func pressInConnectionForm(_ id: FocusID) -> [Effect] {
    let form = management.connection
    switch id {
    case "conn.save":
      guard formIsGood(connectionFindings) else { return [] }
      guard editHasChanges else { return closeUnchanged() }
      let name = form.connection.name
      return change(
        .connection(form.composed, was: form.was),
        done: "The connection \(Words.escaped(name)) is saved.", closes: 1, trial: trialOfForm)
    case "conn.scan":
      guard formIsGood(connectionFindings.filter { ["host", "port"].contains($0.field) }) else {
        return []
      }
      let scan = newRequest()
      management.connection.scanning = scan
      management.connection.failure = nil
      return [.scanHostKey(scan, host: form.connection.host, port: form.composed.port)]
    case "conn.test":
      guard formIsGood(connectionFindings.filter { $0.field != "name" }) else { return [] }
      let check = newRequest()
      management.check = Management.Check(connection: form.connection.host, id: check)
      return [.prove(check, form.composed)]
    default: return goBack()
    }
  }

  /// The keys a host showed: nothing is trusted before a person said so.
  mutating func receiveScan(_ keys: [ShownHostKey]) {
    management.connection.scanning = nil
    guard route == .connectionForm else { return }
    guard !keys.isEmpty else {
      let form = management.connection
      management.connection.failure = Failure(
        "handshake", subject: "\(form.connection.host):\(form.port)")
      return
    }
    management.connection.shown = keys
    ask(.confirmHostKeys)
  }

  /// Whether the form that is open holds something that is not stored.
  var editHasChanges: Bool {
    // What it opened, such as the browser, stands on top of it.
    stack.contains { place in
      switch place.route {
      case .connectionForm: management.connection.composed != management.connection.before
      case .snapshotTaskForm: management.snapshotTask.composed != management.snapshotTask.before
      default: false
      }
    }
  }

  /// Saving what is stored already: nothing is written.
  mutating func closeUnchanged() -> [Effect] {
    let effects = closeEdit()
    notice = Note(.info, "Nothing was changed.")
    return effects
  }

  /// Closes a form, and lets go of what it waits for.
  mutating func closeEdit() -> [Effect] {
    let scan = management.connection.scanning.map { [Effect.abandon($0)] } ?? []
    management.connection.scanning = nil
    let check = stopChecking()
    pop()
    return scan + check
  }
}

extension Question {
  static func confirmingHostKeys(_ state: AppState) -> QuestionSpec {
    let keys = state.management.connection.shown
    return QuestionSpec(
      "Is this the right host?",
      [
        .paragraph("Compare with what the host's own console says:", .plain),
        .table(
          TableView(
            rows: keys.map {
              TableView.Row(
                label: Words.escaped($0.algorithm), value: Words.escaped($0.fingerprint))
            })),
        .paragraph("If it differs, you are talking to another machine.", .warning),
      ],
      [
        .stay("No, go back"),
        .go("Yes, it is the same") { state in
          state.management.connection.connection.hostKey = keys.map(\.line)
          for key in keys {
            state.library.fingerprints[Library.keyID(key.line)] = key.fingerprint
          }
          return []
        },
      ])
  }

  static let discardingEdit = QuestionSpec(
    "Leave without saving?", "What you changed here is not saved and would be lost.",
    [.stay("Stay"), .go("Discard") { $0.closeEdit() }])
}
