public import ReplicationModel

/// A line of a listing that cannot be read: `zfs` is not what we take it for, so nothing is guessed.
public struct ListingProblem: Error, Hashable, Sendable {
  public var line: String
  public init(line: String) { self.line = line }
}

/// Reads what the two commands of `Listing` print.
public enum ListingText {
  /// Datasets, without their snapshots.
  public static func datasets(_ output: [UInt8]) throws(ListingProblem) -> [DatasetState] {
    var states: [DatasetState] = []
    var parentIsReadonly: [String: Bool] = [:]
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard columns.count == Listing.datasetColumns.count,
        let kind = DatasetState.Kind(rawValue: columns[1]), let guid = UInt64(columns[2])
      else { throw ListingProblem(line: String(decoding: line, as: UTF8.self)) }
      let name = DatasetName(trusted: columns[0])
      var state = DatasetState(name: name, kind: kind, guid: GUID(guid))
      state.isReadonly = columns[3] == "on"
      // `zfs list` does not tell where a value comes from. What differs from its parent was set
      // here; that is all the planner needs to know.
      state.readonlyIsLocal =
        state.isReadonly != (name.parent.flatMap { parentIsReadonly[$0.text] } ?? false)
      parentIsReadonly[name.text] = state.isReadonly
      state.resumeToken = optional(columns[4])
      state.isEncrypted = columns[5] != "off" && columns[5] != "-"
      state.encryptionRoot = optional(columns[6])
      state.written = UInt64(columns[7]) ?? 0
      state.referenced = UInt64(columns[8]) ?? 0
      state.used = UInt64(columns[9]) ?? 0
      state.available = UInt64(columns[10]) ?? 0
      state.origin = optional(columns[11])
      states.append(state)
    }
    return states
  }

  /// Adds snapshots and bookmarks to the datasets they belong to; others are left out.
  public static func add(snapshots output: [UInt8], to states: [DatasetState])
    throws(ListingProblem) -> Inventory
  {
    var lists: [String: (snapshots: [Snapshot], bookmarks: [Bookmark])] = [:]
    for state in states { lists[state.name.text] = ([], []) }
    for line in output.split(separator: UInt8(ascii: "\n")) {
      guard let row = SnapshotRow(line) else {
        throw ListingProblem(line: String(decoding: line, as: UTF8.self))
      }
      if row.isBookmark {
        lists[row.dataset]?.bookmarks.append(
          Bookmark(
            name: row.name, guid: row.guid, createtxg: row.createtxg, creation: row.creation))
      } else {
        lists[row.dataset]?.snapshots.append(row.snapshot)
      }
    }
    return Inventory(
      states.map { state in
        var state = state
        let list = lists[state.name.text]
        state.snapshots = (list?.snapshots ?? []).sorted {
          ($0.createtxg, $0.name) < ($1.createtxg, $1.name)
        }
        state.bookmarks = (list?.bookmarks ?? []).sorted {
          ($0.createtxg, $0.name) < ($1.createtxg, $1.name)
        }
        return state
      })
  }

  /// The snapshots of one dataset, oldest first.
  public static func snapshots(_ output: [UInt8]) throws(ListingProblem) -> [Snapshot] {
    var snapshots: [Snapshot] = []
    for line in output.split(separator: UInt8(ascii: "\n")) {
      guard let row = SnapshotRow(line) else {
        throw ListingProblem(line: String(decoding: line, as: UTF8.self))
      }
      if !row.isBookmark { snapshots.append(row.snapshot) }
    }
    return snapshots.sorted { ($0.createtxg, $0.name) < ($1.createtxg, $1.name) }
  }

  private static func optional(_ text: String) -> String? {
    text == "-" || text.isEmpty || text == "none" ? nil : text
  }
}

/// One line of the narrow listing, read in place.
private struct SnapshotRow {
  let dataset: String
  let name: String
  let isBookmark: Bool
  let guid: GUID
  let createtxg: UInt64
  let creation: Instant

  init?(_ line: ArraySlice<UInt8>) {
    // From the end: the three numbers, then the name, which may hold spaces.
    var end = line.endIndex
    var numbers: [UInt64] = []
    for _ in 0..<3 {
      guard let tab = line[..<end].lastIndex(of: UInt8(ascii: "\t")),
        let number = Self.number(line[(tab + 1)..<end])
      else { return nil }
      numbers.append(number)
      end = tab
    }
    let whole = line[..<end]
    guard
      let mark = whole.firstIndex(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "#") })
    else { return nil }
    dataset = String(decoding: whole[..<mark], as: UTF8.self)
    name = String(decoding: whole[(mark + 1)...], as: UTF8.self)
    isBookmark = whole[mark] == UInt8(ascii: "#")
    creation = Instant(Int64(clamping: numbers[0]))
    createtxg = numbers[1]
    guid = GUID(numbers[2])
  }

  var snapshot: Snapshot {
    Snapshot(name: name, guid: guid, createtxg: createtxg, creation: creation)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    guard !digits.isEmpty, digits.count <= 20 else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooLargeToo) = product.addingReportingOverflow(UInt64(byte - 0x30))
      if tooLarge || tooLargeToo { return nil }
      value = sum
    }
    return value
  }
}
