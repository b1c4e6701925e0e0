public import ReplicationModel

extension SnapshotTask {
  /// What the lifetimes of snapshot tasks let go of the datasets of this one that no task copies or
  /// writes to: there nobody else prunes. What a task copies is let go by its own runs, which know what
  /// has arrived.
  ///
  /// `tasks` are all snapshot tasks, of which the longest lifetime counts, and `uses` are all
  /// replication tasks there are, enabled or not: where one of them cannot be read, nothing is to be asked.
  public func retention(
    in inventory: Inventory, among tasks: [SnapshotTask], uses: [TaskDraft], at now: Instant,
    allowsMany: Bool = false, zone: Zone
  ) -> RetentionPlan {
    let rules = RetentionRules(
      Retention(snapshotTasks: tasks), .schemas([], at: []), zone: zone)
    let members = inventory.tree(DatasetName(trusted: dataset)).filter { state in
      enabled && covers(state.name) && state.resumeToken == nil
        && !uses.contains { $0.concerns(here: state.name) }
    }
    return RetentionPlan(
      shares: members.map { state in
        RetentionPlan.Share(
          side: .source, source: state.name, dataset: state.name, snapshots: state.snapshots,
          fates: rules.decide(
            uncopied: state, rules.owners(of: state.name), at: now, many: allowsMany))
      })
  }

  /// Whether tasks concern all of its datasets, whichever there are: then there is nothing to look for.
  public func isAllOf(_ uses: [TaskDraft]) -> Bool {
    let root = DatasetName(trusted: dataset)
    return uses.contains { task in
      task.concerns(here: root) && (!recursive || (task.takesTree && task.exclude.isEmpty))
    }
  }
}

extension TaskDraft {
  /// Whether all below a source is copied with it.
  fileprivate var takesTree: Bool { recursive || replicate }

  /// Whether the task copies a dataset of this system, or writes to it.
  func concerns(here dataset: DatasetName) -> Bool {
    if transport == .local || direction == .push {
      let isBelow = sourceDatasets.contains { text in
        let source = DatasetName(trusted: text)
        return takesTree ? dataset.isWithin(source) : dataset == source
      }
      let isLeftOut = takesTree && exclude.contains { DatasetPattern($0).matches(dataset) }
      if isBelow, !isLeftOut { return true }
    }
    guard transport == .local || direction == .pull else { return false }
    return dataset.isWithin(DatasetName(trusted: targetDataset))
  }
}
