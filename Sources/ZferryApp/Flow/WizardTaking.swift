import ReplicationModel

extension WizardChoices {
  /// The choices that come nearest to a task, and the fields of it that the wizard cannot hold.
  ///
  /// What is lost is found by making the task anew: so it is true whatever the wizard learns.
  static func taking(
    _ order: TaskOrder, in library: Library
  ) -> (choices: WizardChoices, lost: [TaskField]) {
    let choices = nearest(to: order, in: library)
    let again = Composer.compose(choices, in: library).task
    let lost = TaskField.allCases.filter { field in
      field.isSet(in: order.task) && field.value(in: order.task) != field.value(in: again)
    }
    return (choices, lost)
  }

  private static func nearest(to order: TaskOrder, in library: Library) -> WizardChoices {
    let task = order.task
    var choices = WizardChoices()
    let isPull = task.direction == .pull && task.transport != .local
    choices.sourceLocation = isPull ? .remote : .local
    if !isPull { choices.destinationLocation = task.transport == .local ? .local : .remote }
    choices.connection = task.transport == .local ? nil : task.connection
    choices.sudo = choices.needsConnection && task.sudo
    choices.security =
      choices.needsConnection && task.transport == .sshNetcat ? .plain : .encrypted
    choices.takeEncryption(task)
    choices.sources = task.sourceDatasets
    choices.recursive = task.recursive
    choices.destination = task.targetDataset
    choices.method = task.auto ? .schedule : .once
    choices.readonlyOnce = task.auto || task.readonly == .set
    choices.retention = task.retentionPolicy
    if task.retentionPolicy == .custom {
      choices.lifetimeValue = task.lifetimeValue.map { "\($0)" } ?? ""
      choices.lifetimeUnit = task.lifetimeUnit ?? choices.lifetimeUnit
    }
    choices.selectSnapshots(task)
    choices.takeTimes(order)
    choices.taskName = task.name
    let suggestion = TaskNaming.suggestion(
      for: choices, taken: Set(library.tasks.map(\.name)))
    choices.nameIsTyped = !task.name.isEmpty && task.name != suggestion
    return choices
  }

  private mutating func takeEncryption(_ task: TaskDraft) {
    guard task.encryption else { return }
    encryption.isOn = true
    encryption.inherits = task.encryptionInherit == true
    guard !encryption.inherits else { return }
    encryption.format = task.encryptionKeyFormat ?? encryption.format
    encryption.keyLocation = task.encryptionKeyLocation ?? ""
    if encryption.format == .passphrase {
      encryption.passphrase = task.encryptionKey ?? encryption.passphrase
    }
  }

  private mutating func selectSnapshots(_ task: TaskDraft) {
    if let regex = task.nameRegex {
      selection = .regex
      nameRegex = regex
      customSnapshots = !isPull
    } else if isPull {
      namingSchema = task.namingSchema.first ?? namingSchema
    } else if let schema = task.alsoIncludeNamingSchema.first,
      method == .schedule || schema != Self.defaultSchema
    {
      customSnapshots = true
      namingSchema = schema
    }
  }

  /// A bound snapshot task says when, and how long its snapshots stay.
  private mutating func takeTimes(_ order: TaskOrder) {
    let made = (order.snapshotTasks + order.boundTasks).first
    if let made, makesSnapshotTasks {
      sourceLifetimeValue = "\(made.lifetimeValue)"
      sourceLifetimeUnit = made.lifetimeUnit
    }
    guard method == .schedule, let schedule = made?.schedule ?? order.task.schedule else { return }
    preset = Preset(schedule)
    if preset == .custom { cron = schedule.cron }
    begin = schedule.begin
    end = schedule.end
  }
}
