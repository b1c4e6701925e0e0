internal import ReplicationModel

/// Tells whoever watches a run, and keeps its log.
struct RunTelling: Sendable {
  let records: any RunRecordPort
  let clock: any ClockPort
  let id: RunID
  let onEvent: @Sendable (RunEvent) -> Void

  func tell(_ event: RunEvent) {
    note(event)
    onEvent(event)
  }

  /// Keeps an event in the log.
  func note(_ event: RunEvent) {
    for line in RunLine.lines(event) { log(line) }
  }

  /// The log helps people; a run does not fail because a line of it is lost.
  func log(_ line: String) {
    try? records.log(id, at: clock.now(), line: line)
  }
}
