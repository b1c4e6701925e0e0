public import ReplicationModel
public import ReplicationPlanner
internal import ZFSText

/// Tells of each conflict of a task what may be decided, and carries a decision out.
public struct Resolver: Sendable {
  let request: ReplicationRequest
  let source: any HostPort
  let target: any HostPort
  let clock: any ClockPort
  let records: any RunRecordPort
  let zone: Zone
  /// How far back it is asked how a dataset fared.
  private static let runsAsked = 30

  public init(
    _ request: ReplicationRequest, from source: any HostPort, to target: any HostPort,
    clock: any ClockPort, records: any RunRecordPort, zone: Zone
  ) {
    // Whoever decides sees all there is to decide.
    var request = request
    request.onConflict = .stop
    self.request = request
    self.source = source
    self.target = target
    self.clock = clock
    self.records = records
    self.zone = zone
  }

  /// The conflicts there are now, each with what every choice does and loses. Writes nothing anywhere.
  public func look() async throws(RunFailure) -> ConflictLook {
    let day = CivilTime(clock.now(), in: zone)
    let look = try await Replication.look(
      request, from: source, to: target, zone: zone, estimates: false, day: day,
      refusals: refusals())
    var cases: [ConflictCase] = []
    for conflict in look.plan.conflicts {
      let needsTies = conflict.choices.contains { $0 != .skip }
      let ties = needsTies ? try await ties(of: conflict.target) : TargetTies()
      cases.append(
        ConflictCase(
          conflict, of: request.task, source: look.source, target: look.target, ties: ties, day: day
        ))
    }
    return ConflictLook(cases: cases, mapping: look.plan.mapping)
  }

  /// The sources whose copies ZFS refused to add to when it was last tried.
  ///
  /// Of each source the newest run counts in which the copy took what was sent, or refused it; records
  /// that cannot be read tell of none.
  private func refusals() -> Set<DatasetName> {
    var last: [String: String] = [:]
    let runs = (try? records.runs(of: request.task, limit: Self.runsAsked)) ?? []
    for run in runs where run.kind == .run {
      for step in (try? records.steps(of: run.id)) ?? []
      where last[step.source] == nil && [StepRecord.done, StepRecord.refused].contains(step.state) {
        last[step.source] = step.state
      }
    }
    return Set(last.filter { $0.value == StepRecord.refused }.keys.map(DatasetName.init(trusted:)))
  }

  /// The close look at one target.
  private func ties(of name: DatasetName) async throws(RunFailure) -> TargetTies {
    let tied: [TiedSnapshot]
    do { tied = try TiesText.snapshots(try await output(Listing.ties(name))) } catch {
      switch error {
      case let failure as RunFailure: throw failure
      case let problem as ListingProblem: throw unreadable(problem)
      default: throw RunFailure(code: FailureCode.listing, subject: target.label)
      }
    }
    let tree = TiesText.names(try await output(Listing.names(name, recursive: true)))
    var neighbours: [DatasetName] = []
    if let parent = name.parent {
      neighbours = TiesText.names(try await output(Listing.names(parent, recursive: false)))
    }
    return TargetTies(
      snapshots: tied.map {
        TargetTies.Tie(
          snapshot: $0.snapshot, holds: $0.holds, clones: $0.clones, written: $0.written)
      }, tree: tree.sorted(), neighbours: Set(neighbours))
  }

  /// What a command of the target prints; a failure with its words where it fails.
  func output(_ command: Command) async throws(RunFailure) -> [UInt8] {
    let result: CommandResult
    do { result = try await target.run(command) } catch { throw Trouble(error).failure }
    guard result.succeeded else {
      throw Trouble(result, subject: command.arguments.last ?? target.label).failure
    }
    return result.output
  }

  func unreadable(_ problem: ListingProblem) -> RunFailure {
    RunFailure(code: FailureCode.listing, subject: target.label, detail: problem.line)
  }
}
