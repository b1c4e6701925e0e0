extension TaskRule {
  /// No source is itself left out by a bound snapshot task. For a recursive task only the very
  /// same dataset counts, as upstream has it (M23).
  static let sourceInSnapshotTask = TaskRule { draft, context in
    draft.sourceDatasets.enumerated().compactMap { index, source in
      let excluding = draft.boundTasks(in: context).first { _, task in
        task.covers(source)
          && task.exclude.contains { path in
            draft.recursive
              ? path == source
              : DatasetPattern(path).matches(DatasetName(trusted: source))
          }
      }
      return excluding.map { name, _ in
        Finding(
          .sourceDatasets, "\(index)", code: "M23",
          "`\(source)` is left out by the snapshot task `\(name)`. Change that, or bind another.")
      }
    }
  }
}
