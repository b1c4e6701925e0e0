internal import ReplicationEngine
internal import ReplicationModel

/// `status --prometheus`: the text exposition format. Metrics are only ever added.
enum PrometheusText {
  static func text(_ rows: [TaskStatus], lastTick: Instant?) -> String {
    var text = ""
    func metric(_ name: String, _ help: String, _ samples: [(labels: String, value: String)]) {
      guard !samples.isEmpty else { return }
      text += "# HELP zferry_\(name) \(help)\n# TYPE zferry_\(name) gauge\n"
      for sample in samples { text += "zferry_\(name)\(sample.labels) \(sample.value)\n" }
    }
    func each(_ value: (TaskStatus) -> Int64?) -> [(labels: String, value: String)] {
      rows.compactMap { row in value(row).map { ("{task=\"\(escaped(row.name))\"}", "\($0)") } }
    }
    metric("task_enabled", "Whether the task is enabled.", each { $0.enabled ? 1 : 0 })
    metric(
      "task_state", "1 for the state the task is at, 0 for the others.",
      rows.flatMap { row in
        TaskState.allCases.map { state in
          (
            "{task=\"\(escaped(row.name))\",state=\"\(state.rawValue)\"}",
            row.state == state ? "1" : "0"
          )
        }
      })
    metric(
      "task_lag_seconds", "Age of the newest snapshot that both sides hold.", each(\.lagSeconds))
    metric(
      "task_lag_bytes", "Bytes that had yet to be sent when a run last looked.",
      each { $0.lagBytes.map { Int64(clamping: $0) } })
    metric(
      "task_last_run_timestamp_seconds", "When the last run began.", each { $0.lastRun?.seconds })
    metric(
      "task_last_success_timestamp_seconds",
      "When the last run began that left the copy up to date.", each { $0.lastSuccess?.seconds })
    metric(
      "task_next_run_timestamp_seconds", "When the task runs next by itself.",
      each { $0.nextRun?.seconds })
    metric(
      "last_tick_timestamp_seconds", "When the timer last looked at the tasks.",
      lastTick.map { [("", "\($0.seconds)")] } ?? [])
    return text
  }

  /// A label's value: the format knows three escapes.
  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
  }
}
