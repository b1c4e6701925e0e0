internal import ReplicationModel

/// The `snapshotting` of a zrepl job.
struct ZreplSnapshotting {
  /// Nil where zrepl takes none by itself.
  private(set) var schedule: Schedule?
  private(set) var schema = Self.standard
  private(set) var prefix = "zrepl_"
  /// Seconds between two snapshots; nil where a cron line says when.
  private(set) var interval: Int64?
  private(set) var findings: [Finding] = []

  private static let standard = "zrepl_%Y%m%d_%H%M%S_000"

  init(_ row: YAMLMapping?) {
    guard var row else { return }
    let kind = row.text("type") ?? "periodic"
    prefix = row.text("prefix") ?? (kind == "manual" ? "" : prefix)
    switch kind {
    case "manual": break
    case "cron":
      let text = row.text("cron") ?? ""
      schedule = Self.schedule(cron: text)
      if schedule == nil { row.report("cron", "has to be five cron fields, not `\(text)`") }
    case "periodic":
      let text = row.text("interval") ?? ""
      if let seconds = ZreplText.seconds(text) {
        interval = seconds
        let fitting = Schedule.every(seconds)
        schedule = fitting.schedule
        if !fitting.isExact {
          findings.append(
            .changed(row.path("interval"), "no cron line comes every \(text). It comes more often.")
          )
        }
      } else {
        row.report("interval", "has to be a time as 10m or 1h, not `\(text)`")
      }
    default: row.report("type", "has to be one of periodic, cron, manual, not `\(kind)`")
    }
    readFormat(&row)
    findings += row.finished
  }

  private mutating func readFormat(_ row: inout YAMLMapping) {
    let format = row.text("timestamp_format") ?? "dense"
    let place = row.text("timestamp_location") ?? "UTC"
    guard let time = ZreplText.schema(format) else {
      schema = prefix + "%Y-%m-%d_%H-%M"
      findings.append(
        .changed(
          row.path("timestamp_format"),
          "zferry does not write it, and takes those there are for somebody else's."))
      return
    }
    schema = prefix + time
    if format.lowercased() == "iso-8601" {
      findings.append(
        .changed(
          row.path("timestamp_format"), "zferry names whole seconds, and knows only names that do.")
      )
    }
    guard schedule != nil, format.lowercased() != "unix-seconds", place.uppercased() == "UTC" else {
      return
    }
    findings.append(
      .changed(
        row.path("timestamp_location"),
        "names tell the time in UTC, and zferry reads them by this system's clock. Unless that is UTC, run its timer with TZ=UTC."
      ))
  }

  private static func schedule(cron text: String) -> Schedule? {
    Schedule(cronName: text)
      ?? ShellLine("\(text) run", calling: ["run"])?.schedule
  }
}
