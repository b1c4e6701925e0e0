public import ReplicationModel

extension CheckQuestion {
  /// All that a task needs which is stored, or is about to be.
  public init(_ order: TaskOrder) {
    self.init(
      connection: order.connection, task: order.task,
      snapshotTasks: order.snapshotTasks + order.boundTasks)
  }
}

extension Failure {
  /// What a check found that is not good.
  public init(_ result: CheckResult) {
    self.init(result.code, subject: result.subject, detail: result.detail)
  }
}

/// The checks of one question, while they are made and after.
struct Checkup: Hashable, Sendable {
  var question: CheckQuestion
  /// While some are still awaited.
  var request: RequestID?
  var results: [CheckID: CheckResult] = [:]

  func count(_ state: CheckResult.State) -> Int { results.values.count { $0.state == state } }

  /// Because of which no run can succeed.
  var blocking: CheckResult? { Array(results.values).blocking }
}

/// A task that is about to be saved: what it needs is checked first.
struct SaveGate: Hashable, Sendable {
  var order: TaskOrder
  var thenRun: Bool
  var checkup: Checkup
}

extension CheckID {
  /// The field whose value a person would change for it; nil where that is done elsewhere.
  var field: TaskField? {
    switch self {
    case .localZFS: nil
    case .keyFile, .resolve, .connect, .banner, .keyExchange, .hostKey, .login, .shell, .home,
      .remoteZFS, .clock, .transfer:
      .connection
    case .sudo, .rights: .sudo
    case .sources: .sourceDatasets
    case .destination, .space, .features: .targetDataset
    case .readonly: .readonly
    case .tools: .compression
    case .link: .transport
    case .snapshotTask: .periodicSnapshotTasks
    }
  }
}
