internal import ReplicationModel

/// Reads lines that call zfs-autobackup, with the properties that say which datasets each call takes.
enum AutobackupReader {
  private static let programs: Set<Substring> = ["zfs-autobackup", "zfs_autobackup"]

  static func read(_ text: String) -> ForeignTasks {
    var result = ForeignTasks()
    var calls: [AutobackupCall] = []
    var others: [Substring] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let found = ShellLine(line, calling: programs) {
        calls.append(AutobackupCall(found, prefix: "line \(number + 1)."))
      } else {
        others.append(line)
      }
    }
    let traces = ZFSTraces(others.joined(separator: "\n"))
    let called = Set(calls.map(\.property))
    for property in Set(traces.properties.map(\.name)).subtracting(called).sorted()
    where property.hasPrefix(AutobackupCall.standardProperty) {
      calls.append(AutobackupCall(property: property))
    }
    for call in calls {
      let made = call.tasks(traces)
      result.tasks += made.tasks
      result.snapshotTasks += made.snapshotTasks
      result.findings += made.findings
    }
    if calls.isEmpty {
      result.findings.append(
        .missing(
          "file",
          "no line calls zfs-autobackup, and no property selects datasets for it. Give either."))
    }
    result.tellToStop(
      "zfs-autobackup",
      "Once these are saved, take it out of the crontab. Its holds keep snapshots until zfs release takes them off."
    )
    return result
  }
}
