public import ReplicationModel
public import ReplicationPlanner

/// A look at both sides: what a run would do, and what it was decided from. The review needs both,
/// to plan past a first snapshot that is not taken yet.
public struct Look: Hashable, Sendable {
  public var plan: Plan
  public var source: Inventory
  public var target: Inventory
  /// What the resume tokens on the target say, as far as they could be read.
  public var tokens: [DatasetName: TokenFacts]

  public init(
    plan: Plan, source: Inventory, target: Inventory, tokens: [DatasetName: TokenFacts] = [:]
  ) {
    self.plan = plan
    self.source = source
    self.target = target
    self.tokens = tokens
  }
}

extension Replication {
  /// What a run would do now, with what both sides hold. Writes nothing anywhere.
  ///
  /// `estimates` says whether the size of each stream is asked for, a process each; with `now` the plan
  /// says what retention lets go. With that or a `day` a copy may make way. `refusals` are sources whose copies
  /// ZFS refused to add to when it was last tried.
  public static func look(
    _ request: ReplicationRequest, from source: any HostPort, to target: any HostPort, zone: Zone,
    estimates: Bool, now: Instant? = nil, day: CivilTime? = nil,
    refusals: Set<DatasetName> = []
  ) async throws(RunFailure) -> Look {
    do {
      let query = now.map {
        RetentionQuery(now: $0, afterSending: true, prunesSource: false)
      }
      var look = try await Survey(
        request: request, source: source, target: target, zone: zone, refusals: refusals,
        retention: query,
        day: day ?? now.map { CivilTime($0, in: zone) }
      ).look()
      if estimates { look.plan = await Estimator(source: source).fill(look.plan) }
      return look
    } catch {
      throw error.failure
    }
  }
}
