public import ReplicationModel

/// A snapshot with what keeps it from being destroyed, as `Listing.ties` lists it.
public struct TiedSnapshot: Hashable, Sendable {
  public var snapshot: Snapshot
  /// How many holds keep it.
  public var holds: Int
  /// Datasets that are clones of it.
  public var clones: [String]
  /// Bytes written between the snapshot before it and this one.
  public var written: UInt64
}

/// Reads what the commands of a close look print.
public enum TiesText {
  /// The snapshots of one dataset, oldest first. A number that cannot be read is a problem, not a
  /// zero: what is destroyed hangs on it.
  public static func snapshots(_ output: [UInt8]) throws(ListingProblem) -> [TiedSnapshot] {
    var ties: [TiedSnapshot] = []
    for line in output.split(separator: UInt8(ascii: "\n")) {
      guard let tie = TiedSnapshot(line) else {
        throw ListingProblem(line: String(decoding: line, as: UTF8.self))
      }
      ties.append(tie)
    }
    return ties.sorted {
      ($0.snapshot.createtxg, $0.snapshot.name) < ($1.snapshot.createtxg, $1.snapshot.name)
    }
  }

  /// Names of datasets, one a line.
  public static func names(_ output: [UInt8]) -> [DatasetName] {
    output.split(separator: UInt8(ascii: "\n"))
      .map { DatasetName(trusted: String(decoding: $0, as: UTF8.self)) }
  }
}

extension TiedSnapshot {
  fileprivate init?(_ line: ArraySlice<UInt8>) {
    let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard columns.count == Listing.tieColumns.count,
      let name = columns[0].split(separator: "@", maxSplits: 1).dropFirst().first,
      // In a list of names these two mean several and from-to; ZFS lets no name have them.
      !name.contains(","), !name.contains("%"),
      let guid = UInt64(columns[1]), let createtxg = UInt64(columns[2]),
      let creation = Int64(columns[3]), let holds = Int(columns[4]),
      let written = UInt64(columns[5])
    else { return nil }
    snapshot = Snapshot(
      name: String(name), guid: GUID(guid), createtxg: createtxg, creation: Instant(creation))
    self.holds = holds
    self.written = written
    clones =
      columns[6] == "-"
      ? [] : columns[6].split(separator: ",").map(String.init)
  }
}
