public import ReplicationModel

/// Decides what a run does. A pure function: the same task and inventories make the same plan.
///
/// Identity is the GUID, order is createtxg; names select and show, no more (engine.md 9.1).
public enum Planner {
  /// The plan, which also holds what stands in the way.
  ///
  /// - Parameters:
  ///   - request: what the task asks for.
  ///   - source: the listing of the sources' trees.
  ///   - target: the listing of the target's tree, and of its existing ancestors where it is missing.
  ///   - tokens: what the resume tokens found on the target say; one that is missing could not be read.
  ///   - refusals: sources whose copies ZFS refused to add to, because they had been changed.
  ///   - way: what has to be known where a copy may make way; without it none does.
  ///   - retention: whether and how it is said what retention lets go.
  ///   - zone: reads local times out of snapshot names.
  /// - Returns: the steps, and the conflicts that forbid them or that are left out.
  public static func plan(
    _ request: ReplicationRequest, source: Inventory, target: Inventory,
    tokens: [DatasetName: TokenFacts] = [:], refusals: Set<DatasetName> = [],
    way: MakingWay? = nil, retention: RetentionQuery? = nil, zone: Zone
  ) -> Plan {
    func plan(without leftOut: Set<DatasetName>) -> Plan {
      var planning = Planning(
        request: request, source: source, target: target, tokens: tokens, refusals: refusals,
        way: way, zone: zone)
      planning.leftOut = leftOut
      planning.run()
      if let retention { planning.decideRetention(retention) }
      return planning.plan
    }
    let whole = plan(without: [])
    return request.onConflict == .skip ? skipping(whole, plan(without:)) : whole
  }
}

/// What a resume token says about the receive that was cut, as the planner needs it.
public struct TokenFacts: Hashable, Sendable {
  public var toGUID: GUID
  /// `dataset@snapshot` on the source when it was sent.
  public var toName: String
  /// The snapshot the increment begins at; nil for a full stream.
  public var fromGUID: GUID?
  /// Whether ZFS refused to go on with it in this run, though both its ends are there.
  public var isRefused: Bool

  public init(toGUID: GUID, toName: String, fromGUID: GUID? = nil, isRefused: Bool = false) {
    self.toGUID = toGUID
    self.toName = toName
    self.fromGUID = fromGUID
    self.isRefused = isRefused
  }
}
