internal import ReplicationModel

/// A dataset's section of a sanoid.conf, with what its templates say.
struct SanoidModule {
  private let section: SanoidFile.Section
  private var entries: [String: SanoidFile.Entry]
  private var findings: [Finding] = []

  /// Values of its own win over those of its templates, of which a later one wins over an earlier.
  init(_ section: SanoidFile.Section, templates: [String: SanoidFile.Section]) {
    self.section = section
    let prefix = SanoidReader.templatePrefix
    entries = templates[prefix + "default"]?.entries ?? [:]
    for name in (section.entries["use_template"]?.value ?? "").split(separator: ",") {
      let name = String(name.trimmed)
      guard let template = templates[prefix + name] else {
        findings.append(
          .missing(
            "line \(section.line).use_template", "there is no template called `\(name)`. Give it."))
        continue
      }
      entries.merge(template.entries) { $1 }
    }
    entries.merge(section.entries) { $1 }
  }

  private var dataset: String {
    entries["path"]?.value ?? section.name
  }

  /// `recursive = zfs` takes all at one moment, as zferry does wherever it can.
  private var isRecursive: Bool {
    entries["recursive"]?.value.lowercased() == "zfs" || isOn("recursive")
  }

  /// Its snapshot tasks, where the sections beside it have datasets below its own for themselves.
  func tasks(beside others: [SanoidModule]) -> (tasks: [SnapshotTask], findings: [Finding]) {
    var copy = self
    let tasks = copy.makeTasks(others)
    return (tasks, copy.findings)
  }

  private mutating func makeTasks(_ others: [SanoidModule]) -> [SnapshotTask] {
    tellLeftOut()
    guard isOn("autosnap", standard: true) else {
      findings.append(
        .leftOut(
          place("autosnap"),
          "`\(dataset)` gets no snapshots here; a task that copies to it says how long they are kept."
        ))
      return []
    }
    if isOn("process_children_only") {
      findings.append(
        .changed(place("process_children_only"), "`\(dataset)` itself gets snapshots too."))
    }
    let exclude = isRecursive ? exclude(others) : []
    let keepsForEver = !isOn("autoprune", standard: true)
    return SanoidPeriod.allCases.compactMap { period in
      let count = number(period.rawValue, period.standardCount, in: 0...1_000_000)
      guard count > 0 else { return nil }
      let values = period.times.map { number($0.key, $0.standard, in: $0.range) }
      if period == .frequently, !Schedule.every(Int64(values[0]) * 60).isExact {
        findings.append(
          .changed(place("frequent_period"), "no cron line runs so often. It runs more often."))
      }
      return SnapshotTask(
        "\(dataset.dashed)-\(period.rawValue)", of: dataset, recursive: isRecursive,
        exclude: exclude,
        period.schema, period.schedule(values),
        keeping: keepsForEver ? .forEver : period.lifetime(count, minutes: values[0]))
    }
  }

  /// What other sections have below this one's dataset.
  private mutating func exclude(_ others: [SanoidModule]) -> [String] {
    let root = DatasetName(trusted: dataset)
    var exclude: [String] = []
    for other in others where other.dataset != dataset {
      guard DatasetName(trusted: other.dataset).isWithin(root) else { continue }
      exclude.append(other.dataset)
      if !other.isRecursive, !other.isOn("skip_children") {
        findings.append(
          .changed(
            "line \(other.section.line)",
            "what lies below `\(other.dataset)` followed [\(section.name)]. zferry leaves it out with `\(other.dataset)`: make that one recursive where something is there."
          ))
      }
    }
    return Array(Set(exclude)).sorted()
  }

  private static let known: Set<String> = {
    var known: Set<String> = [
      "path", "recursive", "use_template", "process_children_only", "skip_children", "autosnap",
      "autoprune",
    ]
    for period in SanoidPeriod.allCases {
      known.insert(period.rawValue)
      known.formUnion(period.times.map(\.key))
    }
    return known
  }()

  private mutating func tellLeftOut() {
    for key in entries.keys.sorted() where !Self.known.contains(key) {
      if key.hasSuffix("_script") || key.hasSuffix("script") || key == "script_timeout" {
        findings.append(.leftOut(place(key), "zferry runs no scripts around a snapshot."))
      } else if key.hasPrefix("monitor") || key.hasSuffix("_warn") || key.hasSuffix("_crit") {
        findings.append(
          .leftOut(place(key), "`zferry status` and `zferry notify` tell how tasks fare."))
      } else {
        findings.append(.leftOut(place(key)))
      }
    }
  }

  /// A key as findings name it: by its line, which may be a template's.
  private func place(_ key: String) -> String {
    "line \(entries[key]?.line ?? section.line).\(key)"
  }

  private func isOn(_ key: String, standard: Bool = false) -> Bool {
    guard let value = entries[key]?.value, !value.isEmpty else { return standard }
    return ["1", "true", "yes", "on"].contains(value.lowercased())
  }

  private mutating func number(_ key: String, _ standard: Int, in range: ClosedRange<Int>) -> Int {
    guard let text = entries[key]?.value, !text.isEmpty else { return standard }
    if let number = Int(text), range.contains(number) { return number }
    findings.append(
      .missing(
        place(key),
        "has to be a number from \(range.lowerBound) to \(range.upperBound), not `\(text)`."))
    return standard
  }
}
