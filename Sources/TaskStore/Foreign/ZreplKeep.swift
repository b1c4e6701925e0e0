internal import ReplicationModel

/// The rules of zrepl's pruning for one side, as one lifetime: a snapshot that any rule keeps is kept.
struct ZreplKeep {
  /// Nil where no rule says how long.
  private(set) var lifetime: Lifetime?
  /// Whether what was not sent yet is kept.
  private(set) var keepsUnsent = false
  private(set) var findings: [Finding] = []

  /// `interval` is between two snapshots, where that is known.
  init(_ rows: [YAMLMapping], prefix: String, interval: Int64?) {
    var longest: Int64 = 0
    var isGrid = false
    for row in rows {
      var row = row
      let kind = row.text("type") ?? ""
      switch kind {
      case "not_replicated":
        keepsUnsent = true
        row.ignore("keep_snapshot_at_cursor")
      case "grid":
        row.ignore("regex")
        guard let age = row.text("grid").flatMap(ZreplText.age(ofGrid:)) else {
          row.report("grid", "has to be a grid as `24x1h | 30x1d`")
          break
        }
        longest = max(longest, age)
        isGrid = true
      case "last_n":
        row.ignore("regex")
        let count = Int64(row.int("count") ?? 1)
        guard let interval, (1...1_000_000).contains(count) else {
          findings.append(
            .leftOut(
              row.path("count"), "zferry keeps by age, and no interval tells how old they get."))
          break
        }
        longest = max(longest, count * interval)
        findings.append(
          .changed(
            row.path("count"), "zferry keeps by age: as long as \(count) of them take to come."))
      case "regex":
        let isNegated = row.bool("negate") ?? false
        if !isNegated, ZreplText.mayMatch(row.text("regex") ?? "", prefix) {
          longest = Lifetime.forEver.seconds
          findings.append(
            .changed(
              row.path("regex"), "it keeps what it matches for ever, so all are kept for ever."))
        } else {
          // zferry lets go of nothing that its own schema does not match.
          row.ignore("regex")
        }
      default: row.report("type", "is no rule that zferry knows: `\(kind)`")
      }
      findings += row.finished
    }
    guard longest > 0 else { return }
    let day = Lifetime.Unit.day.seconds
    // Of what is kept for weeks nobody counts the hours.
    let lifetime = Lifetime(
      atLeast: longest > 7 * day ? (longest + day - 1) / day * day : longest)
    self.lifetime = lifetime
    if isGrid, let row = rows.first {
      findings.append(
        .changed(
          row.path("grid"),
          "zferry does not thin a grid. It keeps each snapshot as long as the grid kept its last: \(lifetime.value) \(lifetime.unit.rawValue.lowercased())\(lifetime.value == 1 ? "" : "s"). Shorten it, with further lifetimes for some."
        ))
    }
  }
}
