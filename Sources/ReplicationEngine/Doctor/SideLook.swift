internal import ReplicationModel

/// What one side told, or why it told nothing.
struct SideLook: Hashable, Sendable {
  /// `this host`, or `replica@vault`.
  var label: String
  /// All that `zfs version` printed.
  var versionText = ""
  var error: HostError?
  var datasets = DatasetLook()
  var features = PoolFeatures()
  /// Programs that the task needs and the system does not have.
  var missingTools: [String] = []
  /// Of the other system only.
  var inspection: Inspection?

  /// A side that said nothing within the time.
  static func unanswering(_ label: String) -> SideLook {
    SideLook(label: label, error: HostError(.stalled, subject: label))
  }
}

extension CheckQuestion {
  enum Side { case here, there }

  /// Where the source is, and where the destination.
  var sides: (source: Side, target: Side) {
    guard let task, task.transport != .local else { return (.here, .here) }
    return task.direction == .push ? (.here, .there) : (.there, .here)
  }

  /// The datasets that receive the copies.
  func targets(of task: TaskDraft) -> [(source: String, target: String)] {
    let sources = task.sourceDatasets.map { DatasetName(trusted: $0) }
    let mapping = SourceMapping(
      sources: sources, target: DatasetName(trusted: task.targetDataset))
    return sources.map { ($0.text, mapping.target(of: $0).text) }
  }

  /// What has to be known of a side.
  func asked(of side: Side) -> InspectionQuestion {
    guard let task else { return InspectionQuestion() }
    var names: [String] = []
    if side == sides.source { names += task.sourceDatasets }
    if side == sides.target {
      let copies = ([task.targetDataset] + targets(of: task).map(\.target))
        .map { DatasetName(trusted: $0) }
      names += copies.flatMap { [$0] + $0.ancestors }.map(\.text)
    }
    let wanted = Set(names.filter { !$0.isEmpty })
    let pools = Set(wanted.map { DatasetName(trusted: $0).pool })
    return InspectionQuestion(
      datasets: wanted.sorted(), pools: pools.sorted(),
      tools: tools.map(\.rawValue), listener: side == .there ? netcat?.listener : nil)
  }
}
