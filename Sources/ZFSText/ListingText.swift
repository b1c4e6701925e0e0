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
      let more = columns.count - Listing.datasetColumns.count
      guard more == 0 || more == 1,
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
      state.isKeyLoaded = columns[12] != "unavailable"
      state.keyLocation = optional(columns[13])
      if more == 1 { state.snapshotsChanged = UInt64(columns[14]) }
      states.append(state)
    }
    return states
  }

  /// What tells a listing of datasets from another one, whatever stands in the columns that are left out.
  public static func fingerprint(datasets output: [UInt8], without columns: Set<String>) -> UInt64 {
    let leftOut = (Listing.datasetColumns + [Listing.changeColumn]).map(columns.contains)
    var print = Fingerprint()
    var column = 0
    output.withUnsafeBufferPointer { bytes in
      for byte in bytes {
        if byte == UInt8(ascii: "\n") {
          column = 0
        } else if byte == UInt8(ascii: "\t") {
          column += 1
        } else if column < leftOut.count, leftOut[column] {
          continue
        }
        print.add(byte: byte)
      }
    }
    return print.value
  }

  /// Adds snapshots and bookmarks to the datasets they belong to; others are left out.
  public static func add(snapshots output: [UInt8], to states: [DatasetState])
    throws(ListingProblem) -> Inventory
  {
    inventory(states, try points(output))
  }

  /// A whole narrow listing.
  public static func points(_ output: [UInt8]) throws(ListingProblem) -> [DatasetPoints] {
    var reader = SnapshotReader()
    reader.take(output[...])
    return try reader.finish()
  }

  /// Puts both listings together; what belongs to none of the datasets is left out.
  public static func inventory(_ states: [DatasetState], _ points: [DatasetPoints]) -> Inventory {
    var states = states
    // Both are in the same order as a rule.
    var next = 0
    lazy var places = Dictionary(states.indices.map { (states[$0].name, $0) }) { $1 }
    for own in points {
      if next >= states.count || states[next].name != own.dataset {
        guard let place = places[own.dataset] else { continue }
        next = place
      }
      if states[next].snapshots.isEmpty, states[next].bookmarks.isEmpty {
        states[next].snapshots = own.snapshots
        states[next].bookmarks = own.bookmarks
      } else {
        // Its rows came in several places.
        var all = DatasetPoints(
          dataset: own.dataset, snapshots: states[next].snapshots + own.snapshots,
          bookmarks: states[next].bookmarks + own.bookmarks)
        all.putInOrder()
        states[next].snapshots = all.snapshots
        states[next].bookmarks = all.bookmarks
      }
      next += 1
    }
    return Inventory(states)
  }

  /// The snapshots of one dataset, oldest first.
  public static func snapshots(_ output: [UInt8]) throws(ListingProblem) -> [Snapshot] {
    let points = try points(output)
    var all = DatasetPoints(
      dataset: DatasetName(trusted: ""), snapshots: points.flatMap(\.snapshots))
    if points.count > 1 { all.putInOrder() }
    return all.snapshots
  }

  /// What keeps each snapshot, by dataset and name.
  public static func marks(_ output: [UInt8])
    throws(ListingProblem) -> [DatasetName: [String: SnapshotMark]]
  {
    var marks: [DatasetName: [String: SnapshotMark]] = [:]
    var lines = OutputLines(output)
    while let line = lines.next() {
      let text = String(decoding: line, as: UTF8.self)
      let columns = text.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count == Listing.markColumns.count, let mark = columns[0].firstIndex(of: "@"),
        let guid = UInt64(columns[1])
      else { throw ListingProblem(line: text) }
      let name = String(columns[0][columns[0].index(after: mark)...])
      // What cannot be read counts as held: when in doubt it stays.
      marks[DatasetName(trusted: String(columns[0][..<mark])), default: [:]][name] = SnapshotMark(
        guid: GUID(guid), isHeld: UInt64(columns[2]) != 0,
        isCloned: optional(String(columns[3])) != nil)
    }
    return marks
  }

  private static func optional(_ text: String) -> String? {
    text == "-" || text.isEmpty || text == "none" ? nil : text
  }
}

/// The lines of an output one by one. A list of all of them would be as large as what is made of it.
private struct OutputLines: IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ output: [UInt8]) { rest = output[...] }

  /// The next line that is not empty.
  mutating func next() -> ArraySlice<UInt8>? {
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let line = rest[..<end]
      rest = rest[end...].dropFirst()
      if !line.isEmpty { return line }
    }
    return nil
  }
}
