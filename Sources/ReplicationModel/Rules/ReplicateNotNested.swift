extension TaskRule {
  /// Of whole trees none lies within another (R7, M30).
  static let replicateNotNested = TaskRule { draft, _ in
    guard draft.replicate else { return [] }
    return draft.sourceDatasets.enumerated().compactMap { index, child in
      let parent = draft.sourceDatasets.first { child.utf8.starts(with: ($0 + "/").utf8) }
      return parent.map { parent in
        Finding(
          .sourceDatasets, "\(index)", code: "M30",
          "`\(child)` lies within `\(parent)`, and Full Filesystem Replication copies that whole. "
            + "Leave it out.")
      }
    }
  }
}
