internal import ReplicationModel

/// What zrepl's snapshots and bookmarks tell where its zrepl.yml is not given.
enum ZreplTraces {
  /// The end of a name in zrepl's own format, with eight digits, six and three zeros.
  private static let timeLength = "20060102_150405_000".utf8.count

  static func read(_ traces: ZFSTraces) -> ForeignTasks {
    var result = ForeignTasks()
    var families: [String: [String: [Int64]]] = [:]
    for (dataset, names) in traces.snapshots {
      for name in names {
        guard let (prefix, moment) = split(name) else { continue }
        families[prefix, default: [:]][dataset, default: []].append(moment)
      }
    }
    for (prefix, moments) in families.sorted(by: { $0.key < $1.key }) {
      for tree in traces.trees(of: Set(moments.keys)) {
        result.snapshotTasks.append(
          snapshotTask(of: tree, prefix, moments[tree.root] ?? [], &result))
      }
    }
    for (job, datasets) in jobs(traces).sorted(by: { $0.key < $1.key }) {
      tellJob(job, traces.trees(of: datasets).map(\.root), &result)
    }
    if result.snapshotTasks.isEmpty {
      result.findings.append(
        .missing("file", "no snapshot is called as zrepl calls them. Give its zrepl.yml."))
    }
    return result
  }

  /// The datasets that each job has sent, by its cursors: `zrepl_CURSOR_G_GUID_J_JOB`.
  private static func jobs(_ traces: ZFSTraces) -> [String: Set<String>] {
    var jobs: [String: Set<String>] = [:]
    for (dataset, names) in traces.bookmarks {
      for name in names where name.hasPrefix("zrepl_CURSOR_G_") {
        let rest = name.dropFirst("zrepl_CURSOR_G_".count)
        guard let guid = rest.firstIndex(of: "_"), rest[guid...].hasPrefix("_J_") else { continue }
        jobs[String(rest[guid...].dropFirst(3)), default: []].insert(dataset)
      }
    }
    return jobs
  }

  private static func tellJob(_ job: String, _ roots: [String], _ result: inout ForeignTasks) {
    result.findings.append(
      .leftOut(
        job,
        "its bookmarks tell that it sent \(roots.prefix(8).joined(separator: ", ")), not where to. Give its zrepl.yml, or make the task with the wizard."
      ))
  }

  private static func snapshotTask(
    of tree: ZFSTraces.Tree, _ prefix: String, _ moments: [Int64], _ result: inout ForeignTasks
  ) -> SnapshotTask {
    let moments = moments.sorted()
    let newest = moments.suffix(20)
    let gap = zip(newest, newest.dropFirst()).map { $1 - $0 }.filter { $0 >= 60 }.min() ?? 86_400
    // A snapshot comes some seconds late.
    let schedule = Schedule.every(gap + 30).schedule
    let lifetime = Lifetime(atLeast: (moments.last ?? 0) - (moments.first ?? 0) + gap)
    let name = tree.root.dashed + "-" + (prefix.hasSuffix("_") ? String(prefix.dropLast()) : prefix)
    result.findings.append(
      .changed(
        name,
        "no zrepl.yml was given. When it runs, and how long they are kept, is read off the \(moments.count) snapshots of `\(tree.root)`. Check both; their names tell the time in UTC."
      ))
    return tree.snapshotTask(name, prefix + "%Y%m%d_%H%M%S_000", schedule, keeping: lifetime)
  }

  private static func split(_ name: Substring) -> (prefix: String, moment: Int64)? {
    guard name.utf8.count > timeLength, name.hasSuffix("_000") else { return nil }
    let start = name.utf8.index(name.utf8.endIndex, offsetBy: -timeLength)
    let time = String(name[start...])
    guard let moment = schema?.instant(of: time, in: .utc) else { return nil }
    return (String(name[..<start]), moment.seconds)
  }

  private static let schema = try? NamingSchema("%Y%m%d_%H%M%S_000")
}
