internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// Asks what keeps snapshots from being destroyed, of the datasets of which some are to go.
enum Marks {
  /// The plan without what is held, cloned, or not there any more.
  static func checked(
    _ plan: RetentionPlan, source: any HostPort, target: any HostPort
  ) async throws(Trouble) -> RetentionPlan {
    var marks: [RetentionPlan.Side: [DatasetName: [String: SnapshotMark]]] = [:]
    for (side, host) in [(RetentionPlan.Side.source, source), (.target, target)] {
      let datasets = plan.pruned.filter { $0.side == side }.map(\.dataset)
      marks[side] = try await of(datasets, on: host)
    }
    var plan = plan
    plan.keep(marks)
    return plan
  }

  static func of(_ datasets: [DatasetName], on host: any HostPort) async throws(Trouble)
    -> [DatasetName: [String: SnapshotMark]]
  {
    var marks: [DatasetName: [String: SnapshotMark]] = [:]
    for command in Listing.marks(datasets) {
      let result: CommandResult
      do { result = try await host.run(command) } catch { throw Trouble(error) }
      // A dataset that is gone has nothing to destroy; the others are listed all the same.
      guard result.succeeded || !ZFSFailure.missingDatasets(result.errors).isEmpty else {
        throw Trouble(result, subject: host.label)
      }
      do {
        marks.merge(try ListingText.marks(result.output)) { _, new in new }
      } catch {
        throw Trouble(
          RunFailure(code: FailureCode.listing, subject: host.label, detail: error.line),
          isTransient: false)
      }
    }
    return marks
  }
}
