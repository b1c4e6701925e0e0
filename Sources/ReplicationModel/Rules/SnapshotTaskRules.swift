/// The rules of a snapshot task that need no host (engine.md 2.5).
///
/// That the dataset exists is for the host to say. Who is bound to the task is not known here, so
/// disabling or deleting it is checked where that is done.
public enum SnapshotTaskRules {
  /// Every finding, in the order of the fields.
  public static func findings(for task: SnapshotTask) -> [Finding] {
    name(task) + dataset(task) + exclude(task) + lifetime(task) + schema(task)
      + PlacedSchedule(
        path: SnapshotTaskField.schedule.rawValue, label: SnapshotTaskField.schedule.label,
        task.schedule
      ).allFindings
  }

  private static func name(_ task: SnapshotTask) -> [Finding] {
    guard let problem = FileName.problem(with: task.name) else { return [] }
    return [Finding(snapshotTask: .name, code: problem.code, problem.words)]
  }

  private static func dataset(_ task: SnapshotTask) -> [Finding] {
    guard let problem = NameProblem.inDataset(task.dataset) else { return [] }
    let field = SnapshotTaskField.dataset
    return [
      Finding(
        field.rawValue, code: problem == .empty ? "dataset.required" : "dataset.name",
        problem.message(label: field.label, value: task.dataset))
    ]
  }

  private static func exclude(_ task: SnapshotTask) -> [Finding] {
    guard !task.exclude.isEmpty else { return [] }
    guard task.recursive else {
      return [
        Finding(
          snapshotTask: .exclude, code: "exclude.not_recursive",
          "has no use here: nothing below the dataset is snapshotted. Turn on Recursive, or "
            + "empty it.")
      ]
    }
    return task.exclude.enumerated().compactMap { index, text in
      guard !DatasetPattern(text).canLieBelow(task.dataset) else { return nil }
      return Finding(
        snapshotTask: .exclude, "\(index)", code: "exclude.outside",
        "names `\(text)`, which is not below the dataset. Correct it, or leave it out.")
    }
  }

  private static func lifetime(_ task: SnapshotTask) -> [Finding] {
    guard task.lifetimeValue < 1 else { return [] }
    return [
      Finding(
        snapshotTask: .lifetimeValue, code: "M48",
        "is \(task.lifetimeValue), and has to be 1 or more. Correct it.")
    ]
  }

  private static func schema(_ task: SnapshotTask) -> [Finding] {
    let field = SnapshotTaskField.namingSchema
    return NamingSchemaProblem.of(task.namingSchema).map { problem in
      [Finding(field.rawValue, code: problem.code, "\(field.label): \(problem.message)")]
    } ?? []
  }
}
