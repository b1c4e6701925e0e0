import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

/// The request most tests run: `tank/a` with all below it onto `bk/a`.
func request(
  _ sources: [String] = ["tank/a"], to target: String = "bk/a",
  change: (inout ReplicationRequest) -> Void = { _ in }
) -> ReplicationRequest {
  var request = ReplicationRequest(
    task: "t", sources: sources.map(DatasetName.init(trusted:)),
    target: DatasetName(trusted: target))
  change(&request)
  return request
}

extension FakeWorld {
  /// A world with `tank/a` and the given snapshots of it, each with a change of its own.
  static func with(
    _ snapshots: [String], children: [String] = [], seed: UInt64 = 1, onOneMachine: Bool = false
  ) throws -> FakeWorld {
    let world = try FakeWorld(seed: seed, onOneMachine: onOneMachine)
    for name in ["tank/a"] + children.map({ "tank/a/\($0)" }) {
      try world.source.zfs("create \(name)")
    }
    for name in snapshots { try world.snapshot(name) }
    return world
  }

  /// Changes every dataset of `tank/a`, and takes a snapshot of all.
  func snapshot(_ name: String, bytes: Int = 3_000) throws {
    for dataset in source.datasets(below: "tank/a") {
      source.write(
        String(repeating: "\(dataset) \(name) ", count: bytes / (dataset.count + name.count + 2)),
        of: dataset)
    }
    try source.zfs("snapshot -r tank/a@\(name)")
  }

  /// The snapshots of the copy, by name.
  func arrived(_ dataset: String = "bk/a") -> [String] { target.snapshots(of: dataset).map(\.name) }

  /// Whether source and copy have the same snapshots and the same content.
  func isEqual(_ name: String = "tank/a", _ copy: String = "bk/a") -> Bool {
    let below = source.datasets(below: name).map { $0.dropFirst(name.count) }
    return below.allSatisfy { path in
      source.snapshots(of: name + path) == target.snapshots(of: copy + path)
        && source.text(of: name + path) == target.text(of: copy + path)
    }
  }
}

extension FakeProgram {
  /// Commands of one side that begin with a word.
  func count(_ verb: String, on host: SandboxHost) -> Int {
    host.commands.filter { $0.arguments.first == verb }.count
  }

  var warnings: [String] {
    events.compactMap { if case .warning(let code, _, _) = $0 { code } else { nil } }
  }

  var retries: [(attempt: Int, reason: String, seconds: Double)] {
    events.compactMap {
      if case .retry(let attempt, let reason, let seconds) = $0 {
        (attempt, reason.code, seconds)
      } else {
        nil
      }
    }
  }

  var steps: [Step.Kind] {
    events.compactMap { if case .stepStarted(_, _, let step) = $0 { step.kind } else { nil } }
  }
}
