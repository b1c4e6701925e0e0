import Foundation
import ReplicationEngine
import ReplicationFakes
import Testing

/// Random histories with random faults. `ZFERRY_SEEDS=1000` runs so many, `ZFERRY_SEEDS=17,42` these.
@Suite("Simulation")
struct SimulationTests {
  static let seeds: [UInt64] = {
    let text = ProcessInfo.processInfo.environment["ZFERRY_SEEDS"] ?? "100"
    if text.contains(",") { return text.split(separator: ",").compactMap { UInt64($0) } }
    return Array(0..<(UInt64(text) ?? 100))
  }()

  @Test("Whatever breaks, the copy is a beginning of the source, and ends equal", arguments: seeds)
  func ordinary(seed: UInt64) async throws {
    let simulation = try Simulation(seed: seed, mood: .ordinary)
    for round in 0..<5 {
      simulation.live()
      _ = await simulation.brokenRun(round)
    }
    let (last, idle) = await simulation.settle()
    #expect(last?.error == nil, "seed \(seed)")
    #expect(last?.outcome == .done, "seed \(seed)")
    #expect(idle?.outcome == .nothing, "seed \(seed)")
    #expect(idle?.sentBytes == 0, "seed \(seed)")
    #expect(simulation.differences() == [], "seed \(seed)")
    #expect(simulation.problems == [], "seed \(seed)")
  }

  @Test(
    "Whatever others do to the copy, nothing of it is lost, and each refusal has a reason",
    arguments: seeds)
  func hostile(seed: UInt64) async throws {
    let simulation = try Simulation(seed: seed, mood: .hostile)
    for round in 0..<5 {
      simulation.live()
      _ = await simulation.brokenRun(round)
    }
    let (last, _) = await simulation.settle()
    #expect(last != nil, "seed \(seed)")
    if last?.error == nil { #expect(simulation.differences() == [], "seed \(seed)") }
    #expect(simulation.problems == [], "seed \(seed)")
  }
}
