public import ReplicationModel

extension RetentionSetup {
  /// What a draft sets up for one of its source datasets; nil where the draft has errors that
  /// `TaskRules` reports.
  ///
  /// `snapshotTasks` are all that are stored: those that the draft is bound to trigger its runs,
  /// and all that cover the dataset take and prune its snapshots.
  public init?(
    _ draft: TaskDraft, source: DatasetState, target: DatasetState?, snapshotTasks: [SnapshotTask]
  ) {
    let byName = Dictionary(snapshotTasks.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    guard let selection = SnapshotSelection(draft, snapshotTasks: byName),
      let retention = Retention(
        draft, snapshotTasks: snapshotTasks.filter { $0.covers(source.name) })
    else { return nil }
    let trigger: Trigger =
      if !draft.enabled || !draft.auto {
        .byHand
      } else if let schedule = draft.schedule {
        .schedule(schedule)
      } else {
        draft.direction == .push ? .snapshotTasks(draft.periodicSnapshotTasks) : .byHand
      }
    self.init(
      source: source.snapshots, target: target?.snapshots ?? [], bookmarks: source.bookmarks,
      selection: selection, trigger: trigger, retention: retention)
  }
}

extension SnapshotTask {
  /// Whether it takes snapshots of a dataset: its own, or one below it that is not left out.
  func covers(_ name: DatasetName) -> Bool {
    guard let root = try? DatasetName(dataset) else { return false }
    if name == root { return true }
    return recursive && name.isWithin(root)
      && !exclude.contains { DatasetPattern($0).matches(name) }
  }
}
