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
      state.isKeyLoaded = columns[12] != "unavailable"
      state.keyLocation = optional(columns[13])
      states.append(state)
    }
    return states
  }

  /// Adds snapshots and bookmarks to the datasets they belong to; others are left out.
  public static func add(snapshots output: [UInt8], to states: [DatasetState])
    throws(ListingProblem) -> Inventory
  {
    var states = states
    let places = Dictionary(states.indices.map { (states[$0].name.text, $0) }) { $1 }
    // The rows of a dataset follow each other: its name is looked up once for all of them.
    var dataset: ArraySlice<UInt8> = []
    var place: Int?
    var lines = OutputLines(output)
    while let line = lines.next() {
      guard let row = SnapshotRow(line) else {
        throw ListingProblem(line: String(decoding: line, as: UTF8.self))
      }
      if row.dataset != dataset {
        dataset = row.dataset
        place = places[String(decoding: dataset, as: UTF8.self)]
      }
      guard let place else { continue }
      if row.isBookmark {
        states[place].bookmarks.append(row.bookmark)
      } else {
        states[place].snapshots.append(row.snapshot)
      }
    }
    for index in states.indices {
      states[index].snapshots.putInOrder {
        ($0.createtxg, $0.name) < ($1.createtxg, $1.name)
      }
      states[index].bookmarks.putInOrder {
        ($0.createtxg, $0.name) < ($1.createtxg, $1.name)
      }
    }
    return Inventory(states)
  }

  /// The snapshots of one dataset, oldest first.
  public static func snapshots(_ output: [UInt8]) throws(ListingProblem) -> [Snapshot] {
    var snapshots: [Snapshot] = []
    var lines = OutputLines(output)
    while let line = lines.next() {
      guard let row = SnapshotRow(line) else {
        throw ListingProblem(line: String(decoding: line, as: UTF8.self))
      }
      if !row.isBookmark { snapshots.append(row.snapshot) }
    }
    return snapshots.sorted { ($0.createtxg, $0.name) < ($1.createtxg, $1.name) }
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

extension Array {
  /// Sorts what is not in order. `zfs list` has its rows in order as a rule, and a look costs less.
  fileprivate mutating func putInOrder(by precedes: (Element, Element) -> Bool) {
    if !zip(self, dropFirst()).allSatisfy({ !precedes($1, $0) }) { sort(by: precedes) }
  }
}

/// One line of the narrow listing, read in place.
private struct SnapshotRow {
  let dataset: ArraySlice<UInt8>
  let name: String
  let isBookmark: Bool
  let guid: GUID
  let createtxg: UInt64
  let creation: Instant

  init?(_ line: ArraySlice<UInt8>) {
    // From the end: the three numbers, then the name, which may hold spaces.
    var whole = line
    guard let creation = Self.lastNumber(of: &whole),
      let createtxg = Self.lastNumber(of: &whole), let guid = Self.lastNumber(of: &whole),
      let mark = whole.firstIndex(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "#") })
    else { return nil }
    dataset = whole[..<mark]
    name = String(decoding: whole[(mark + 1)...], as: UTF8.self)
    isBookmark = whole[mark] == UInt8(ascii: "#")
    self.creation = Instant(Int64(clamping: creation))
    self.createtxg = createtxg
    self.guid = GUID(guid)
  }

  var snapshot: Snapshot {
    Snapshot(name: name, guid: guid, createtxg: createtxg, creation: creation)
  }

  var bookmark: Bookmark {
    Bookmark(name: name, guid: guid, createtxg: createtxg, creation: creation)
  }

  /// Takes the last column off a line, which has to be a number.
  private static func lastNumber(of line: inout ArraySlice<UInt8>) -> UInt64? {
    guard let tab = line.lastIndex(of: UInt8(ascii: "\t")) else { return nil }
    defer { line = line[..<tab] }
    return number(line[(tab + 1)...])
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
