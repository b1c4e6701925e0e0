import ReplicationModel

/// A task as it stands on the advanced screen: numbers and lists as they were typed.
struct AdvancedForm: Hashable, Sendable {
  /// What is set with a mark, a choice or another screen.
  var base: TaskDraft
  /// Texts of numbers and lists, and of what may be empty.
  var texts: [TaskField: String]
  var schedule: ScheduleText
  var restriction: ScheduleText
  var notify: NotifyText
  /// Snapshot tasks that were to be made with the task: the wizard hands them on.
  var snapshotTasks: [SnapshotTask] = []

  /// A new task, with the wizard's defaults.
  static let new: AdvancedForm = {
    var draft = TaskDraft()
    draft.retentionPolicy = WizardChoices().retention
    return AdvancedForm(draft)
  }()

  /// What a new task has.
  static let standard = new.raw

  init(_ task: TaskDraft, snapshotTasks: [SnapshotTask] = []) {
    base = task
    self.snapshotTasks = snapshotTasks
    schedule = ScheduleText(task.schedule)
    restriction = ScheduleText(task.restrictSchedule)
    notify = NotifyText(task.notify)
    func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }
    texts = [
      .exclude: ListText.join(task.exclude),
      .namingSchema: ListText.join(task.namingSchema),
      .alsoIncludeNamingSchema: ListText.join(task.alsoIncludeNamingSchema),
      .nameRegex: task.nameRegex ?? "",
      .lifetimeValue: number(task.lifetimeValue),
      .lifetimes: LifetimesText.write(task.lifetimes),
      .propertiesExclude: ListText.join(task.propertiesExclude),
      .propertiesOverride: ListText.join(task.propertiesOverride),
      .encryptionKeyLocation: task.encryptionKeyLocation ?? "",
      .netcatActiveSideListenAddress: task.netcatActiveSideListenAddress ?? "",
      .netcatActiveSidePortMin: number(task.netcatActiveSidePortMin),
      .netcatActiveSidePortMax: number(task.netcatActiveSidePortMax),
      .netcatPassiveSideConnectAddress: task.netcatPassiveSideConnectAddress ?? "",
      .speedLimit: task.speedLimit.map(ByteSize.text) ?? "",
      .bandwidth: BandwidthText.write(task.bandwidth),
      .parallel: number(task.parallel),
      .streams: number(task.streams),
      .retries: number(task.retries),
      .retryMinutes: number(task.retryMinutes),
    ]
  }

  /// All that was entered, whether it applies or not.
  var raw: TaskDraft {
    var task = base
    func text(_ field: TaskField) -> String { texts[field] ?? "" }
    func list(_ field: TaskField) -> [String] { ListText.split(text(field)) }
    func some(_ field: TaskField) -> String? { text(field).isEmpty ? nil : text(field) }
    func number(_ field: TaskField) -> Int? { some(field).map { Int($0) ?? .max } }
    task.exclude = list(.exclude)
    task.namingSchema = list(.namingSchema)
    task.alsoIncludeNamingSchema = list(.alsoIncludeNamingSchema)
    task.nameRegex = some(.nameRegex)
    task.schedule = schedule.schedule
    task.restrictSchedule = restriction.schedule
    task.lifetimeValue = number(.lifetimeValue)
    task.lifetimes = LifetimesText.read(text(.lifetimes)).values
    task.propertiesExclude = list(.propertiesExclude)
    task.propertiesOverride = ListText.pairs(text(.propertiesOverride)).values
    task.encryptionKeyLocation = some(.encryptionKeyLocation)
    task.netcatActiveSideListenAddress = some(.netcatActiveSideListenAddress)
    task.netcatActiveSidePortMin = number(.netcatActiveSidePortMin)
    task.netcatActiveSidePortMax = number(.netcatActiveSidePortMax)
    task.netcatPassiveSideConnectAddress = some(.netcatPassiveSideConnectAddress)
    task.speedLimit = try? ByteSize.parse(text(.speedLimit))
    task.bandwidth = BandwidthText.read(text(.bandwidth)).values
    task.parallel = number(.parallel) ?? 0
    task.streams = number(.streams)
    task.retries = number(.retries) ?? 0
    task.retryMinutes = number(.retryMinutes) ?? 0
    task.notify = notify.notify
    return task
  }

  /// The task as it is saved: without what does not apply to it.
  var task: TaskDraft {
    var task = raw
    for field in leftOut { field.reset(in: &task) }
    if task.replicate {
      task.recursive = true
      task.properties = true
      task.exclude = []
    }
    return task
  }

  /// What was entered and does not apply, so that it is left out.
  var leftOut: [TaskField] {
    let task = raw
    return TaskField.allCases.filter { $0.isSet(in: task) && $0.needlessness(in: task) != nil }
  }

  /// What was typed and cannot be read, as the rules cannot see it.
  var findings: [Finding] {
    var findings: [Finding] = []
    func add(_ field: TaskField, _ words: String) {
      guard field.needlessness(in: raw) == nil else { return }
      findings.append(
        Finding(field.rawValue, code: "advanced.text", "\(field.label): \(words)"))
    }
    if let piece = ListText.pairs(texts[.propertiesOverride] ?? "").problem {
      add(.propertiesOverride, "`\(piece)` is not name=value. Correct it.")
    }
    if let piece = LifetimesText.read(texts[.lifetimes] ?? "").problem {
      add(.lifetimes, "`\(piece)` cannot be read. Write it as: weekly for 3 MONTH.")
    }
    if let piece = BandwidthText.read(texts[.bandwidth] ?? "").problem {
      add(.bandwidth, "`\(piece)` cannot be read. Write it as: 08:00-18:00 10M; 22:00-06:00 none.")
    }
    if let text = texts[.speedLimit], !text.isEmpty, (try? ByteSize.parse(text)) == nil {
      add(.speedLimit, "`\(text)` is not a size. Write it as 500 KiB, 500M or 2 TB.")
    }
    return findings
  }

  /// Whether it holds a key that nothing but the task's own file may keep.
  var holdsSecret: Bool {
    base.encryptionKey?.revealed.isEmpty == false || !notify.ping.isEmpty
  }
}
