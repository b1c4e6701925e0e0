internal import ReplicationModel

/// Reads lines that call syncoid, as they stand in a crontab or a script. No shell reads them: what a
/// shell would put in their place is told.
enum SyncoidReader {
  static func read(_ text: String) -> ForeignTasks {
    var result = ForeignTasks()
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let found = ShellLine(line, calling: ["syncoid"]) else { continue }
      var call = SyncoidCall(prefix: "line \(number + 1).")
      call.read(found.arguments, schedule: found.schedule)
      result.findings += call.findings
      if let task = call.task { result.tasks.append(task) }
    }
    if result.tasks.isEmpty, result.findings.isEmpty {
      result.findings.append(
        Finding("file", code: "import.empty", "No line calls syncoid. Give the lines that do."))
    }
    return result
  }
}

/// One call of syncoid, as it becomes a task.
struct SyncoidCall {
  private(set) var task: TaskDraft?
  private(set) var findings: [Finding] = []
  /// In front of a field, as `line 3.`.
  private let prefix: String

  init(prefix: String) { self.prefix = prefix }

  /// Options that follow from how zferry works, or concern only what is printed.
  private static let needless: Set<String> = [
    "no-sync-snap", "no-rollback", "create-bookmark", "no-stream", "quiet", "debug", "dumpsnaps",
    "no-command-checks", "monitor-version", "version", "help", "pv-options",
  ]
  /// Options whose value may be a word of its own.
  private static let valued: Set<String> = [
    "compress", "source-bwlimit", "target-bwlimit", "sshkey", "sshport", "sshcipher", "sshoption",
    "sshconfig", "sendoptions", "recvoptions", "identifier", "exclude", "exclude-datasets",
    "include-snaps", "exclude-snaps", "mbuffer-size", "pv-options", "syncsnap-suffix",
    "insecure-direct-connection",
  ]

  mutating func read(_ words: [String], schedule: Schedule?) {
    var task = TaskDraft()
    // syncoid sends every snapshot there is, and no properties.
    task.nameRegex = ".*"
    task.properties = false
    task.readonly = .ignore
    task.schedule = schedule
    task.auto = schedule != nil
    var places: [String] = []
    var elevates = true
    var words = words[...]
    while let word = CallWord(from: &words, valued: Self.valued, name: Self.long) {
      let (name, value): (String, String?)
      switch word {
      case .shells(let word):
        leftOut(word, ShellLine.shellsWords)
        continue
      case .place(let word):
        places.append(word)
        continue
      case .option(let option, let given): (name, value) = (option, given)
      }
      switch name {
      case "recursive": task.recursive = true
      case "preserve-properties": task.properties = true
      case "delete-target-snapshots": task.retentionPolicy = .source
      case "no-privilege-elevation": elevates = false
      case "include-snaps": task.nameRegex = ".*(\(value ?? "")).*"
      case "source-bwlimit", "target-bwlimit": limit(value ?? "", name, &task)
      case "compress": compress(value ?? "", &task)
      case "sshkey", "sshport", "sshcipher", "sshoption", "sshconfig":
        leftOut(name, "it belongs to the connection. Set it up with zferry connection add.")
      case "exclude", "exclude-datasets", "exclude-snaps":
        leftOut(name, "it is an expression. Name what is left out in `exclude`.")
      case "force-delete":
        leftOut(name, "zferry destroys no copy that has nothing in common with its source.")
      case _ where Self.needless.contains(name): break
      default: leftOut(name, "zferry has nothing like it. See whether you need it.")
      }
    }
    finish(task, places, elevates: elevates)
  }

  private mutating func finish(_ task: TaskDraft, _ places: [String], elevates: Bool) {
    var task = task
    guard places.count == 2 else {
      findings.append(
        Finding(
          prefix + "datasets", code: "import.places",
          "`\(prefix)datasets`: a call of syncoid names a source and a destination. Give both."))
      return
    }
    let (source, target) = (Self.place(places[0]), Self.place(places[1]))
    if source.host != nil, target.host != nil {
      findings.append(.relay(prefix + "datasets"))
      return
    }
    task.sourceDatasets = [source.dataset]
    task.targetDataset = target.dataset
    task.direction = source.host == nil ? .push : .pull
    task.transport = source.host == nil && target.host == nil ? .local : .ssh
    if let host = source.host ?? target.host {
      let parts = host.split(separator: "@", maxSplits: 1).map(String.init)
      task.connection = parts.last
      task.sudo = elevates && parts.count > 1 && parts[0] != "root"
    }
    task.name = (source.dataset + "-" + target.dataset).dashed
    self.task = task
  }

  /// `user@host:pool/data`. A dataset may hold a colon, a host may not hold a slash.
  private static func place(_ text: String) -> (host: String?, dataset: String) {
    guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else {
      return (nil, text)
    }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  /// The long name of an option, without its dashes.
  private static func long(_ word: String) -> String {
    word == "-r" ? "recursive" : word == "-h" ? "help" : String(word.drop { $0 == "-" })
  }

  private mutating func limit(_ value: String, _ name: String, _ task: inout TaskDraft) {
    guard let bytes = ByteSize.bytes(ofPlain: value) else {
      leftOut(name, "`\(value)` is not a size.")
      return
    }
    task.speedLimit = min(task.speedLimit ?? bytes, bytes)
  }

  private mutating func compress(_ value: String, _ task: inout TaskDraft) {
    guard value != "none" else { return }
    task.compression = TaskDraft.Compression(tool: value)
    if task.compression == nil { leftOut("compress", TaskDraft.Compression.unknown(value)) }
  }

  private mutating func leftOut(_ name: String, _ why: String) {
    findings.append(.leftOut(prefix + name, why))
  }
}
