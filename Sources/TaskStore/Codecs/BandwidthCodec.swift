internal import ReplicationModel

extension YAMLMapping {
  /// Limits by the time of day: `- {begin: "08:00", end: "18:00", limit: 10M}`.
  mutating func bandwidth(_ key: String) -> [BandwidthWindow]? {
    guard let rows = mappings(key) else { return nil }
    return rows.map { row in
      var row = row
      let window = BandwidthWindow(
        begin: row.text("begin") ?? "", end: row.text("end") ?? "",
        limit: row.text("limit") ?? "")
      absorb(row)
      return window
    }
  }
}

extension YAMLWriter {
  mutating func bandwidth(_ key: String, _ windows: [BandwidthWindow]) {
    mappings(
      key,
      windows.map { window in
        var row = YAMLWriter()
        row.text("begin", window.begin)
        row.text("end", window.end)
        row.text("limit", window.limit)
        return row
      })
  }
}
