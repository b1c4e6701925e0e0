internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// What is asked of both sides to see whether all stands still: the datasets of either, and the source's
/// bookmarks. Where it does not, the look that follows goes on from it.
struct Glance {
  var source: [UInt8]
  var bookmarks: [DatasetPoints]
  var target: [UInt8]
}

extension Survey {
  /// What is found at a glance: that nothing has changed since nothing was to be done, or what was told
  /// in finding out. Neither where nobody looked.
  func glance(_ memory: SurveyMemory) async -> (plan: Plan?, told: Glance?) {
    guard refused.isEmpty,
      let known = memory.port.listing(standstillName).flatMap({ Standstill($0) }),
      known.sides == sides, known.asked == asked, known.counts(at: memory.clock.now())
    else { return (nil, nil) }
    async let ours = output(
      Listing.datasets(request.sources, recursive: true, changes: true), on: source)
    async let marks = points(Listing.bookmarks(request.sources, recursive: true), on: source)
    async let theirs = output(
      Listing.datasets([request.target], recursive: true, changes: true), on: target)
    // What cannot be told now is asked again, where its failure is judged.
    guard
      case (.success(let ours), .success(let marks), .success(let theirs)) =
        await (ours, marks, theirs)
    else { return (nil, nil) }
    let isSame =
      known.source == .init(ofSource: ours, marks) && known.target == .init(ofTarget: theirs)
    return (
      isSame
        ? Plan(task: request.task, direction: request.direction, mapping: known.mapping) : nil,
      Glance(source: ours, bookmarks: marks, target: theirs)
    )
  }

  /// Remembers that nothing was to be done.
  func remember(
    _ plan: Plan, _ source: Standstill.Face?, _ target: Standstill.Face?, _ memory: SurveyMemory
  ) {
    guard let source, let target, refused.isEmpty, plan.isStandstill else { return }
    memory.port.keep(
      Standstill(
        sides: sides, asked: asked, source: source, target: target, made: memory.clock.now(),
        mapping: plan.mapping
      ).bytes, as: standstillName)
  }

  private var standstillName: String { Self.fileName("standstill\n" + sides) }

  private var sides: String {
    Self.side(request.sources, on: source) + "\n\n" + Self.side([request.target], on: target)
      + "\n\n" + request.task
  }

  /// All that a plan depends on beside the two sides, and beside the time.
  private var asked: UInt64 {
    var request = request
    let overrides = request.propertiesOverride.sorted { $0.key < $1.key }
    // A dictionary tells its entries in another order in each process.
    request.propertiesOverride = [:]
    let words = "\(request)\n\(overrides)\n\(zone.name)\n\(retention?.prunesSource ?? false)"
    return Checksum.of(Array(words.utf8)[...])
  }
}

extension Standstill.Face {
  /// What changes on a source that is in use does not count: nothing is planned by it.
  init(ofSource listing: [UInt8], _ bookmarks: [DatasetPoints]) {
    datasets = ListingText.fingerprint(
      datasets: listing, without: ["written", "referenced", "used", "available"])
    self.bookmarks = bookmarks.reduce(0) { sum, own in
      // In whatever order they come.
      own.bookmarks.reduce(sum) { $0 &+ $1.fingerprint(in: own.dataset) }
    }
  }

  /// What was written to a copy counts: it may stand in the way.
  init(ofTarget listing: [UInt8]) {
    datasets = ListingText.fingerprint(
      datasets: listing, without: ["referenced", "used", "available"])
  }
}

extension Bookmark {
  fileprivate func fingerprint(in dataset: DatasetName) -> UInt64 {
    var print = Fingerprint()
    print.add(dataset.text.utf8)
    print.add("#".utf8)
    print.add(name.utf8)
    print.add(number: guid.value)
    print.add(number: createtxg)
    return print.value
  }
}
