import ReplicationModel

/// The datasets of one side as far as they are known, and the lines that are seen of them.
///
/// A line is two numbers, so that a hundred thousand cost little. What is opened, closed or arrives
/// changes the lines in place; a step of the cursor changes one number.
struct DatasetTree: Hashable, Sendable {
  /// What is known of the children of one dataset, or of the pools.
  struct Listing: Hashable, Sendable {
    enum State: Hashable, Sendable {
      case loading(RequestID)
      case complete
      case failed(Failure)
    }
    /// Empty for the pools.
    var parent: String
    /// The parent's own line; nil for the pools.
    var home: Line?
    var depth: Int
    var state: State
    var datasets: [DatasetRow] = []
    var isOpen = true
  }

  /// A dataset by its place in its listing; or what stands below the last of them, as `loading…`.
  struct Line: Hashable, Sendable {
    var listing: Int32
    /// -1 for what is no dataset.
    var item: Int32

    init(_ listing: Int, _ item: Int) {
      self.listing = Int32(listing)
      self.item = Int32(item)
    }
  }

  /// In the order they were asked for; the pools first.
  private(set) var listings: [Listing] = []
  /// The number of a dataset's listing, by the dataset's name.
  private var numbers: [String: Int] = [:]
  /// All that is to be seen, in its order.
  private(set) var lines: [Line] = []
  /// The line under the cursor; 0 where there is none.
  var cursor = 0
  /// Set where only some names are shown.
  private(set) var filter: NameFilter?
  /// How many of the datasets the filter finds.
  private(set) var hits = 0

  /// How many datasets are known.
  var known: Int { listings.reduce(0) { $0 + $1.datasets.count } }

  func dataset(_ line: Line) -> DatasetRow? {
    line.item < 0 ? nil : listings[Int(line.listing)].datasets[Int(line.item)]
  }

  func listing(of line: Line) -> Listing { listings[Int(line.listing)] }

  /// What is known below a dataset; nil where nobody asked yet.
  func listing(below name: String) -> Listing? { numbers[name].map { listings[$0] } }

  /// The dataset under the cursor, if the cursor is on one.
  var current: DatasetRow? { lines.indices.contains(cursor) ? dataset(lines[cursor]) : nil }

  /// What is still being asked.
  var loading: [RequestID] {
    listings.compactMap { if case .loading(let id) = $0.state { id } else { nil } }
  }

  // MARK: What is asked and what arrives

  /// What is below a line, or the pools where it is nil, is being asked for; anew, if it failed.
  mutating func ask(below index: Int?, _ id: RequestID) {
    let home = index.map { lines[$0] }
    let parent = home.flatMap(dataset)?.name ?? ""
    if let index { _ = close(index) }
    let listing = Listing(
      parent: parent, home: home, depth: home.map { self.listing(of: $0).depth + 1 } ?? 0,
      state: .loading(id))
    let number = numbers[parent] ?? listings.count
    if number == listings.count {
      listings.append(listing)
      numbers[parent] = number
    } else {
      listings[number] = listing
      for other in listings.indices where listings[other].home?.listing == Int32(number) {
        listings[other].isOpen = false
      }
    }
    guard filter == nil, let index else {
      build()
      return
    }
    lines.insert(Line(number, -1), at: index + 1)
    if cursor > index { cursor += 1 }
  }

  /// Some of what was asked for; false where nobody waits for it.
  mutating func receive(_ id: RequestID, _ more: [DatasetRow]) -> Bool {
    guard let number = listings.firstIndex(where: { $0.state == .loading(id) }) else {
      return false
    }
    guard !more.isEmpty else { return true }
    let count = listings[number].datasets.count
    let isSorted =
      zip(more, more.dropFirst()).allSatisfy { $0.name < $1.name }
      && (listings[number].datasets.last.map { $0.name < more[0].name } ?? true)
    listings[number].datasets += more
    guard isSorted else {
      sort(number)
      return true
    }
    // Nothing moves but what stands below: the new ones come before `loading…`.
    guard filter == nil, let end = lines.lastIndex(of: Line(number, -1)) else {
      if filter != nil { build() }
      return true
    }
    lines.insert(
      contentsOf: (count..<count + more.count).map { Line(number, $0) }, at: end)
    if cursor > end || cursor == end && count > 0 { cursor += more.count }
    return true
  }

  /// The listing is as long as it gets, or will not come; false where nobody waits for it.
  mutating func finish(_ id: RequestID, _ failure: Failure? = nil) -> Bool {
    guard let number = listings.firstIndex(where: { $0.state == .loading(id) }) else {
      return false
    }
    listings[number].state = failure.map { .failed($0) } ?? .complete
    guard failure == nil, !listings[number].datasets.isEmpty else { return true }
    if let end = lines.lastIndex(of: Line(number, -1)) {
      lines.remove(at: end)
      if cursor >= end { cursor = max(0, cursor - 1) }
    }
    return true
  }

  /// What came out of order is put in order, and the cursor stays on its dataset.
  private mutating func sort(_ number: Int) {
    let name = current?.name
    listings[number].datasets.sort { $0.name < $1.name }
    for other in listings.indices where listings[other].home?.listing == Int32(number) {
      let item = listings[number].datasets.firstIndex { $0.name == listings[other].parent }
      listings[other].home = item.map { Line(number, $0) }
    }
    build()
    if let name, let line = lines.firstIndex(where: { dataset($0)?.name == name }) {
      cursor = line
    }
  }

  // MARK: What is seen

  /// Shows what is below the line, if it is known already; false where it has to be asked for.
  mutating func open(_ index: Int) -> Bool {
    guard let dataset = dataset(lines[index]), let number = numbers[dataset.name] else {
      return false
    }
    if case .failed = listings[number].state { return false }
    guard !listings[number].isOpen else { return true }
    listings[number].isOpen = true
    listings[number].home = lines[index]
    if filter == nil {
      lines.insert(contentsOf: all(in: number), at: index + 1)
    } else {
      build()
    }
    return true
  }

  /// Hides what is below the line; false where nothing is seen below it.
  mutating func close(_ index: Int) -> Bool {
    guard let dataset = dataset(lines[index]), let number = numbers[dataset.name],
      listings[number].isOpen
    else { return false }
    listings[number].isOpen = false
    let depth = listing(of: lines[index]).depth
    let end = lines[(index + 1)...].firstIndex { listing(of: $0).depth <= depth } ?? lines.count
    lines.removeSubrange(index + 1..<end)
    if cursor > index { cursor = max(index, cursor - (end - index - 1)) }
    return true
  }

  /// To the line of the dataset that the cursor's line is below.
  mutating func goToParent() {
    guard lines.indices.contains(cursor), let home = listing(of: lines[cursor]).home,
      let line = lines[..<cursor].lastIndex(of: home)
    else { return }
    cursor = line
  }

  /// Puts the cursor on a line, or, where that is not seen, on what it is below.
  mutating func goTo(_ line: Line?) {
    var wanted = line
    while let line = wanted {
      if let index = lines.firstIndex(of: line) {
        cursor = index
        return
      }
      wanted = listing(of: line).home
    }
    cursor = 0
  }

  /// Shows only names that contain a text, with what is above them; nil shows all.
  mutating func show(only filter: NameFilter?) {
    self.filter = filter
    build()
  }

  private mutating func build() {
    let before = lines.indices.contains(cursor) ? lines[cursor] : nil
    lines = listings.isEmpty ? [] : all(in: 0)
    hits = 0
    if let filter { keep(filter) }
    goTo(before)
  }

  /// The lines of a listing with all that is open below them.
  private func all(in number: Int) -> [Line] {
    let listing = listings[number]
    var lines: [Line] = []
    lines.reserveCapacity(listing.datasets.count + 1)
    // Names are looked up only where something was opened at all.
    let hasOpen = listings.contains { $0.home?.listing == Int32(number) && $0.isOpen }
    for item in listing.datasets.indices {
      lines.append(Line(number, item))
      guard hasOpen, let below = numbers[listing.datasets[item].name], listings[below].isOpen
      else { continue }
      lines += all(in: below)
    }
    if listing.state != .complete || listing.datasets.isEmpty { lines.append(Line(number, -1)) }
    return lines
  }

  /// The hits, and what is above them, so that it is clear where they are.
  private mutating func keep(_ filter: NameFilter) {
    let found = listings.map { $0.datasets.map { filter.finds($0.name) } }
    hits = found.reduce(0) { $0 + $1.count { $0 } }
    // From the last line up: a line is kept for itself, or for one just below it.
    var isNeeded = [Bool](repeating: false, count: (listings.map(\.depth).max() ?? 0) + 2)
    var kept: [Line] = []
    for line in lines.reversed() {
      guard line.item >= 0 else { continue }
      let depth = listing(of: line).depth
      let isKept = found[Int(line.listing)][Int(line.item)] || isNeeded[depth + 1]
      isNeeded[depth + 1] = false
      guard isKept else { continue }
      isNeeded[depth] = true
      kept.append(line)
    }
    lines = kept.reversed()
  }
}

/// Finds names that contain a text, whatever its case: names of datasets are ASCII.
struct NameFilter: Hashable, Sendable {
  private let wanted: [UInt8]

  init(_ text: String) { wanted = text.utf8.map(Self.lowercased) }

  func finds(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { name in
      guard let first = wanted.first else { return true }
      var start = 0
      while start + wanted.count <= name.count {
        if Self.lowercased(name[start]) == first {
          var length = 1
          while length < wanted.count, Self.lowercased(name[start + length]) == wanted[length] {
            length += 1
          }
          if length == wanted.count { return true }
        }
        start += 1
      }
      return false
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
