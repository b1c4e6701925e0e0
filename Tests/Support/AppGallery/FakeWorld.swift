import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore

@testable import ZferryApp

/// Two pretend systems that answer every effect at once, and remember what was asked.
struct FakeWorld {
  var local: [String: [DatasetRow]] = [
    "": [DatasetRow(name: "backup"), DatasetRow(name: "tank", used: 5 << 30)],
    "tank": [
      DatasetRow(name: "tank/data", used: 3 << 30), DatasetRow(name: "tank/home", used: 1 << 30),
      DatasetRow(name: "tank/vm", kind: .volume, used: 1 << 30),
    ],
    "tank/data": [DatasetRow(name: "tank/data/photos", used: 2 << 30)],
  ]
  var remote: [String: [DatasetRow]] = [
    "": [DatasetRow(name: "vault", available: 9 << 40)],
    "vault": [DatasetRow(name: "vault/site-a", available: 9 << 40)],
  ]
  var library = Library()
  var runs: [RunFacts] = []
  var log: [LogEntry] = []
  /// Paths where something is already.
  var files: Set<String> = []
  var keys = [
    ShownHostKey(
      algorithm: "ssh-ed25519", fingerprint: "SHA256:Qn4M0Yb8HhT1sFz8fX2rIYxw8m7s0c4q9b4cXn0abcd",
      line: "ssh-ed25519 AAAAC3Nza")
  ]
  /// The failure of the next effect of a kind, by the effect's name.
  var failing: [String: Failure] = [:]
  var snapshotCount = 12
  /// What the checklist finds that is not good.
  var checks: [CheckID: CheckResult] = [:]
  /// What stands in the way of every plan.
  var conflicts: [Conflict] = []
  /// Whether holds keep what a rollback would destroy.
  var isHeld = false
  /// Rights that the user on the other system has not.
  var missingRights: Set<String> = []
  /// Effects that are not answered.
  var silent: Set<String> = []
  private(set) var asked: [Effect] = []

  mutating func forget() { asked = [] }

  mutating func answer(_ effect: Effect) -> [Message] {
    asked.append(effect)
    guard let id = effect.request, !silent.contains(effect.name) else { return [] }
    if let failure = failing.removeValue(forKey: effect.name) {
      return [.reply(id, .failed(failure))]
    }
    return replies(to: effect).map { .reply(id, $0) }
  }

  private mutating func replies(to effect: Effect) -> [Reply] {
    switch effect {
    case .load: return [.loaded(library)]
    case .listDatasets(_, let host, let below):
      let side = host == .local ? local : remote
      return [.datasets(side[below ?? ""] ?? [])]
    case .scanHostKey: return [.hostKeys(keys)]
    case .pair(_, let connection, _):
      library.connections.append(connection)
      return [
        .pairing(.installingKey), .pairing(.proving), .paired(connection, proved(connection)),
      ]
    case .prove(_, let connection): return [.proved(proved(connection))]
    case .countSnapshots(_, let question):
      return [
        .counted(
          question.datasets.map {
            SnapshotCount(dataset: $0, matching: snapshotCount, total: snapshotCount)
          })
      ]
    case .plan(_, let order): return [.planned(preview(order))]
    case .lookAtConflicts: return [.conflicts(conflicts.map(cases))]
    case .resolve(_, _, let resolution):
      conflicts.removeAll { $0.target == resolution.target }
      return [.saved]
    case .planRestore(_, let restore): return [.planned(preview(restore.reversed))]
    case .startRestore(_, let restore): return run(restore.reversed)
    case .forecast(_, let question):
      let pairs = question.pairs ?? self.pairs(question)
      return [
        .forecast(
          RetentionOutlook(
            pairs: pairs, rows: pairs.map { question.row(of: $0, in: .utc) }))
      ]
    case .holdings(_, let question, let pair):
      return [.holdings(HeldSnapshot.all(of: pair, question.forecast(of: pair, in: .utc)))]
    case .save(_, let order):
      library.tasks.append(order.task)
      library.snapshotTasks += order.snapshotTasks
      return [.saved]
    case .listSnapshots:
      return [
        .snapshots([
          SnapshotRow(name: "auto-2026-11-24_00-00", creation: Instant(1_795_478_400)),
          SnapshotRow(name: "auto-2026-11-23_00-00", creation: Instant(1_795_392_000)),
        ])
      ]
    case .check(_, let question):
      return question.checks.map { .checked(checks[$0] ?? .good($0)) } + [.checked(nil)]
    case .change(_, let change):
      apply(change)
      return [.saved]
    case .keepDraft(_, let draft):
      library.drafts.removeAll { $0.name == draft.name }
      library.drafts.append(draft)
      return [.saved]
    case .dropDraft(_, let name):
      library.drafts.removeAll { $0.name == name }
      return [.saved]
    case .startRun(_, let task, _):
      guard let order = library.tasks.first(where: { $0.name == task }) else { return [] }
      return run(TaskOrder(task: order))
    case .makeKey(_, let name):
      library.keys.append(KeyPair(name: name, publicKey: "ssh-ed25519 AAAAnew zferry \(name)"))
      return [.saved]
    case .importKey(_, let name, let path):
      guard path.hasPrefix("/") else {
        return [.failed(Failure("store.notFound", subject: path))]
      }
      library.keys.append(KeyPair(name: name, publicKey: "ssh-ed25519 AAAAold zferry \(name)"))
      return [.saved]
    case .unlockKey: return [.saved]
    case .writeOut(_, let order):
      if files.contains(order.path), !order.replaces {
        return [.failed(Failure("store.exists", subject: order.path))]
      }
      files.insert(order.path)
      return [.saved]
    case .listRuns(_, let task): return [.runs(runs.filter { task == nil || $0.task == task })]
    case .readLog: return [.log(log)]
    case .rights(_, let order, let prove):
      return [.rights(rights(order, provedFor: prove ? missingRights : nil))]
    case .readForeign(_, let order): return [foreign(order)]
    case .saveForeign(_, let tasks):
      library.tasks += tasks.tasks
      library.snapshotTasks += tasks.snapshotTasks
      return [.saved]
    case .lookToPrune(_, let task, let allowsMany):
      return [.outlived(outlived(task, allowsMany: allowsMany))]
    case .pruneSnapshots(_, _, let plan, _): return [.pruned(plan.destroys.count, nil)]
    case .keepMode, .keepAsks, .cancelRun, .abandon, .redraw, .copy, .quit: return []
    }
  }

  /// A run that goes well.
  private func run(_ order: TaskOrder) -> [Reply] {
    let plan = preview(order).plan
    return [.run(.planned(plan))]
      + plan.steps.enumerated().flatMap { index, step in
        [
          Reply.run(.stepStarted(index: index, of: plan.steps.count, step)),
          .run(
            .progress(
              index: index, bytes: 1 << 29, total: step.bytes, rate: 8e7, etaSeconds: 6)),
          .run(.stepFinished(index: index, bytes: step.bytes ?? 0)),
        ]
      } + [
        .run(
          .finished(
            RunResult(outcome: "done", sentBytes: plan.bytes ?? 0, snapshots: 3, seconds: 62)))
      ]
  }

  /// A conflict whose target has nothing else that would be in the way.
  private func cases(_ conflict: Conflict) -> ConflictCase {
    var target = DatasetState(name: conflict.target, guid: GUID(90))
    target.snapshots = conflict.targetTimeline
    let ties = TargetTies(
      snapshots: conflict.targetTimeline.map {
        TargetTies.Tie(snapshot: $0, holds: isHeld ? 1 : 0, written: 4_096)
      },
      tree: [conflict.target], neighbours: [conflict.target])
    return ConflictCase(
      conflict, of: "data", source: Inventory(), target: Inventory([target]), ties: ties,
      day: CivilTime(year: 2026, month: 11, day: 24))
  }

  private mutating func apply(_ change: StoreChange) {
    switch change {
    case .task(let task, let was):
      library.tasks.removeAll { $0.name == was || $0.name == task.name }
      library.tasks.append(task)
    case .deleteTask(let name): library.tasks.removeAll { $0.name == name }
    case .snapshotTask(let task, let was):
      library.snapshotTasks.removeAll { $0.name == was || $0.name == task.name }
      library.snapshotTasks.append(task)
    case .deleteSnapshotTask(let name): library.snapshotTasks.removeAll { $0.name == name }
    case .connection(let connection, let was):
      library.connections.removeAll { $0.name == was || $0.name == connection.name }
      library.connections.append(connection)
    case .deleteConnection(let name): library.connections.removeAll { $0.name == name }
    case .deleteKey(let name): library.keys.removeAll { $0.name == name }
    case .takeSnapshots: break
    case .stopRun(let name): library.facts[name]?.state = .cancelled
    case .pause(let name, let isPaused):
      library.facts[name]?.state = isPaused ? .hold : .finished
      library.facts[name]?.reason = isPaused ? Failure("task.paused", subject: name) : nil
    }
  }

  /// Two snapshots in common, then one on each side.
  static var diverged: Conflict {
    func snapshot(_ name: String, _ number: UInt64) -> Snapshot {
      Snapshot(
        name: name, guid: GUID(number), createtxg: number,
        creation: Instant(1_795_000_000 + Int64(number) * 3600))
    }
    let common = [snapshot("auto-2026-11-18_00-00", 1), snapshot("auto-2026-11-19_00-00", 2)]
    return Conflict(
      code: .targetHasNewerSnapshots, source: DatasetName(trusted: "tank/data"),
      target: DatasetName(trusted: "backup/data"), choices: [.rollback, .keepAside, .skip],
      base: common[1], sourceTimeline: common + [snapshot("auto-2026-11-20_00-00", 24)],
      targetTimeline: common + [snapshot("before-cleanup", 30)])
  }

  func proved(_ connection: Connection) -> ProvedHost {
    ProvedHost(
      system: "Linux", user: connection.username, zfsVersion: "zfs-2.3.2-1",
      sudoWorks: connection.sudo ? true : nil)
  }

  /// Sixteen days of daily snapshots on each source, and copies of all but the newest two.
  func pairs(_ question: RetentionQuestion) -> [KeptPair] {
    question.order.task.sourceDatasets.compactMap { source in
      var side = DatasetState(name: DatasetName(trusted: source), guid: GUID(90))
      side.snapshots = (0..<16).map { index in
        let creation = Instant(1_795_478_400 - Int64(15 - index) * 86_400)
        let name = try? NamingSchema(WizardChoices.defaultSchema).name(at: creation, in: .utc)
        return Snapshot(
          name: name ?? "", guid: GUID(UInt64(index + 1)), createtxg: UInt64(index + 1),
          creation: creation)
      }
      let target = DatasetName(trusted: question.order.task.targetDataset)
      var copy = DatasetState(name: target, guid: GUID(91))
      copy.snapshots = Array(side.snapshots.dropLast(2))
      return RetentionSetup(
        question.order.task, source: side, target: copy, snapshotTasks: question.snapshotTasks
      ).map { KeptPair(source: side.name, target: target, setup: $0) }
    }
  }

  /// A full copy of every source, one snapshot each.
  func preview(_ order: TaskOrder) -> Preview {
    var plan = Plan(task: order.task.name, direction: order.task.direction)
    for source in order.task.sourceDatasets {
      let name = DatasetName(trusted: source)
      let target = DatasetName(trusted: order.task.targetDataset)
      let snapshot = Snapshot(
        name: "auto-2026-11-24_00-00", guid: GUID(7), createtxg: 7, creation: Instant(0))
      plan.mapping.append(
        Mapping(
          source: name, target: target, kind: .filesystem, targetExists: false,
          matching: snapshotCount, total: snapshotCount))
      guard snapshotCount > 0 else {
        plan.conflicts.append(
          Conflict(code: .noMatchingSnapshots, source: name, target: target))
        continue
      }
      plan.creates.append(target)
      plan.steps.append(
        Step(
          source: name, target: target, datasetKind: .filesystem, kind: .full, from: nil,
          to: snapshot, snapshots: snapshotCount, bytes: 1 << 30, raw: false,
          send: .zfs("send", "\(source)@\(snapshot.name)"),
          receive: .zfs("receive", "-s", "-u", target.text)))
    }
    plan.conflicts += conflicts
    return Preview(plan: plan, referenced: [DatasetName(trusted: "tank/data"): 3 << 30])
  }
}

extension Effect {
  /// Its kind.
  var name: String { String("\(self)".prefix { $0 != "(" }) }

  var request: RequestID? {
    switch self {
    case .load(let id), .listDatasets(let id, _, _), .scanHostKey(let id, _, _),
      .pair(let id, _, _), .prove(let id, _), .countSnapshots(let id, _), .plan(let id, _),
      .save(let id, _), .startRun(let id, _, _), .change(let id, _),
      .keepMode(let id, _), .keepAsks(let id, _), .makeKey(let id, _), .writeOut(let id, _),
      .importKey(let id, _, _), .unlockKey(let id, _, _),
      .listRuns(let id, _), .readLog(let id, _), .check(let id, _), .rights(let id, _, _),
      .listSnapshots(let id, _, _), .forecast(let id, _), .holdings(let id, _, _),
      .keepDraft(let id, _), .dropDraft(let id, _), .lookAtConflicts(let id, _),
      .resolve(let id, _, _), .planRestore(let id, _), .startRestore(let id, _),
      .readForeign(let id, _), .saveForeign(let id, _), .lookToPrune(let id, _, _),
      .pruneSnapshots(let id, _, _, _):
      id
    case .cancelRun, .abandon, .redraw, .copy, .quit: nil
    }
  }

  /// Whether it takes something away that cannot be had back.
  var destroys: Bool {
    if case .resolve(_, _, let resolution) = self { return resolution.destroys }
    if case .pruneSnapshots = self { return true }
    guard case .change(_, let change) = self else { return false }
    return "\(change)".hasPrefix("delete")
  }

  /// Whether it changes anything outside the app.
  var changesSomething: Bool {
    [
      "pair", "save", "startRun", "startRestore", "resolve", "change", "makeKey", "importKey",
      "writeOut", "keepDraft", "dropDraft", "saveForeign", "pruneSnapshots",
    ].contains(name)
  }
}

/// The app with a person at its keys and a world behind it.
struct Session {
  var state: AppState
  var world: FakeWorld
  var effects: [Effect] = []
  private(set) var keys: Set<Key> = []

  init(
    world: FakeWorld = FakeWorld(), wizard: Bool = false, beginner: Bool = false,
    now: Instant = Instant(1_795_514_700), readOnly: Bool = false
  ) {
    self.world = world
    // Without a task the wizard opens, behind the checklist: most have seen that.
    let library = world.library
    let isNew =
      library.tasks.isEmpty && library.connections.isEmpty && library.drafts.isEmpty
      && world.failing["load"] == nil
    state = AppState(
      opening: wizard || isNew && !beginner ? .wizard : .tasks, now: now, readOnly: readOnly,
      installation: Installation(
        version: "0.0.0", config: "/etc/zferry", state: "/var/lib/zferry"))
    let first = state.begin()
    play(first)
  }

  /// At the form of Generate New, filled in.
  static func atPairing(_ world: FakeWorld = FakeWorld(), user: String = "replica") -> Session {
    var session = Session(world: world)
    session.choose("source_location", 2)
    session.push("source_connection")
    session.press(.end, .enter)
    session.tab(to: "pair.host")
    session.type("vault.lan")
    session.tab(to: "pair.username")
    session.press(.ctrl("u"))
    session.type(user)
    return session
  }

  /// Does what was asked, and what that asks, to the end.
  mutating func play(_ started: [Effect]) {
    var waiting = started
    while !waiting.isEmpty {
      let effect = waiting.removeFirst()
      effects.append(effect)
      for message in world.answer(effect) { waiting += update(&state, message) }
    }
  }

  mutating func press(_ keys: Key...) {
    for key in keys {
      self.keys.insert(key)
      play(update(&state, .key(key)))
    }
  }

  mutating func type(_ text: String) {
    for character in text { press(character == " " ? .space : .character(character)) }
  }

  /// Tab, until this has the focus.
  mutating func tab(to id: FocusID) {
    for _ in 0..<60 where state.focus != id { press(.tab) }
  }

  /// Tab to a button, and Enter.
  mutating func push(_ id: FocusID) {
    tab(to: id)
    press(.enter)
  }

  /// Space on a choice until this option is chosen.
  mutating func choose(_ id: FocusID, _ option: Int) {
    tab(to: id)
    press(.character(Character("\(option)")))
  }

  /// Changes choices as a field would.
  mutating func change(_ change: (inout WizardChoices) -> Void) {
    let before = state.wizard.choices
    change(&state.wizard.choices)
    play(state.settle(since: before))
  }

  /// Down in the tree to a row.
  mutating func row(_ name: String) {
    for _ in 0..<40 where state.browser.cursor != name { press(.ctrl("n")) }
  }

  var screen: Screen { ZferryApp.screen(state) }

  /// Whether only keys were pressed that every terminal has (ux.md 10).
  var usedPlainKeysOnly: Bool {
    keys.allSatisfy { key in
      switch key {
      case .character(let character): character.isASCII
      case .space, .enter, .tab, .escape, .ctrl("n"), .ctrl("p"), .ctrl("f"), .ctrl("b"): true
      default: false
      }
    }
  }

  /// All the words on the screen.
  var words: String { screen.words }
}

extension Screen {
  var words: String {
    var parts = [title, purpose, status.text]
    for block in blocks + (dialog?.blocks ?? []) {
      switch block {
      case .heading(let text): parts.append(text)
      case .paragraph(let text, _): parts.append(text)
      case .field(let field):
        parts += [field.label, "\(field.control)", field.message?.text ?? field.help]
      case .list(let list): parts += list.rows.flatMap { [$0.text, $0.detail] } + [list.empty]
      case .table(let table): parts += table.rows.map { "\($0.label): \($0.value)" }
      case .progress(let progress): parts += [progress.label, progress.text]
      case .gap: break
      }
    }
    return parts.joined(separator: "\n")
  }

  func action(_ id: FocusID) -> Action? { (dialog?.actions ?? actions).first { $0.id == id } }
}
