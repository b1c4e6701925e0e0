internal import ReplicationModel
internal import ZFSText

/// What a task needs of both sides.
extension Diagnosis {
  func needs(of task: TaskDraft) -> [CheckResult] {
    var results: [CheckResult] = []
    let source = answered(question.sides.source)
    let target = answered(question.sides.target)
    if let source { results.append(sources(of: task, source)) }
    if let target { results += [destination(of: task, target), readonly(of: task, target)] }
    if let source, let target {
      results += [space(for: task, source, target), features(for: task, source, target)]
    }
    if let snapshots = snapshots(of: task) { results.append(snapshots) }
    return results
  }

  /// A side whose `zfs` was asked.
  private func answered(_ side: CheckQuestion.Side) -> SideLook? {
    let look = side == .here ? here : there
    guard let look, look.error == nil else { return nil }
    // A user without the right to see gets words and no rows; that is told as what it is.
    return look.inspection.map { $0.facts.zfsPath != nil && $0.facts.sudoWorks != false } ?? true
      ? look : nil
  }

  private func sources(of task: TaskDraft, _ look: SideLook) -> CheckResult {
    let missing = task.sourceDatasets.filter { look.datasets.rows[$0] == nil }
    guard !missing.isEmpty else {
      return .good(.sources, Amount.count(task.sourceDatasets.count, "dataset"))
    }
    let kind = ZFSFailure(look.datasets.errors)
    guard kind == .datasetMissing else {
      return .bad(
        .sources, kind.rawValue, subject: look.label, detail: look.datasets.errors)
    }
    return .bad(
      .sources, "check.source_missing", subject: look.label,
      detail: missing.joined(separator: ", "))
  }

  private func destination(of task: TaskDraft, _ look: SideLook) -> CheckResult {
    guard let found = look.datasets.nearest(task.targetDataset) else {
      let kind = ZFSFailure(look.datasets.errors)
      return kind == .datasetMissing
        ? .bad(
          .destination, "check.pool_missing", subject: look.label,
          detail: DatasetName(trusted: task.targetDataset).pool)
        : .bad(
          .destination, kind.rawValue, subject: look.label, detail: look.datasets.errors)
    }
    let free = "\(Amount.bytes(found.row.available)) free"
    guard found.name == task.targetDataset else {
      guard !found.row.isVolume else {
        return .bad(.destination, "check.below_volume", subject: look.label, detail: found.name)
      }
      return .good(.destination, "is made in \(found.name), \(free)")
    }
    return .good(.destination, free)
  }

  /// Asked only where the task insists on it. A destination that is yet to be made is made read-only.
  private func readonly(of task: TaskDraft, _ look: SideLook) -> CheckResult {
    guard let row = look.datasets.rows[task.targetDataset], !row.isReadonly else {
      return .good(.readonly)
    }
    return .bad(
      .readonly, "check.readonly_off", subject: look.label, detail: task.targetDataset)
  }

  /// The estimate is what the sources hold and the copies do not; it leaves out what changed places.
  private func space(for task: TaskDraft, _ source: SideLook, _ target: SideLook) -> CheckResult {
    guard let place = target.datasets.nearest(task.targetDataset) else {
      return CheckResult(
        .space, .skipped, code: "check.not_reached", detail: CheckID.destination.title)
    }
    let needed = question.targets(of: task).reduce(UInt64(0)) { sum, pair in
      let have = target.datasets.rows[pair.target]?.used ?? 0
      let used = source.datasets.rows[pair.source]?.used ?? 0
      return sum &+ (used > have ? used - have : 0)
    }
    let free = place.row.available
    guard needed > free else {
      return .good(.space, "\(Amount.bytes(needed)) of \(Amount.bytes(free))")
    }
    // A quota that leaves no more than this is what has to be raised.
    let above = [place.name] + DatasetName(trusted: place.name).ancestors.map(\.text)
    let tight = above.first { name in
      guard let row = target.datasets.rows[name], let quota = row.quota else { return false }
      return quota < row.used || quota - row.used <= free
    }
    let detail = "\(Amount.bytes(needed)) needed, \(Amount.bytes(free)) free"
    return .doubtful(
      .space, tight == nil ? "check.space" : "check.quota", subject: tight ?? place.name,
      detail: detail)
  }

  private func snapshots(of task: TaskDraft) -> CheckResult? {
    if let off = question.snapshotTasks.first(where: { !$0.enabled }) {
      return .bad(.snapshotTask, "check.snapshot_task_off", subject: off.name)
    }
    if let first = question.snapshotTasks.first { return .good(.snapshotTask, first.name) }
    return .doubtful(.snapshotTask, "check.no_snapshot_task", subject: task.name)
  }

  /// Doubts only: a feature that is active on the source's pool may be so because of another dataset.
  private func features(for task: TaskDraft, _ source: SideLook, _ target: SideLook)
    -> CheckResult
  {
    let pool = DatasetName(trusted: task.targetDataset).pool
    let sending = Set(task.sourceDatasets.map { DatasetName(trusted: $0).pool })
    let states = sending.compactMap { source.features.states[$0] }
    guard let theirs = target.features.states[pool], !states.isEmpty else {
      return .doubtful(.features, "check.features_unknown", subject: pool)
    }
    let needed = PoolFeatures.asked.filter { feature in
      states.contains { $0[feature] == "active" } && task.sends(feature)
    }
    let unknown = needed.filter { theirs[$0] == nil }
    let disabled = needed.filter { theirs[$0] == "disabled" }
    if !unknown.isEmpty {
      return .doubtful(
        .features, "check.feature_unknown", subject: pool, detail: unknown.joined(separator: ", "))
    }
    if !disabled.isEmpty {
      return .doubtful(
        .features, "check.feature_off", subject: pool, detail: disabled.joined(separator: ", "))
    }
    return .good(.features, needed.joined(separator: ", "))
  }
}

extension TaskDraft {
  /// Whether a stream with the task's options holds what this feature is about, where it is in use.
  fileprivate func sends(_ feature: String) -> Bool {
    switch feature {
    case "large_blocks": largeBlock
    case "embedded_data": embed
    case "lz4_compress", "zstd_compress": compressed
    default: true
    }
  }
}
