public import ReplicationModel

/// One line of the checklist, in the order it is shown.
public enum CheckID: String, CaseIterable, Hashable, Sendable {
  /// `zfs` on this system.
  case localZFS
  /// Name, port, host key and login of the connection.
  case login
  /// `zfs` on the other system.
  case remoteZFS
  /// Whether its user may run `zfs` there.
  case rights
  case clock
  case sources
  case destination
  case snapshotTask

  /// What it asks, in a few words.
  var title: String {
    switch self {
    case .localZFS: "OpenZFS on this system"
    case .login: "SSH login with the key"
    case .remoteZFS: "OpenZFS on the other system"
    case .rights: "Rights of the user there"
    case .clock: "Clocks agree"
    case .sources: "Source datasets exist"
    case .destination: "Destination can be written"
    case .snapshotTask: "Snapshots are taken"
    }
  }
}

/// What a check found.
public enum CheckResult: Hashable, Sendable {
  /// It is as it should be; the detail is shown, and may come from outside.
  case good(String)
  /// It works, but look at it.
  case doubtful(Failure)
  case bad(Failure)
}

/// What is to be checked: this system alone, a connection, or all that a task needs.
public struct CheckQuestion: Hashable, Sendable {
  public var connection: Connection?
  public var order: TaskOrder?

  public init(connection: Connection? = nil, order: TaskOrder? = nil) {
    self.connection = connection
    self.order = order
  }

  /// The checks that apply.
  public var checks: [CheckID] {
    CheckID.allCases.filter { check in
      switch check {
      case .localZFS: true
      case .login, .remoteZFS, .rights, .clock: connection != nil
      case .sources, .destination: order != nil
      case .snapshotTask: order.map { $0.task.direction == .push && $0.task.auto } ?? false
      }
    }
  }
}

/// The checklist while it is open.
struct Checkup: Hashable, Sendable {
  var question: CheckQuestion
  var request: RequestID?
  var results: [CheckID: CheckResult] = [:]

  /// How many are not as they should be.
  var bad: Int {
    results.values.count {
      if case .bad = $0 { true } else { false }
    }
  }
}
