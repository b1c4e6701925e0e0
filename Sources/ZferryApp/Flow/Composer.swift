import ReplicationModel

/// Makes a task of what was chosen, as TrueNAS' wizard would (ui.md 1.11, 1.13), with its known faults mended:
/// a snapshot task is bound again only where it does the same work, and a regex on a schedule gets
/// a schedule of its own instead of a snapshot task that must be refused.
public enum Composer {
  /// The task and the snapshot tasks that these choices ask for. `library` is what is stored:
  /// snapshot tasks to bind, names that are taken.
  public static func compose(_ choices: WizardChoices, in library: Library) -> TaskOrder {
    var draft = TaskDraft()
    draft.name = choices.taskName
    draft.direction = choices.isPull ? .pull : .push
    draft.transport =
      !choices.needsConnection ? .local : choices.security == .plain ? .sshNetcat : .ssh
    // The other system listens: this one may be behind a router (ui.md 1.13).
    if draft.transport == .sshNetcat { draft.netcatActiveSide = .remote }
    draft.connection = choices.needsConnection ? choices.connection : nil
    draft.sudo = choices.needsConnection && choices.sudo
    draft.sourceDatasets = choices.sources
    draft.targetDataset = choices.destination
    draft.recursive = choices.recursive
    draft.auto = choices.method == .schedule
    draft.readonly = choices.method == .schedule || choices.readonlyOnce ? .set : .ignore
    draft.retentionPolicy = choices.retention
    if choices.retention == .custom {
      draft.lifetimeValue = Int(choices.lifetimeValue)
      draft.lifetimeUnit = choices.lifetimeUnit
    }

    encrypt(&draft, choices.encryption)
    let snapshotTasks = snapshotTasks(for: choices, in: library)
    draft.periodicSnapshotTasks = (snapshotTasks.bound + snapshotTasks.new).map(\.name)
    selectSnapshots(&draft, choices)
    if choices.method == .schedule, !choices.makesSnapshotTasks {
      draft.schedule = choices.chosenSchedule
    }
    return TaskOrder(
      task: draft, snapshotTasks: snapshotTasks.new, boundTasks: snapshotTasks.bound,
      connection: library.connection(draft.connection))
  }

  private static func encrypt(_ draft: inout TaskDraft, _ choices: EncryptionChoices) {
    guard choices.isOn else { return }
    draft.encryption = true
    draft.encryptionInherit = choices.inherits
    guard !choices.inherits else { return }
    draft.encryptionKeyFormat = choices.format
    draft.encryptionKeyLocation = choices.keyLocation.isEmpty ? nil : choices.keyLocation
    if choices.format == .passphrase, !choices.passphrase.revealed.isEmpty {
      draft.encryptionKey = choices.passphrase
    }
  }

  private static func selectSnapshots(_ draft: inout TaskDraft, _ choices: WizardChoices) {
    if choices.usesRegex {
      draft.nameRegex = choices.nameRegex
    } else if choices.isPull {
      draft.namingSchema = [choices.namingSchema]
    } else if choices.customSnapshots {
      draft.alsoIncludeNamingSchema = [choices.namingSchema]
    } else if choices.method == .once {
      draft.alsoIncludeNamingSchema = [WizardChoices.defaultSchema]
    }
  }

  private static func snapshotTasks(
    for choices: WizardChoices, in library: Library
  ) -> (bound: [SnapshotTask], new: [SnapshotTask]) {
    guard choices.makesSnapshotTasks, let schedule = choices.chosenSchedule else { return ([], []) }
    var bound: [SnapshotTask] = []
    var new: [SnapshotTask] = []
    var taken = Set(library.snapshotTasks.map(\.name))
    for dataset in choices.sources {
      var task = SnapshotTask()
      task.dataset = dataset
      task.recursive = choices.recursive
      task.lifetimeValue = Int(choices.sourceLifetimeValue) ?? 0
      task.lifetimeUnit = choices.sourceLifetimeUnit
      task.schedule = schedule
      if let same = library.snapshotTasks.first(where: { doesTheSame($0, task) }) {
        bound.append(same)
        continue
      }
      task.name = TaskNaming.snapshotTask(dataset, preset: choices.preset, taken: taken)
      taken.insert(task.name)
      new.append(task)
    }
    return (bound, new)
  }

  private static func doesTheSame(_ stored: SnapshotTask, _ wanted: SnapshotTask) -> Bool {
    var renamed = wanted
    renamed.name = stored.name
    return renamed == stored
  }
}
