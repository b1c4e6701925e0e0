public import ReplicationModel

extension ReplicationRequest {
  /// What a draft asks for; nil where it has errors that `TaskRules` reports.
  ///
  /// `snapshotTasks` are all that are known, by name: those that the draft is bound to select, and all
  /// that cover a source prune it.
  public init?(_ draft: TaskDraft, snapshotTasks: [String: SnapshotTask]) {
    let sources = draft.sourceDatasets.compactMap { try? DatasetName($0) }
    guard sources.count == draft.sourceDatasets.count, !sources.isEmpty,
      let target = try? DatasetName(draft.targetDataset),
      let encryption = TargetEncryption(draft),
      let selection = SnapshotSelection(draft, snapshotTasks: snapshotTasks),
      let retention = Retention(
        draft, snapshotTasks: snapshotTasks.values.sorted { $0.name < $1.name })
    else { return nil }
    self.init(
      task: draft.name, direction: draft.direction, sources: sources, target: target,
      recursive: draft.recursive, exclude: draft.exclude, selection: selection,
      properties: draft.properties, propertiesExclude: draft.propertiesExclude,
      propertiesOverride: draft.propertiesOverride, readonly: draft.readonly,
      fromScratch: draft.allowFromScratch, onConflict: draft.conflict, encryption: encryption,
      replicate: draft.replicate,
      largeBlock: draft.largeBlock, compressed: draft.compressed, embed: draft.embed,
      compression: draft.transport == .ssh ? draft.compression : nil, netcat: Netcat(draft),
      retention: retention)
  }
}

extension SnapshotSelection {
  /// The regular expression, or all naming schemas that bear on the task, with the schedules that
  /// names have to match.
  init?(_ draft: TaskDraft, snapshotTasks: [String: SnapshotTask]) {
    if let regex = draft.nameRegex {
      self = .regex(regex)
      return
    }
    let bound = draft.periodicSnapshotTasks.map { snapshotTasks[$0]?.namingSchema }
    guard bound.allSatisfy({ $0 != nil }) else { return nil }
    let texts = bound.compactMap { $0 } + draft.alsoIncludeNamingSchema + draft.namingSchema
    let schemas = texts.compactMap { try? NamingSchema($0) }
    guard schemas.count == texts.count, !schemas.isEmpty else { return nil }
    let schedules = [draft.restrictSchedule, draft.onlyMatchingSchedule ? draft.schedule : nil]
      .compactMap { $0 }
    let timetables = schedules.compactMap { try? Timetable($0) }
    guard timetables.count == schedules.count else { return nil }
    self = .schemas(schemas, at: timetables)
  }
}
