import Foundation
import ReplicationEngine
import ReplicationFakes
import Testing

/// Random histories with random faults. `ZFERRY_SEEDS=10000` goes through so many, `ZFERRY_SEEDS=17,42` through
/// these in every mood.
@Suite("Simulation")
struct SimulationTests {
  /// Seeds that once found something; they are gone through in every mood.
  static let found: [UInt64] = [101]

  private static let wish = ProcessInfo.processInfo.environment["ZFERRY_SEEDS"] ?? "500"
  static let named: [UInt64] =
    wish.contains(",") ? wish.split(separator: ",").compactMap { UInt64($0) } : found
  static let count = wish.contains(",") ? 0 : UInt64(wish) ?? 1_000

  /// All seeds in parts that run beside each other.
  static let parts: [Range<UInt64>] = stride(from: 0, to: count, by: 20).map {
    $0..<min($0 + 20, count)
  }

  @Test("Whatever breaks and whatever people do, no promise is broken", arguments: parts)
  func everySeed(seeds: Range<UInt64>) async throws {
    for seed in seeds {
      switch seed % 3 {
      case 0: try await ordinary(seed)
      case 1: try await hostile(seed)
      default: try await operated(seed)
      }
    }
  }

  @Test("What was found once stays mended", arguments: named)
  func again(seed: UInt64) async throws {
    try await ordinary(seed)
    try await hostile(seed)
    try await operated(seed)
  }

  /// Whatever breaks, the copy is a beginning of the source, and ends equal.
  private func ordinary(_ seed: UInt64) async throws {
    let simulation = try Simulation(seed: seed, mood: .ordinary)
    for round in 0..<3 {
      simulation.live()
      _ = await simulation.brokenRun(round)
    }
    let (last, idle) = await simulation.settle()
    var problems = simulation.problems + simulation.differences()
    if last?.outcome != .done || last?.error != nil {
      problems.append("it ended with \(last as Any)")
    }
    if idle?.outcome != .nothing || idle?.sentBytes != 0 { problems.append("then \(idle as Any)") }
    #expect(problems == [], "seed \(seed)")
  }

  /// Whatever others do to the copy, nothing of it is lost, and each refusal has a reason.
  private func hostile(_ seed: UInt64) async throws {
    let simulation = try Simulation(seed: seed, mood: .hostile)
    for round in 0..<3 {
      simulation.live()
      _ = await simulation.brokenRun(round)
    }
    let (last, _) = await simulation.settle()
    var problems = simulation.problems
    if last == nil { problems.append("it was not let begin") }
    if last?.error == nil { problems += simulation.differences() }
    #expect(problems == [], "seed \(seed)")
  }

  /// Whatever a person does with a task, nothing goes that was not listed or shown, and there is a way out.
  private func operated(_ seed: UInt64) async throws {
    let operation = try Operation(seed: seed)
    for _ in 0..<4 { await operation.step() }
    await operation.settle()
    #expect(operation.problems == [], "seed \(seed)")
  }

  @Test("Each fault that is planted in the engine is found", arguments: Mutant.allCases)
  func planted(mutant: Mutant) async throws {
    for seed in 0..<60 {
      let operation = try Operation(seed: UInt64(seed), mutant: mutant)
      for _ in 0..<6 { await operation.step() }
      if operation.problems.contains(where: { $0.contains(mutant.rawValue) }) { return }
    }
    Issue.record("\(mutant) goes unseen")
  }
}
