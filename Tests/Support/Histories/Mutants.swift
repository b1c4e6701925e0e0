import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import SandboxZFS

/// Faults of an engine that the simulation has to find, planted between a sound one and its hosts.
package enum Mutant: String, CaseIterable, Sendable {
  /// The base is destroyed with what was to go.
  case basePruned = "base"
  /// What was sent is taken for arrived, whatever the target lists.
  case unverified = "done, and not there"
  /// Room is made while the plan is still in the making.
  case earlyDestroy = "before there was a plan"
  /// Nobody holds a second run back.
  case noLock = "two writers"
}

/// A host that does what an engine with such a fault would have it do.
final class MutantHost: HostPort {
  let host: SandboxHost
  let mutant: Mutant
  let world: FakeWorld

  init(_ host: SandboxHost, _ mutant: Mutant, _ world: FakeWorld) {
    self.host = host
    self.mutant = mutant
    self.world = world
  }

  var label: String { host.label }
  private var isTarget: Bool { host.machine === world.target }

  func run(_ command: Command) async throws(HostError) -> CommandResult {
    let words = command.arguments
    switch mutant {
    case .basePruned
    where words.first == "destroy" && words.last?.contains("@") == true && isTarget:
      let result = try await host.run(command)
      if let base = world.target.snapshots(of: "bk/a").last {
        _ = try await host.run(.zfs("destroy", "bk/a@\(base.name)"))
      }
      return result
    case .unverified where words.contains("-d") && words.contains("snapshot,bookmark") && isTarget:
      return lie(words)
    case .earlyDestroy where words.first == "list" && isTarget && host.commands.isEmpty:
      if let oldest = world.target.snapshots(of: "bk/a").first {
        _ = try await host.run(.zfs("destroy", "bk/a@\(oldest.name)"))
      }
      return try await host.run(command)
    default: return try await host.run(command)
    }
  }

  /// The source's listing, as if it were the copy's.
  private func lie(_ words: [String]) -> CommandResult {
    let name = words.last ?? ""
    let source = "tank/a" + name.dropFirst("bk/a".count)
    let result = world.source.run(["zfs"] + words.dropLast() + [source])
    let text = String(decoding: result.output, as: UTF8.self).replacing(
      source + "@", with: name + "@")
    return CommandResult(exit: .status(0), output: Array(text.utf8))
  }

  func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
    try await host.startSending(command)
  }

  func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
    try await host.startReceiving(command)
  }

  func close() async { await host.close() }
}
