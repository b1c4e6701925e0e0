import FormKit
import ReplicationModel
import ReplicationPlanner

/// What a run does, in blocks: from the plan that the run itself uses. The review and the plan
/// screen show the same.
struct PlanBlocks {
  let order: TaskOrder
  let preview: Preview
  let first: FirstRun
  let now: Instant
  let zone: Zone
  /// In front of the rows' ids: `review` leads to the wizard's fields; `restore` is the way back.
  let prefix: String

  init(_ order: TaskOrder, _ preview: Preview, prefix: String, now: Instant, zone: Zone) {
    self.order = order
    self.preview = preview
    self.prefix = prefix
    self.now = now
    self.zone = zone
    first = FirstRun(order, preview, now: now, zone: zone)
  }

  private var heading: String {
    switch prefix {
    case "review": "What the first run does"
    case "restore": "What is brought back"
    default: "What a run does now"
    }
  }

  /// What stands in the way, what is sent, what goes where, and when it comes again.
  var blocks: [Block] {
    let plan = preview.plan
    // What stands in the way first: nobody has to scroll to find out why it cannot run.
    var blocks: [Block] = first.conflicts.map { conflict in
      .paragraph(Words.conflict(conflict, restoring: prefix == "restore").text, .error)
    }
    blocks.append(.heading(heading))
    blocks.append(.table(TableView(rows: runRows)))
    blocks += first.warnings.map { .paragraph(Words.warning($0).text, .warning) }
    blocks.append(.heading("What goes where"))
    blocks.append(.table(TableView(rows: mappingRows(plan))))
    let runs = order.nextRunWords(after: now, zone: zone)
    if !runs.isEmpty {
      blocks.append(.heading("When it runs next"))
      blocks.append(
        .table(
          TableView(
            rows: runs.enumerated().map { index, text in
              TableView.Row(
                id: FocusID("\(prefix).schedule_picker#\(index)"), label: "Run \(index + 1)",
                value: text)
            })))
    }
    return blocks
  }

  private func mappingRows(_ plan: Plan) -> [TableView.Row] {
    plan.mapping.enumerated().map { index, mapping in
      let kind = mapping.kind == .volume ? ", volume" : ""
      let state = mapping.targetExists ? "exists" : "new"
      return TableView.Row(
        id: FocusID("\(prefix).source_datasets#\(index)"),
        label: Words.escaped(mapping.source.text),
        value: "-> \(Words.escaped(mapping.target.text)) (\(state)\(kind));"
          + " \(mapping.matching) of \(Amount.count(mapping.total, "snapshot")) match",
        tone: mapping.matching == 0 ? .warning : .plain)
    }
  }

  private var runRows: [TableView.Row] {
    let plan = preview.plan
    var rows: [TableView.Row] = []
    func add(_ label: String, _ value: String, _ tone: Tone = .plain) {
      rows.append(
        TableView.Row(
          id: FocusID("\(prefix).run#\(rows.count)"), label: label, value: value, tone: tone))
    }
    for snapshot in first.snapshots {
      let below = snapshot.recursive ? ", with all below it" : ""
      add(
        "Takes first", "\(Words.escaped(snapshot.dataset))@\(snapshot.name)\(below)", .info)
    }
    add("Sends", sendWords)
    if let time = timeWords { add("Takes about", time) }
    let after = preview.afterFirst ?? plan
    if after.arrivals.isEmpty { add("Creates", "nothing") }
    for (index, name) in after.arrivals.enumerated() {
      add(index == 0 ? "Creates" : "", Words.escaped(name.text))
    }
    for name in after.replaces {
      add("Fills", "\(Words.escaped(name.text)), empty now, and closed first")
    }
    for name in after.discards {
      add(
        "Gives up",
        "what had arrived of a cut transfer on \(Words.escaped(name.text)); it is sent"
          + " again", .warning)
    }
    for aside in after.asides {
      add("Puts aside", Words.move(aside), .warning)
    }
    for rename in after.renames {
      add("Renames", "\(Words.move(rename)), as on the source")
    }
    for replacement in after.replacements {
      add("Replaces", Words.replacement(replacement), .warning)
    }
    for line in Words.encryption(after) { add("Encryption", line) }
    if !after.keepsakes.isEmpty {
      add("Bookmarks", "one per dataset on the source, so that later runs find where to go on")
    }
    if plan.destroys.isEmpty && plan.rollbacks.isEmpty {
      add("Destroys", "Nothing is destroyed.", .success)
    }
    for line in Words.destroys(plan) { add("Destroys", line, .error) }
    for rollback in plan.rollbacks {
      add(
        "Rolls back",
        "\(Words.escaped(rollback.target.text)) to @\(Words.escaped(rollback.to.name));"
          + " \(Amount.count(rollback.loses.count, "newer snapshot")) is lost", .error)
    }
    return rows
  }

  private var sendWords: String {
    let plan = preview.plan
    if plan.steps.isEmpty {
      guard !first.snapshots.isEmpty else {
        return plan.conflicts.isEmpty ? "nothing: the copy is up to date" : "nothing as it is now"
      }
      let bytes = firstBytes.map { ", about \(Amount.bytes($0))" } ?? ""
      return "\(Amount.count(plan.mapping.count, "dataset"))\(bytes), in full"
    }
    let datasets = Set(plan.steps.map(\.source)).count
    let snapshots = plan.steps.reduce(0) { $0 + $1.snapshots }
    let bytes = plan.bytes.map { "about \(Amount.bytes($0))" } ?? "an unknown number of bytes"
    return "\(Amount.count(datasets, "dataset")), \(Amount.count(snapshots, "snapshot")), \(bytes)"
  }

  /// The bytes of a first copy that has no snapshot yet: what the datasets refer to now.
  private var firstBytes: UInt64? {
    guard !preview.referenced.isEmpty else { return nil }
    return preview.plan.mapping.reduce(0) { $0 &+ (preview.referenced[$1.source] ?? 0) }
  }

  /// Bytes a second that are assumed where nothing was measured: a gigabit link, or disks.
  static let assumedRates: (remote: Double, local: Double) = (100 * 1024 * 1024, 300 * 1024 * 1024)

  private var timeWords: String? {
    // Where nothing is sent, as with a conflict, it takes no time either.
    let whole = first.snapshots.isEmpty ? nil : firstBytes
    let bytes = preview.plan.steps.isEmpty ? whole : preview.plan.bytes
    guard let bytes, bytes > 0 else { return nil }
    let assumed =
      order.task.transport != .local ? Self.assumedRates.remote : Self.assumedRates.local
    let rate = preview.measuredRate ?? assumed
    let source = preview.measuredRate == nil ? "assumed, not measured" : "measured in earlier runs"
    let seconds = max(1, Double(bytes) / max(1, rate))
    return "\(Amount.duration(seconds)) at \(Amount.rate(rate)) (\(source))"
  }
}

extension AppState {
  func planBlocks(_ order: TaskOrder, _ preview: Preview, prefix: String) -> PlanBlocks {
    PlanBlocks(order, preview, prefix: prefix, now: now, zone: zone.zone)
  }
}
