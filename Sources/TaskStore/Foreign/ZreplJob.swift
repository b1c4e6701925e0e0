internal import ReplicationModel

/// One job of a zrepl.yml, as it becomes tasks: one for each of its topmost datasets.
struct ZreplJob {
  private var row: YAMLMapping
  let kind: String
  private let name: String
  private var findings: [Finding] = []
  private(set) var tasks: [TaskDraft] = []
  private(set) var snapshotTasks: [SnapshotTask] = []

  init(_ row: YAMLMapping) {
    self.row = row
    kind = self.row.text("type") ?? ""
    name = self.row.text("name") ?? ""
  }

  /// All that was found, with the keys that nobody asked for.
  var finished: [Finding] { findings + row.finished }

  mutating func tell(_ words: String) { findings.append(.changed(row.path("type"), words)) }

  mutating func ignoreAll() {
    row.ignore("serve", "root_fs", "recv", "debug")
  }

  mutating func reportKind() {
    row.report("type", "has to be one of push, pull, snap, source, sink, not `\(kind)`")
  }

  // MARK: What all of them have

  private mutating func trees(_ traces: ZFSTraces) -> [ZFSTraces.Tree] {
    guard let texts = row.textsByName("filesystems"), let filter = ZreplFilter(texts) else {
      row.report("filesystems", "has to be a mapping of datasets to true or false")
      return []
    }
    let pools = Set(traces.datasets.map { String($0.prefix { $0 != "/" }) })
    if filter.takesAllPools, pools.isEmpty {
      row.report(
        "filesystems",
        "takes every pool, and none is known here. Name each, as `tank<`, or add --ask")
      return []
    }
    for pattern in filter.alone {
      findings.append(
        .changed(
          row.path("filesystems"),
          "`\(pattern)` alone was left out. zferry leaves out what is below it as well."))
    }
    let trees = filter.trees(pools: pools.sorted())
    if trees.isEmpty { row.report("filesystems", "takes no dataset") }
    return trees
  }

  private mutating func keep(
    _ key: String, in pruning: inout YAMLMapping?, _ how: ZreplSnapshotting
  )
    -> ZreplKeep
  {
    let keep = ZreplKeep(
      pruning?.mappings(key) ?? [], prefix: how.prefix, interval: how.interval)
    findings += keep.findings
    return keep
  }

  private mutating func snapshotTasks(
    _ trees: [ZFSTraces.Tree], _ how: ZreplSnapshotting, _ keep: ZreplKeep
  ) {
    guard let schedule = how.schedule else { return }
    let lifetime = keep.lifetime ?? .forEver
    if keep.lifetime == nil {
      findings.append(
        .changed(row.path("pruning"), "no rule says how long snapshots are kept, so all are."))
    }
    for tree in trees {
      snapshotTasks.append(
        tree.snapshotTask(tree.name(name, among: trees), how.schema, schedule, keeping: lifetime))
    }
  }

  // MARK: The kinds

  mutating func takeSnapshots(_ traces: ZFSTraces) {
    row.ignore("serve")
    let trees = trees(traces)
    let how = ZreplSnapshotting(row.mapping("snapshotting"))
    findings += how.findings
    var pruning = row.mapping("pruning")
    snapshotTasks(trees, how, keep("keep", in: &pruning, how))
    if let pruning { row.absorb(pruning) }
    if how.schedule == nil, !trees.isEmpty {
      findings.append(.leftOut(row.path("snapshotting"), "it takes no snapshots by itself."))
    }
    if kind == "source" { row.ignore("send") }
  }

  mutating func push(_ traces: ZFSTraces, target: String?, localSinks: [String: String]) {
    let trees = trees(traces)
    let how = ZreplSnapshotting(row.mapping("snapshotting"))
    findings += how.findings
    var pruning = row.mapping("pruning")
    let onSource = keep("keep_sender", in: &pruning, how)
    let onTarget = keep("keep_receiver", in: &pruning, how)
    if let pruning { row.absorb(pruning) }
    snapshotTasks(trees, how, onSource)
    var draft = TaskDraft()
    draft.direction = .push
    var place = target
    connect(&draft, &place, localSinks)
    send(&draft)
    draft.holdPendingSnapshots = onSource.keepsUnsent && how.schedule != nil
    retention(&draft, onTarget, hasSchema: how.schedule != nil)
    if how.schedule == nil {
      draft.nameRegex = ".*"
      draft.auto = false
      findings.append(
        .changed(row.path("snapshotting"), "nothing tells when it runs. Give the task a schedule."))
    }
    guard let place else {
      findings.append(
        .missing(
          row.path("target_dataset"),
          "only the sink on the other side knows where its copies are. Say it with --target, as --target backup/zrepl/\(name)."
        ))
      return
    }
    for tree in trees {
      var task = draft.copying(
        tree, as: tree.name(name, among: trees), to: "\(place)/\(tree.root)")
      task.periodicSnapshotTasks = how.schedule == nil ? [] : [task.name]
      tasks.append(task)
    }
  }

  mutating func pull(_ traces: ZFSTraces) {
    var draft = TaskDraft()
    draft.direction = .pull
    var place = row.text("root_fs")
    connect(&draft, &place, [:])
    row.ignore("recv")
    let text = row.text("interval") ?? ""
    if let seconds = ZreplText.seconds(text) {
      draft.schedule = Schedule.every(seconds).schedule
    } else {
      draft.auto = false
      if text != "manual" { row.report("interval", "has to be a time as 10m, not `\(text)`") }
    }
    let how = ZreplSnapshotting(nil)
    draft.namingSchema = [how.schema]
    var pruning = row.mapping("pruning")
    row.ignore("send")
    _ = pruning?.mappings("keep_sender")
    findings.append(
      .leftOut(
        row.path("pruning.keep_sender"),
        "the source's snapshots go by the snapshot tasks there. Import its zrepl.yml on that system."
      ))
    retention(&draft, keep("keep_receiver", in: &pruning, how), hasSchema: true)
    if let pruning { row.absorb(pruning) }
    findings.append(
      .changed(
        row.path("type"),
        "the prefix stands in the source's file. zrepl_ is taken for it: see the naming schema."))
    sources(draft, below: place ?? "", traces)
  }

  /// The copies that are there tell what was pulled.
  private mutating func sources(_ draft: TaskDraft, below root: String, _ traces: ZFSTraces) {
    let placeholders = Set(
      traces.properties.filter { $0.name == "zrepl:placeholder" && $0.value == "on" }
        .map(\.dataset))
    let copies = traces.datasets.filter {
      $0.hasPrefix(root + "/") && !placeholders.contains($0) && traces.snapshots[$0] != nil
    }
    let trees = traces.trees(of: copies)
    if trees.isEmpty {
      findings.append(
        .missing(
          row.path("source_datasets"),
          "only the job on the other side knows what it sends. Let the copies tell: add --ask, or what zfs list -H -t all -o name prints."
        ))
    }
    for tree in trees {
      var source = tree
      source.root = String(tree.root.dropFirst(root.count + 1))
      source.exclude = tree.exclude.map { String($0.dropFirst(root.count + 1)) }
      tasks.append(draft.copying(source, as: source.name(name, among: trees), to: tree.root))
    }
  }

  // MARK: Ways and options

  private mutating func connect(
    _ draft: inout TaskDraft, _ place: inout String?, _ localSinks: [String: String]
  ) {
    guard var inner = row.mapping("connect") else { return row.report("connect", "is missing") }
    let way = inner.text("type") ?? ""
    if way == "local" {
      draft.transport = .local
      let identity = inner.text("client_identity") ?? ""
      if let root = inner.text("listener_name").flatMap({ localSinks[$0] }) {
        place = place ?? "\(root)/\(identity)"
      }
    } else {
      let address = inner.text("host") ?? inner.text("address") ?? "the host"
      let host = address.split(separator: ":").first.map(String.init) ?? address
      draft.connection = host
      draft.sudo = false
      let how = way == "ssh+stdinserver" ? "" : "zferry goes over SSH, not \(way). "
      findings.append(
        Finding(
          row.path("connect"), .warning, code: "import.connection",
          "`\(row.path("connect"))`: \(how)Keys are not carried over, nor the command behind them. Make a connection to \(host), and name it with --connection."
        ))
    }
    inner.ignore(
      "user", "port", "identity_file", "options", "dial_timeout", "ca", "cert", "key", "server_cn",
      "listener_name", "client_identity", "address", "host")
    row.absorb(inner)
  }

  private mutating func send(_ draft: inout TaskDraft) {
    draft.readonly = .ignore
    draft.properties = false
    draft.largeBlock = false
    draft.compressed = false
    guard var send = row.mapping("send") else { return }
    // Whether a stream is raw follows from the dataset.
    send.ignore("encrypted", "raw", "saved")
    draft.properties = send.bool("send_properties") ?? false
    draft.largeBlock = send.bool("large_blocks") ?? false
    draft.compressed = send.bool("compressed") ?? false
    draft.embed = send.bool("embedded_data") ?? false
    if var limit = send.mapping("bandwidth_limit") {
      let text = limit.text("max") ?? ""
      draft.speedLimit = try? ByteSize.parse(text.filter { $0 != " " })
      if draft.speedLimit == nil { limit.report("max", "has to be a size, not `\(text)`") }
      send.absorb(limit)
    }
    row.absorb(send)
  }

  private func retention(_ draft: inout TaskDraft, _ keep: ZreplKeep, hasSchema: Bool) {
    guard hasSchema, let lifetime = keep.lifetime, lifetime != .forEver else {
      draft.retentionPolicy = .none
      return
    }
    draft.retentionPolicy = .custom
    (draft.lifetimeValue, draft.lifetimeUnit) = (lifetime.value, lifetime.unit)
  }
}
