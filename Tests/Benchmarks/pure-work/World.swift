import ReplicationModel

/// Datasets and snapshots as a listing would tell them, the same each time.
enum World {
  static let source = DatasetName(trusted: "tank/data")
  static let target = DatasetName(trusted: "backup/data")
  static let schema = "auto-%Y-%m-%d_%H-%M"
  static let begin = Instant(CivilTime(year: 2020, month: 1, day: 1).secondsAsUTC)

  /// One an hour, oldest first.
  static func snapshots(_ count: Int) -> [Snapshot] {
    guard let schema = try? NamingSchema(schema) else { return [] }
    return (0..<count).map { hour in
      let time = begin + Int64(hour) * 3600
      return Snapshot(
        name: schema.name(at: time, in: .utc),
        guid: GUID(UInt64(hour) &* 0x9E37_79B9_7F4A_7C15 | 1),
        createtxg: UInt64(100 + hour * 10), creation: time)
    }
  }

  /// `root` and children below it, so many datasets in all.
  static func inventory(_ root: DatasetName, datasets: Int, snapshots count: Int) -> Inventory {
    let snapshots = snapshots(count)
    // No dataset is another one's twin: that would be a task within itself.
    let number: UInt64 = root == source ? 1 : 2
    return Inventory(
      (0..<datasets).map { index in
        DatasetState(
          name: index == 0 ? root : DatasetName(trusted: "\(root.text)/d\(index)"),
          guid: GUID(number << 32 | UInt64(index)), snapshots: snapshots, isReadonly: true)
      })
  }
}
