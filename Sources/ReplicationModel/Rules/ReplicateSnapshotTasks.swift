extension TaskRule {
  /// A whole tree's snapshots are made by recursive tasks on it or above it (R8, M31).
  static let replicateSnapshotTasks = TaskRule { draft, context in
    guard draft.replicate, draft.direction == .push else { return [] }
    return draft.periodicSnapshotTasks.enumerated().compactMap { index, name in
      guard let task = context.snapshotTasks[name] else { return nil }
      guard !(task.recursive && draft.sourceDatasets.contains(where: task.covers)) else {
        return nil
      }
      return Finding(
        .periodicSnapshotTasks, "\(index)", code: "M31",
        "names `\(name)`, which does not snapshot a whole source. Bind a recursive task of it.")
    }
  }
}
