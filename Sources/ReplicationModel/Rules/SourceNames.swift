extension TaskRule {
  /// Every source is a name that ZFS allows; upstream leaves that to the first run.
  static let sourceNames = TaskRule { draft, _ in
    draft.sourceDatasets.enumerated().compactMap { index, name in
      NameProblem.inDataset(name).map { problem in
        Finding(
          "\(TaskField.sourceDatasets.rawValue).\(index)", code: "source.name",
          problem.message(label: TaskField.sourceDatasets.label, value: name))
      }
    }
  }
}
