import ReplicationEngine
import ReplicationModel

/// The histories that a seed makes, one of each kind: what happened is the same for the same seed.
package enum History: CaseIterable, Sendable {
  /// Whatever breaks, the copy is a beginning of the source, and ends equal.
  case ordinary
  /// Whatever others do to the copy, nothing of it is lost, and each refusal has a reason.
  case hostile
  /// Whatever a person does with a task, nothing goes that was not listed or shown, and there is a way out.
  case operated

  /// The kind that a seed stands for where each is gone through once.
  package static func ofTurn(_ seed: UInt64) -> History {
    allCases[Int(seed % UInt64(allCases.count))]
  }

  /// Goes through a history to its end, and tells of every promise that it broke.
  package func problems(of seed: UInt64) async throws -> [String] {
    switch self {
    case .ordinary: try await Self.ordinary(seed)
    case .hostile: try await Self.hostile(seed)
    case .operated: try await Self.operated(seed)
    }
  }

  private static func ordinary(_ seed: UInt64) async throws -> [String] {
    let simulation = try Simulation(seed: seed, mood: .ordinary)
    let (last, idle) = await simulation.toTheEnd()
    var problems = simulation.problems + simulation.differences()
    if last?.outcome != .done || last?.error != nil {
      problems.append("it ended with \(last as Any)")
    }
    if idle?.outcome != .nothing || idle?.sentBytes != 0 { problems.append("then \(idle as Any)") }
    return problems
  }

  private static func hostile(_ seed: UInt64) async throws -> [String] {
    let simulation = try Simulation(seed: seed, mood: .hostile)
    let (last, _) = await simulation.toTheEnd()
    var problems = simulation.problems
    if last == nil { problems.append("it was not let begin") }
    if last?.error == nil { problems += simulation.differences() }
    return problems
  }

  private static func operated(_ seed: UInt64) async throws -> [String] {
    let operation = try Operation(seed: seed)
    for _ in 0..<4 { await operation.step() }
    await operation.settle()
    return operation.problems
  }
}

extension Mutant {
  /// Whether any of the first seeds finds this fault.
  package func isFound(bySeeds seeds: Range<UInt64>) async throws -> Bool {
    for seed in seeds {
      let operation = try Operation(seed: seed, mutant: self)
      for _ in 0..<6 { await operation.step() }
      if operation.problems.contains(where: { $0.contains(rawValue) }) { return true }
    }
    return false
  }
}
