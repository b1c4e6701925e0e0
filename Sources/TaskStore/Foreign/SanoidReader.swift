internal import ReplicationModel

/// Reads a sanoid.conf, or which snapshots sanoid took where there is none. It copies nothing anywhere, so
/// only snapshot tasks come of it: one for each dataset and kind of snapshot.
struct SanoidReader {
  private var result = ForeignTasks()

  static func read(_ texts: [String]) -> ForeignTasks {
    var reader = SanoidReader()
    let files = texts.filter(SanoidFile.isOne)
    if files.isEmpty {
      reader.readTraces(ZFSTraces(texts.joined(separator: "\n")))
    } else {
      for text in files { reader.read(SanoidFile(text)) }
    }
    reader.result.tellToStop(
      "sanoid", "Once these are saved, turn its timer off: systemctl disable --now sanoid.timer.")
    return reader.result
  }

  private mutating func read(_ file: SanoidFile) {
    result.findings += file.findings
    let templates = Dictionary(
      file.sections.filter { $0.name.hasPrefix(Self.templatePrefix) }.map { ($0.name, $0) },
      uniquingKeysWith: { $1 })
    let sections = file.sections.filter { !$0.name.hasPrefix(Self.templatePrefix) }
    let modules = sections.filter { $0.name != "version" }.map {
      SanoidModule($0, templates: templates)
    }
    guard modules.count <= Self.mostModules else {
      result.findings.append(
        .missing("file", "it has more than \(Self.mostModules) datasets. Give it in parts."))
      return
    }
    if modules.isEmpty {
      result.findings.append(
        .missing("file", "no section names a dataset. Give the sanoid.conf that does."))
    }
    for module in modules {
      let made = module.tasks(beside: modules)
      result.snapshotTasks += made.tasks
      result.findings += made.findings
    }
  }

  static let templatePrefix = "template_"
  /// Each is compared with each other; more than any person writes.
  private static let mostModules = 2_000

  /// The snapshots that are there tell their kinds and datasets; their number how long they are kept.
  private mutating func readTraces(_ traces: ZFSTraces) {
    for period in SanoidPeriod.allCases {
      guard let schema = try? NamingSchema(period.schema) else { continue }
      let counts = traces.snapshots.compactMapValues { names in
        let count = names.count { schema.instant(of: String($0), in: .utc) != nil }
        return count > 0 ? count : nil
      }
      for tree in traces.trees(of: Set(counts.keys)) {
        let name = "\(tree.root.dashed)-\(period.rawValue)"
        let count = tree.members.compactMap { counts[$0] }.max() ?? 1
        result.snapshotTasks.append(
          tree.snapshotTask(
            name, period.schema, period.schedule(period.times.map(\.standard)),
            keeping: period.lifetime(count)))
        result.findings.append(
          .changed(
            name,
            "no sanoid.conf was given. When it runs is sanoid's standard, and it keeps as many as there are now, \(count). Check both."
          ))
      }
    }
    if result.snapshotTasks.isEmpty {
      result.findings.append(
        .missing("file", "no snapshot is called as sanoid calls them. Give its sanoid.conf."))
    }
  }
}
