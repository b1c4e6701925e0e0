public import ReplicationModel

/// What the narrow listing told of one dataset.
public struct DatasetPoints: Hashable, Sendable {
  public var dataset: DatasetName
  /// By createtxg, oldest first.
  public var snapshots: [Snapshot]
  /// By createtxg, oldest first.
  public var bookmarks: [Bookmark]

  public init(dataset: DatasetName, snapshots: [Snapshot] = [], bookmarks: [Bookmark] = []) {
    self.dataset = dataset
    self.snapshots = snapshots
    self.bookmarks = bookmarks
  }

  /// Sorts what is not in order. `zfs list` has its rows in order as a rule, and a look costs less.
  mutating func putInOrder() {
    snapshots.putInOrder { ($0.createtxg, $0.name) < ($1.createtxg, $1.name) }
    bookmarks.putInOrder { ($0.createtxg, $0.name) < ($1.createtxg, $1.name) }
  }
}

/// Reads the narrow listing as it comes, in pieces that are cut anywhere: the text of a million
/// snapshots is never in memory at once, and no string is made for a name that was there before.
public struct SnapshotReader: Sendable {
  private var found: [DatasetPoints] = []
  private var current: DatasetPoints?
  private var currentName: [UInt8] = []
  private var names = SharedNames()
  /// The beginning of a line whose end has not come yet.
  private var rest: [UInt8] = []
  private var problem: ListingProblem?

  public init() {}

  /// Reads what came. After a line that cannot be read nothing counts any more.
  public mutating func take(_ piece: ArraySlice<UInt8>) {
    var piece = piece
    if !rest.isEmpty {
      guard let end = piece.firstIndex(of: .newline) else {
        rest += piece
        return
      }
      rest += piece[...end]
      read(rest[...])
      rest = []
      piece = piece[(end + 1)...]
    }
    guard let end = piece.lastIndex(of: .newline) else {
      rest = Array(piece)
      return
    }
    read(piece[...end])
    rest = Array(piece[(end + 1)...])
  }

  /// What was found, a dataset once for each time that its rows began.
  public mutating func finish() throws(ListingProblem) -> [DatasetPoints] {
    if !rest.isEmpty { take([.newline]) }
    keepCurrent()
    if let problem { throw problem }
    return found
  }

  /// Reads whole lines.
  private mutating func read(_ lines: ArraySlice<UInt8>) {
    lines.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count, problem == nil {
        if bytes[at] == .newline {
          at += 1
          continue
        }
        let start = at
        if !readRow(bytes, &at) {
          let line = bytes[start...].prefix { $0 != .newline }
          problem = ListingProblem(line: String(decoding: line, as: UTF8.self))
        }
      }
    }
  }

  /// `dataset@name`, its guid, its createtxg and its creation, with tabs between them.
  private mutating func readRow(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Bool {
    guard let mark = readDataset(bytes, at) else { return false }
    let name = mark + 1
    var end = name
    while bytes[end] != .tab, bytes[end] != .newline { end += 1 }
    at = end
    guard let guid = readNumber(bytes, &at), let createtxg = readNumber(bytes, &at),
      let creation = readNumber(bytes, &at), bytes[at] == .newline
    else { return false }
    at += 1
    let text = names.string(bytes[name..<end])
    let moment = Instant(Int64(clamping: creation))
    if bytes[mark] == UInt8(ascii: "@") {
      current?.snapshots.append(
        Snapshot(name: text, guid: GUID(guid), createtxg: createtxg, creation: moment))
    } else {
      current?.bookmarks.append(
        Bookmark(name: text, guid: GUID(guid), createtxg: createtxg, creation: moment))
    }
    return true
  }

  /// Where the mark behind the dataset's name stands. The rows of a dataset follow each other, so that
  /// its name is compared and not looked for.
  private mutating func readDataset(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var mark = start + currentName.count
    if current != nil, mark < bytes.count, bytes[mark].isMark, isCurrent(bytes, start) {
      return mark
    }
    mark = start
    while !bytes[mark].isMark {
      if bytes[mark] == .newline { return nil }
      mark += 1
    }
    keepCurrent()
    currentName = Array(bytes[start..<mark])
    names.restart()
    var next = DatasetPoints(
      dataset: DatasetName(trusted: String(decoding: currentName, as: UTF8.self)))
    next.snapshots.reserveCapacity(min(found.last?.snapshots.count ?? 0, 1_000))
    current = next
    return mark
  }

  private func isCurrent(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    currentName.withUnsafeBufferPointer { name in
      for index in name.indices where name[index] != bytes[start + index] { return false }
      return true
    }
  }

  private mutating func keepCurrent() {
    guard var points = current else { return }
    current = nil
    points.putInOrder()
    found.append(points)
  }

  /// The number behind a tab.
  private func readNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> UInt64? {
    guard bytes[at] == .tab else { return nil }
    at += 1
    let start = at
    var value: UInt64 = 0
    while true {
      let digit = bytes[at] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      // Up to nineteen digits nothing overflows.
      if at - start >= 19 {
        let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, tooLargeToo) = product.addingReportingOverflow(UInt64(digit))
        if tooLarge || tooLargeToo { return nil }
        value = sum
      } else {
        value = value &* 10 &+ UInt64(digit)
      }
      at += 1
    }
    return at > start ? value : nil
  }
}

extension UInt8 {
  fileprivate static var newline: UInt8 { UInt8(ascii: "\n") }
  fileprivate static var tab: UInt8 { UInt8(ascii: "\t") }
  /// Whether it stands between a dataset's name and that of its snapshot or bookmark.
  fileprivate var isMark: Bool { self == UInt8(ascii: "@") || self == UInt8(ascii: "#") }
}

extension Array {
  /// Sorts what is not in order.
  fileprivate mutating func putInOrder(by precedes: (Element, Element) -> Bool) {
    if !zip(self, dropFirst()).allSatisfy({ !precedes($1, $0) }) { sort(by: precedes) }
  }
}
