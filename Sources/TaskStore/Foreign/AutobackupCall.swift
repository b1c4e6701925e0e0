internal import ReplicationModel

/// One call of zfs-autobackup, as it becomes tasks: one for each topmost dataset that is selected.
struct AutobackupCall {
  /// In front of a field, as `line 3.`; empty where only properties tell of it.
  private let prefix: String
  private let schedule: Schedule?
  private var name = ""
  private var target: String?
  private var hosts: (source: String?, target: String?)
  private var draft = TaskDraft()
  private var findings: [Finding] = []
  private var formats = (property: standardProperty + "{}", snapshot: "{}-%Y%m%d%H%M%S")
  private var keeps = (source: standardKeep, target: standardKeep)
  private var flags: Set<String> = []
  private var strips = 0

  static let standardProperty = "autobackup:"
  private static let standardKeep = "10,1d1w,1w1m,1m1y"

  /// The property that selects its datasets.
  var property: String { Self.filled(formats.property, name) }

  private static func filled(_ format: String, _ name: String) -> String {
    format.replacing("{}", with: name)
  }

  /// A call that nobody gave: of the property alone.
  init(property: String) {
    prefix = ""
    schedule = nil
    name = String(property.dropFirst(Self.standardProperty.count))
    findings.append(
      .leftOut(property, "no line that calls zfs-autobackup says where it is copied to."))
  }

  init(_ line: ShellLine, prefix: String) {
    self.prefix = prefix
    schedule = line.schedule
    // What it does by itself: properties go along, and blocks as they are where both sides can.
    draft.readonly = .ignore
    draft.compressed = false
    draft.embed = true
    var words = line.arguments[...]
    var places: [String] = []
    while let word = CallWord(from: &words, valued: Self.valued) {
      switch word {
      case .shells(let word): leftOut(word, ShellLine.shellsWords)
      case .place(let word): places.append(word)
      case .option("compress", nil):
        // Its value may be left out, so a word behind it counts only where it is one.
        let isValue = words.first.flatMap(TaskDraft.Compression.init(tool:)) != nil
        read("compress", isValue ? words.removeFirst() : "")
      case .option(let option, let value): read(option, value ?? "")
      }
    }
    name = places.first ?? ""
    target = places.count > 1 ? places[1] : nil
    if name.isEmpty || places.count > 2 {
      findings.append(
        .missing(prefix + "name", "a call of zfs-autobackup has a name and one target. Give both."))
    }
  }

  /// Options whose value may be a word of its own.
  private static let valued: Set<String> = [
    "ssh-source", "ssh-target", "ssh-config", "ssh-port", "strip-path", "min-change",
    "keep-source", "keep-target", "filter-properties", "set-properties", "rate", "buffer",
    "snapshot-format", "property-format", "hold-format", "destroy-missing", "send-pipe",
    "recv-pipe", "pre-snapshot-cmd", "post-snapshot-cmd", "exclude-unchanged", "zfs-cmd",
  ]
  /// Options that follow from how zferry works, or concern only what is printed.
  private static let needless: Set<String> = [
    "verbose", "v", "debug", "debug-output", "progress", "no-progress", "no-holds", "hold-format",
    "resume", "raw", "exclude-received", "ignore-transfer-errors", "force", "f", "buffer", "test",
    "dry-run", "n",
  ]
  private static let kept: Set<String> = [
    "allow-empty", "no-snapshot", "no-send", "no-thinning",
  ]

  private mutating func read(_ option: String, _ value: String) {
    switch option {
    case "ssh-source": hosts.source = value
    case "ssh-target": hosts.target = value
    case "ssh-config", "ssh-port":
      leftOut(option, "it belongs to the connection. Set it up with zferry connection add.")
    case "strip-path": strips = Int(value) ?? 0
    case "min-change":
      if value == "0" {
        flags.insert("allow-empty")
      } else if value != "1" {
        leftOut(option, "zferry takes a snapshot wherever anything has changed.")
      }
    case "keep-source": keeps.source = value
    case "keep-target": keeps.target = value
    case "snapshot-format": formats.snapshot = value
    case "property-format": formats.property = value
    case "filter-properties":
      draft.propertiesExclude += value.split(separator: ",").map(String.init)
    case "set-properties": override(value)
    case "clear-refreservation": draft.propertiesExclude.append("refreservation")
    case "clear-mountpoint": draft.propertiesOverride["canmount"] = "noauto"
    case "zfs-compressed": draft.compressed = true
    case "compress":
      let tool = value.isEmpty ? "zstd-fast" : value
      draft.compression = TaskDraft.Compression(tool: tool)
      if draft.compression == nil { leftOut(option, TaskDraft.Compression.unknown(tool)) }
    case "rate":
      draft.speedLimit = ByteSize.bytes(ofPlain: value)
      if draft.speedLimit == nil { leftOut(option, "`\(value)` is not a size.") }
    case "rollback", "destroy-incompatible":
      leftOut(option, "zferry takes nothing from a copy that the plan does not show first.")
    case "destroy-missing": leftOut(option, "zferry destroys no dataset that its source lost.")
    case "send-pipe", "recv-pipe", "pre-snapshot-cmd", "post-snapshot-cmd":
      leftOut(option, "zferry runs no commands of others around its own.")
    case "utc":
      leftOut(option, "zferry names by this system's clock. Run its timer with TZ=UTC.")
    case _ where Self.kept.contains(option): flags.insert(option)
    case _ where Self.needless.contains(option): break
    default: findings.append(.leftOut(prefix + option))
    }
  }

  private mutating func override(_ text: String) {
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { draft.propertiesOverride[parts[0]] = parts[1] }
    }
  }

  private mutating func leftOut(_ option: String, _ why: String) {
    findings.append(.leftOut(prefix + option, why))
  }

  // MARK: What becomes of it

  func tasks(_ traces: ZFSTraces) -> ForeignTasks {
    var copy = self
    return copy.make(traces)
  }

  private mutating func make(_ traces: ZFSTraces) -> ForeignTasks {
    var result = ForeignTasks()
    let selection = AutobackupSelection(
      property, traces, below: hosts.source == hosts.target ? target : nil)
    findings += selection.findings
    if selection.trees.isEmpty, !name.isEmpty {
      findings.append(
        .missing(
          prefix + "datasets",
          "no dataset is known to have \(property). Add --ask where they are, or what zfs get -H -t filesystem,volume all prints there."
        ))
    }
    if hosts.source != nil, hosts.target != nil {
      findings.append(.relay(prefix + "ssh-target"))
    } else {
      let isPull = hosts.source != nil
      let taken = isPull || flags.contains("no-snapshot") ? [] : snapshotTasks(selection.trees)
      result.snapshotTasks = taken
      if let target, !flags.contains("no-send") {
        result.tasks = copies(selection.trees, to: target, isPull: isPull, bound: !taken.isEmpty)
      }
      if isPull, !flags.contains("no-snapshot") {
        leftOut("ssh-source", "zferry takes snapshots where it runs. Make a snapshot task there.")
      }
    }
    result.findings = findings
    return result
  }

  private var schema: String { Self.filled(formats.snapshot, name) }

  private mutating func snapshotTasks(_ trees: [ZFSTraces.Tree]) -> [SnapshotTask] {
    guard !trees.isEmpty else { return [] }
    if schedule == nil {
      findings.append(
        .changed(prefix + "schedule", "no line of a crontab says when it runs. Daily is taken."))
    }
    let lifetime = lifetime(keeps.source, "keep-source")
    return trees.map { tree in
      var task = tree.snapshotTask(
        tree.name(name, among: trees), schema, schedule ?? .daily, keeping: lifetime)
      task.allowEmpty = flags.contains("allow-empty")
      return task
    }
  }

  private mutating func copies(
    _ trees: [ZFSTraces.Tree], to target: String, isPull: Bool, bound: Bool
  ) -> [TaskDraft] {
    var draft = draft
    draft.direction = isPull ? .pull : .push
    if let host = hosts.source ?? hosts.target {
      draft.connection = host.split(separator: "@", maxSplits: 1).last.map(String.init)
    } else {
      draft.transport = .local
    }
    if isPull { draft.namingSchema = [schema] }
    if !isPull, !bound { draft.alsoIncludeNamingSchema = [schema] }
    if !bound { draft.schedule = schedule }
    draft.auto = bound || schedule != nil
    let lifetime = lifetime(keeps.target, "keep-target")
    if lifetime != .forEver {
      draft.retentionPolicy = .custom
      (draft.lifetimeValue, draft.lifetimeUnit) = (lifetime.value, lifetime.unit)
    }
    return trees.map { tree in
      let path = tree.root.split(separator: "/").dropFirst(strips).joined(separator: "/")
      var task = draft.copying(
        tree, as: tree.name(name, among: trees), to: path.isEmpty ? target : "\(target)/\(path)")
      if bound { task.periodicSnapshotTasks = [task.name] }
      return task
    }
  }

  /// How long the last of a thinning schedule is kept, as of `10,1d1w,1w1m`: ten, and daily ones for a week.
  private mutating func lifetime(_ text: String, _ option: String) -> Lifetime {
    guard !flags.contains("no-thinning") else { return .forEver }
    let rules = text.split(separator: ",").map(Self.seconds)
    guard !rules.contains(nil), let longest = rules.compactMap({ $0 }).max() else {
      findings.append(
        .missing(prefix + option, "has to be a schedule as 10,1d1w,1w1m, not `\(text)`."))
      return .forEver
    }
    guard longest > 0 else {
      findings.append(
        .changed(
          prefix + option, "zferry keeps by age, not by number: all are kept. Set a lifetime."))
      return .forEver
    }
    let lifetime = Lifetime(atLeast: longest)
    findings.append(
      .changed(
        prefix + option,
        "zferry does not thin. It keeps each snapshot as long as \(text) kept its last: \(lifetime.value) \(lifetime.unit.rawValue.lowercased())\(lifetime.value == 1 ? "" : "s")."
      ))
    return lifetime
  }

  /// How long a rule keeps: 0 for a plain number, nil where it is none.
  private static func seconds(_ rule: Substring) -> Int64? {
    if Int(rule) != nil { return 0 }
    let units: [String: Int64] = [
      "s": 1, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800, "m": 2_592_000, "y": 31_536_000,
    ]
    let rest = rule.drop(while: \.isNumber).drop(while: \.isLetter)
    guard let count = Int64(rest.prefix(while: \.isNumber)), count < 1_000_000,
      let unit = units[rest.drop(while: \.isNumber).lowercased()]
    else { return nil }
    return count * unit
  }
}
