internal import ReplicationModel

/// Reads a zrepl.yml, with what zrepl left on datasets where that is given; or only that.
struct ZreplReader {
  private var result = ForeignTasks()
  private let traces: ZFSTraces
  private let target: String?
  /// The `root_fs` of sinks that a job of this system sends to, by their listener.
  private var localSinks: [String: String] = [:]

  static func read(_ texts: [String], target: String?) throws(YAMLProblem) -> ForeignTasks {
    let files = texts.filter(isConfiguration)
    let traces = ZFSTraces(texts.filter { !isConfiguration($0) }.joined(separator: "\n"))
    var reader = ZreplReader(traces: traces, target: target)
    if files.isEmpty {
      reader.result = ZreplTraces.read(traces)
    }
    for text in files { try reader.read(text) }
    reader.result.tellToStop(
      "zrepl",
      "Once these are saved, stop zrepl; then zrepl zfs-abstraction release-all takes its holds and bookmarks off, which zferry leaves alone."
    )
    return reader.result
  }

  private init(traces: ZFSTraces, target: String?) {
    self.traces = traces
    self.target = target
  }

  private static func isConfiguration(_ text: String) -> Bool { text.contains("jobs:") }

  private mutating func read(_ text: String) throws(YAMLProblem) {
    var all = try YAMLMapping(text: text)
    let jobs = all.mappings("jobs") ?? []
    for job in jobs { noteSink(job) }
    for job in jobs { read(job: job) }
    result.note(all.finished)
  }

  private mutating func noteSink(_ job: YAMLMapping) {
    var job = job
    guard job.text("type") == "sink", var serve = job.mapping("serve"),
      serve.text("type") == "local", let name = serve.text("listener_name")
    else { return }
    localSinks[name] = job.text("root_fs")
  }

  private mutating func read(job: YAMLMapping) {
    var job = ZreplJob(job)
    switch job.kind {
    case "snap": job.takeSnapshots(traces)
    case "source":
      job.takeSnapshots(traces)
      job.tell(
        "its snapshots are taken here. The task that copies them stands on the other side, and pulls."
      )
    case "push": job.push(traces, target: target, localSinks: localSinks)
    case "pull": job.pull(traces)
    case "sink":
      job.tell(
        "zferry needs nothing to run where copies arrive, only SSH and the rights to receive.")
      job.ignoreAll()
    default: job.reportKind()
    }
    result.tasks += job.tasks
    result.snapshotTasks += job.snapshotTasks
    result.note(job.finished)
  }
}
