import Foundation
import Histories
import Testing

/// Random histories with random faults. `ZFERRY_SEEDS=10000` goes through so many, `ZFERRY_SEEDS=17,42` through
/// these in every kind. `make test` goes through ten thousand with `zferry-histories`, in an optimised build.
@Suite("Simulation")
struct SimulationTests {
  /// Seeds that once found something; they are gone through in every kind.
  static let found: [UInt64] = [101, 1_049, 1_598, 4_403]

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
      let problems = try await History.ofTurn(seed).problems(of: seed)
      #expect(problems == [], "seed \(seed)")
    }
  }

  @Test("What was found once stays mended", arguments: named, History.allCases)
  func again(seed: UInt64, history: History) async throws {
    let problems = try await history.problems(of: seed)
    #expect(problems == [], "seed \(seed)")
  }

  @Test("Each fault that is planted in the engine is found", arguments: Mutant.allCases)
  func planted(mutant: Mutant) async throws {
    #expect(try await mutant.isFound(bySeeds: 0..<60), "\(mutant) goes unseen")
  }
}
