import Testing
import ZFSContract

/// The sandbox behaves as OpenZFS does. The lab proves the same statements on OpenZFS itself.
@Suite("Contract")
struct ContractTests {
  @Test("The sandbox in memory", arguments: contract)
  func memory(_ one: ContractCase) async throws {
    try await one.run(on: MemorySubject(), in: "case")
  }

  @Test("The program zfs-sandbox", arguments: contract)
  func program(_ one: ContractCase) async throws {
    let folder = try PracticeFolder()
    try await one.run(on: folder.subject, in: "case")
    // The folder has to outlive the case.
    withExtendedLifetime(folder) {}
  }
}
