public import ReplicationModel

/// Decides what a run does. A pure function: the same task and inventories make the same plan.
public enum Planner {
  /// - Parameters:
  ///   - source: the listing of the sources' trees.
  ///   - target: the listing of the target's tree, and of its nearest existing ancestor where it is missing.
  ///   - zone: reads local times out of snapshot names.
  public static func plan(
    _ request: ReplicationRequest, source: Inventory, target: Inventory, zone: Zone
  ) -> Plan {
    Plan(task: request.task, direction: request.direction)
  }
}
