internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// What a survey may remember, and by which clock.
struct SurveyMemory: Sendable {
  let port: any ListingMemoryPort
  let clock: any ClockPort
}

/// Surveys that list anew only what has changed since the last one. They decide what is sent, never
/// what is destroyed: whoever destroys looks at everything again.
extension Survey {
  /// A side's listing: all of it, or what has changed and the rest from memory.
  func remembered(
    _ roots: [DatasetName], on host: any HostPort, isSource: Bool, _ memory: SurveyMemory
  ) async throws(Trouble) -> Inventory {
    let side = ([host.label] + roots.map(\.text)).joined(separator: "\n")
    let name = Self.fileName(side)
    let known =
      memory.port.listing(name).flatMap { ListingMemory($0, side: side) }
      ?? ListingMemory(side: side)
    guard known.isWorthAsking(at: memory.clock.now()) else {
      return try await whole(roots, on: host, recursive: request.recursive)
    }
    // Where nothing of it can count, as where all changes between two runs, both listings run at the
    // same time.
    if !known.entries.contains(where: \.isSettled) {
      let began = memory.clock.now()
      async let all = points(Listing.snapshots(roots, recursive: true), on: host)
      guard let states = try await statesWithChanges(roots, on: host) else {
        _ = await all
        memory.port.keep(
          ListingMemory(side: side, refused: memory.clock.now()).bytes, as: name)
        return try await whole(roots, on: host, recursive: request.recursive)
      }
      let seen = memory.clock.now()
      let inventory = ListingText.inventory(states, try await all.get())
      let ordered = states.compactMap { inventory[$0.name] }
      memory.port.keep(
        known.after(ordered, listed: nil, began: began, seen: seen).bytes, as: name)
      return inventory
    }
    async let bookmarks: Result<[DatasetPoints], Trouble> =
      isSource ? points(Listing.bookmarks(roots, recursive: true), on: host) : .success([])
    guard let states = try await statesWithChanges(roots, on: host) else {
      _ = await bookmarks
      return try await whole(roots, on: host, recursive: request.recursive)
    }
    let seen = memory.clock.now()
    var finder = known.finder()
    var held: [DatasetPoints] = []
    var changed: [DatasetName] = []
    for state in states {
      if let entry = finder.entry(of: state.name), entry.holds(for: state) {
        held.append(DatasetPoints(dataset: state.name, snapshots: entry.snapshots))
      } else {
        changed.append(state.name)
      }
    }
    let began = memory.clock.now()
    let marks = try await bookmarks.get()
    guard !changed.isEmpty else { return ListingText.inventory(states, held + marks) }
    // Of many it is cheaper to list all.
    let isMuch = changed.count > 64 && changed.count * 4 > states.count
    let listed = isMuch ? nil : Set(changed)
    if isMuch {
      held = try await points(Listing.snapshots(roots, recursive: true), on: host).get()
    } else {
      for command in Listing.each(changed) {
        held += try await points(command, on: host).get().map { own in
          // The bookmarks are those of the listing that asked for all of them.
          DatasetPoints(dataset: own.dataset, snapshots: own.snapshots)
        }
      }
      held += marks
    }
    let inventory = ListingText.inventory(states, held)
    let ordered = states.compactMap { inventory[$0.name] }
    memory.port.keep(
      known.after(ordered, listed: listed, began: began, seen: seen).bytes, as: name)
    return inventory
  }

  /// The datasets with when their snapshots changed; nil where this ZFS does not tell.
  private func statesWithChanges(_ roots: [DatasetName], on host: any HostPort)
    async throws(Trouble) -> [DatasetState]?
  {
    let command = Listing.datasets(roots, recursive: true, changes: true)
    do throws(Trouble) {
      let bytes = try await output(command, on: host).get()
      do { return try ListingText.datasets(bytes) } catch { throw unreadable(error, host) }
    } catch {
      guard error.failure.detail.contains("snapshots_changed") else { throw error }
      return nil
    }
  }

  /// FNV-1a of the side's name.
  private static func fileName(_ side: String) -> String {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in side.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    return String(hash, radix: 16)
  }
}
