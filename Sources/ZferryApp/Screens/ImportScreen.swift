import FormKit
import ReplicationModel

extension ScreenSpec {
  /// Which program left what where.
  static let taskImport = ScreenSpec(
    view: \.importScreen, fields: { state in FieldSpec.importFields.filter { $0.shown(state) } },
    note: { state, field in
      state.importing.isTried ? state.importProblem(of: field).map { Note(.error, $0) } : nil
    },
    press: { state, id in id == "import.look" ? state.lookAtImport() : state.goBack() },
    back: { state in
      let request = state.importing.request
      state.importing = Importing()
      state.pop()
      return request.map { [.abandon($0)] } ?? []
    })
}

extension FieldSpec {
  private static let forms: [(ForeignTasks.Form?, String)] = [
    (nil, "The text tells"), (.truenas, "TrueNAS"), (.zettarepl, "zettarepl"),
    (.syncoid, "syncoid"), (.sanoid, "sanoid"), (.zrepl, "zrepl"),
    (.autobackup, "zfs-autobackup"),
  ]

  static let importFields: [FieldSpec] = [
    FieldSpec(
      id: "import.form", label: "Program", help: "Whose settings they are.",
      kind: .choice(\.importing.order.form, forms)),
    FieldSpec(
      id: "import.path", label: "File",
      help: "As /etc/sanoid/sanoid.conf, zrepl.yml, or a crontab that calls it.",
      kind: .text(\.importing.order.path)),
    FieldSpec(
      id: "import.asks", label: "Ask zfs here",
      help: "Snapshots, bookmarks and properties of this system tell what was set up.",
      kind: .check(\.importing.order.asksHost),
      off: { state in
        guard let form = state.importing.order.form, !form.leavesTraces else { return nil }
        return "Off: \(form.rawValue) leaves nothing on datasets."
      }),
    FieldSpec(
      id: "import.target", label: "Copies below",
      help: "The dataset below which zrepl's sink has its copies, as backup/zrepl/web.",
      kind: .text(\.importing.order.target, refuses: Refusal.inDataset),
      shown: { [nil, .zrepl].contains($0.importing.order.form) }),
    FieldSpec(
      id: "import.connection", label: "SSH Connection",
      help: "The connection of tasks that are not local; empty for the one each names.",
      kind: .text(\.importing.order.connection, refuses: Refusal.notFileName)),
  ]
}

extension AppState {
  var importScreen: Screen {
    var blocks = fields.map { Block.field(fieldView($0)) }
    if case .failure(let failure)? = importing.result {
      blocks += [.gap, .paragraph(failureText(failure), .error)]
    }
    return Screen(
      id: route.id, title: "Import tasks",
      purpose: "Makes tasks of what another program left; looking saves nothing.",
      blocks: blocks,
      actions: [
        Action(
          id: "import.look", title: "Look",
          enabled: importing.request == nil ? .yes : .no(reason: "It is being read; wait a moment.")
        ), Action(id: "import.back", title: "Back"),
      ], status: StatusLine(field(place.focus)?.help ?? ""), focus: place.focus)
  }

  /// All its findings, or what it is called.
  private func failureText(_ failure: Failure) -> String {
    failure.findings.isEmpty
      ? Words.explain(failure).text
      : failure.findings.map { Words.escaped($0.message) }.joined(separator: " ")
  }

  fileprivate func importProblem(of field: FieldSpec) -> String? {
    let order = importing.order
    guard field.id == "import.path", order.path.allSatisfy({ $0 == " " }) else { return nil }
    guard asksForTraces else {
      return "File is required. Or choose sanoid, zrepl or zfs-autobackup, and Ask zfs here."
    }
    return nil
  }

  /// Whether this system can tell without a file.
  private var asksForTraces: Bool {
    importing.order.asksHost && importing.order.form?.leavesTraces == true
  }

  fileprivate mutating func lookAtImport() -> [Effect] {
    importing.isTried = true
    if let field = fields.first(where: { importProblem(of: $0) != nil }),
      let problem = importProblem(of: field)
    {
      setFocus(field.id)
      notice = Note(.error, problem)
      return []
    }
    var order = importing.order
    order.asksHost = order.asksHost && order.form?.leavesTraces != false
    let id = newRequest()
    importing.request = id
    importing.result = nil
    return [.readForeign(id, order)]
  }

  /// What was read, or why it was not.
  mutating func receiveForeign(_ result: Result<ForeignTasks, Failure>) {
    importing.request = nil
    importing.result = result
    guard case .success(let tasks) = result else { return }
    let stored = ForeignTasks.Stored(
      taskNames: Set(library.tasks.map(\.name)), snapshotTasks: library.snapshotTasks,
      connections: library.connections, zone: zone.zone, now: now)
    importing.findings = tasks.allFindings(beside: stored)
    if route == .taskImport { push(.importPreview) }
  }
}
