internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// A dataset whose streams have ended well, which is not yet evidence that it arrived.
struct Arrival {
  var steps: [Step]
  /// What remembers its newest snapshot.
  var keepsake: Keepsake?
  /// When the last stream ended.
  var at: Double
}

/// A plan's keepsakes by the steps that bring what they remember.
struct Keepsakes {
  private struct Key: Hashable {
    var source: DatasetName
    var guid: GUID
  }
  private let all: [Key: Keepsake]

  init(_ plan: Plan) {
    all = Dictionary(plan.keepsakes.map { (Key(source: $0.source, guid: $0.guid), $0) }) {
      first, _ in first
    }
  }

  subscript(step: Step) -> Keepsake? { all[Key(source: step.source, guid: step.to.guid)] }
}

/// What has arrived is looked for on the target many datasets at a time, beside the streams that go on:
/// one listing answers for all of them. Only then is a dataset told as sent, and only then does its new
/// bookmark replace the old one.
extension Run {
  /// So many are looked for at once,
  private static let batch = 64
  /// or those that are there after so many seconds.
  private static let patience = 1.0
  /// Bookmarks that are made at the same time.
  private static let width = 3

  /// Begins to look for what has arrived, where it is time and nobody does so yet.
  func settleWhatIsDue() throws(Trouble) {
    if let unsettled { throw unsettled }
    guard settling == nil, let first = arrivals.first,
      arrivals.count >= Self.batch || job.clock.uptime() - first.at >= Self.patience
    else { return }
    beginSettling()
  }

  /// Looks for all that has arrived, to its end.
  func settle() async throws(Trouble) {
    while settling != nil || !arrivals.isEmpty {
      if let settling { await settling.value } else { beginSettling() }
    }
    guard let unsettled else { return }
    self.unsettled = nil
    throw unsettled
  }

  /// In a task of its own: who cancels the run stops the streams, and not the care for what they brought.
  private func beginSettling() {
    let batch = arrivals
    arrivals = []
    settling = Task {
      do throws(Trouble) { try await settle(batch) } catch { unsettled = unsettled ?? error }
      settling = nil
    }
  }

  private func settle(_ batch: [Arrival]) async throws(Trouble) {
    let seen = await seen(batch)
    var verified: [Arrival] = []
    var trouble: Trouble?
    for arrival in batch {
      guard let first = arrival.steps.first else { continue }
      do throws(Trouble) {
        if !arrival.steps.allSatisfy({ seen.contains(Sighting($0.target, $0.to.guid)) }) {
          try await verify(arrival.steps)
        }
        snapshots += arrival.steps.reduce(0) { $0 + $1.snapshots }
        verified.append(arrival)
      } catch {
        do throws(Trouble) { try failed(first.source, error) } catch { trouble = trouble ?? error }
      }
    }
    if !verified.isEmpty { budget.progressed(at: job.clock.uptime()) }
    await keep(verified.compactMap(\.keepsake))
    for arrival in verified { try record(arrival.steps[0].source, StepRecord.done) }
    if let trouble { throw trouble }
  }

  /// A snapshot that the target lists.
  private struct Sighting: Hashable {
    var dataset: DatasetName
    var guid: GUID

    init(_ dataset: DatasetName, _ guid: GUID) {
      self.dataset = dataset
      self.guid = guid
    }
  }

  /// What the target lists of the snapshots that have arrived, asked for by their names: an answer is
  /// evidence, and none is a question that `verify` asks again of the one dataset.
  private func seen(_ batch: [Arrival]) async -> Set<Sighting> {
    let wanted = batch.flatMap(\.steps).map { "\($0.target.text)@\($0.to.name)" }
    var seen: Set<Sighting> = []
    for command in Listing.named(wanted) {
      guard let result = try? await job.target.run(command),
        let rows = try? ListingText.add(
          snapshots: result.output,
          to: batch.map { DatasetState(name: $0.steps[0].target, guid: GUID(0)) })
      else { continue }
      for state in rows.datasets.values {
        seen.formUnion(state.snapshots.map { Sighting(state.name, $0.guid) })
      }
    }
    return seen
  }

  /// Makes the bookmarks of what was verified, and lets the old ones go.
  private func keep(_ keepsakes: [Keepsake]) async {
    await withTaskGroup(of: Void.self) { group in
      var running = 0
      for keepsake in keepsakes {
        guard hasBookmarked else {
          await keep(keepsake, replacing: true)
          continue
        }
        if running == Self.width {
          await group.next()
          running -= 1
        }
        group.addTask { await self.keep(keepsake, replacing: true) }
        running += 1
      }
    }
  }
}
