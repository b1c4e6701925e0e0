public import ReplicationModel
public import ReplicationPlanner

/// What the first run needs beside the plan, from the choices and the look at both sides.
public struct FirstRun: Hashable, Sendable {
  /// Snapshots to take before it: one per local source that has none the task selects.
  public var snapshots: [FirstSnapshot]
  /// Conflicts that those snapshots do not mend: with one of them nothing is run.
  public var conflicts: [Conflict]

  public init(_ choices: WizardChoices, _ preview: Preview, now: Instant, zone: Zone) {
    let taken = Self.snapshots(choices, preview, now, zone)
    snapshots = taken
    conflicts = preview.plan.conflicts.filter { conflict in
      guard conflict.code == .noMatchingSnapshots else { return true }
      return !taken.contains { snapshot in
        let root = DatasetName(trusted: snapshot.dataset)
        return conflict.source == root || (snapshot.recursive && conflict.source.isWithin(root))
      }
    }
  }

  /// A name made by the schema is one the task selects; a name for an expression cannot be made up.
  private static func snapshots(
    _ choices: WizardChoices, _ preview: Preview, _ now: Instant, _ zone: Zone
  ) -> [FirstSnapshot] {
    guard choices.sourceLocation == .local, !choices.usesRegex else { return [] }
    let text = choices.customSnapshots ? choices.namingSchema : WizardChoices.defaultSchema
    guard let schema = try? NamingSchema(text) else { return [] }
    return choices.sources.compactMap { source in
      let mapping = preview.plan.mapping.first { $0.source.text == source }
      guard let mapping, mapping.matching == 0 else { return nil }
      return FirstSnapshot(
        dataset: source, name: schema.name(at: now, in: zone), recursive: choices.recursive)
    }
  }
}
