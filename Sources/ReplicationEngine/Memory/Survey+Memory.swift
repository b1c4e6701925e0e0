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
  /// A side's listing: all of it, or what has changed and the rest from memory. With what the side told
  /// of itself, where that will still be true as long as it tells the same.
  func remembered(
    _ roots: [DatasetName], on host: any HostPort, isSource: Bool, _ memory: SurveyMemory
  ) async throws(Trouble) -> (inventory: Inventory, face: Standstill.Face?) {
    let side = Self.side(roots, on: host)
    let name = Self.fileName(side)
    let known =
      memory.port.listing(name).flatMap { ListingMemory($0, side: side) }
      ?? ListingMemory(side: side)
    guard known.isWorthAsking(at: memory.clock.now()) else {
      return (try await whole(roots, on: host, recursive: request.recursive), nil)
    }
    // Where nothing of it can count, as where all changes between two runs, both listings run at the
    // same time.
    if !known.entries.contains(where: \.isSettled) {
      let began = memory.clock.now()
      async let all = points(Listing.snapshots(roots, recursive: true), on: host)
      guard let (states, told) = try await statesWithChanges(roots, on: host, isSource) else {
        _ = await all
        memory.port.keep(
          ListingMemory(side: side, refused: memory.clock.now()).bytes, as: name)
        return (try await whole(roots, on: host, recursive: request.recursive), nil)
      }
      let seen = memory.clock.now()
      let inventory = ListingText.inventory(states, try await all.get())
      let ordered = states.compactMap { inventory[$0.name] }
      let now = known.after(ordered, listed: nil, began: began, seen: seen)
      memory.port.keep(now.bytes, as: name)
      return (inventory, face(of: now, told, ordered, isSource))
    }
    async let bookmarks: Result<[DatasetPoints], Trouble> =
      isSource ? bookmarks(roots, on: host) : .success([])
    guard let (states, told) = try await statesWithChanges(roots, on: host, isSource) else {
      _ = await bookmarks
      return (try await whole(roots, on: host, recursive: request.recursive), nil)
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
    guard !changed.isEmpty else {
      let inventory = ListingText.inventory(states, held + marks)
      let ordered = states.compactMap { inventory[$0.name] }
      return (inventory, face(of: known, told, ordered, isSource))
    }
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
    let now = known.after(ordered, listed: listed, began: began, seen: seen)
    memory.port.keep(now.bytes, as: name)
    return (inventory, face(of: now, told, ordered, isSource))
  }

  /// What the side told, where all of what is remembered of it will count the next time.
  private func face(
    of memory: ListingMemory, _ told: [UInt8], _ states: [DatasetState], _ isSource: Bool
  ) -> Standstill.Face? {
    guard memory.entries.count >= states.count, memory.entries.allSatisfy(\.isSettled) else {
      return nil
    }
    guard isSource else { return .init(ofTarget: told) }
    let bookmarks = states.map { DatasetPoints(dataset: $0.name, bookmarks: $0.bookmarks) }
    return .init(ofSource: told, bookmarks)
  }

  private func bookmarks(_ roots: [DatasetName], on host: any HostPort) async
    -> Result<[DatasetPoints], Trouble>
  {
    if let told { return .success(told.bookmarks) }
    return await points(Listing.bookmarks(roots, recursive: true), on: host)
  }

  /// The datasets with when their snapshots changed, and the listing that says so; nil where this ZFS
  /// does not tell.
  private func statesWithChanges(_ roots: [DatasetName], on host: any HostPort, _ isSource: Bool)
    async throws(Trouble) -> (states: [DatasetState], told: [UInt8])?
  {
    let command = Listing.datasets(roots, recursive: true, changes: true)
    do throws(Trouble) {
      let bytes: [UInt8]
      if let told {
        bytes = isSource ? told.source : told.target
      } else {
        bytes = try await output(command, on: host).get()
      }
      do { return (try ListingText.datasets(bytes), bytes) } catch {
        throw unreadable(error, host)
      }
    } catch {
      guard error.failure.detail.contains("snapshots_changed") else { throw error }
      return nil
    }
  }

  /// Which side of which host that is.
  static func side(_ roots: [DatasetName], on host: any HostPort) -> String {
    ([host.label] + roots.map(\.text)).joined(separator: "\n")
  }

  /// The name of the file for it.
  static func fileName(_ side: String) -> String {
    var print = Fingerprint()
    print.add(side.utf8)
    return String(print.value, radix: 16)
  }
}
