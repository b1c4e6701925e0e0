/// What is to be checked: this system alone, a connection, or all that a task needs.
public struct CheckQuestion: Hashable, Sendable {
  public var connection: Connection?
  public var task: TaskDraft?
  /// Those that belong to the task, also such as are not stored yet.
  public var snapshotTasks: [SnapshotTask]

  public init(
    connection: Connection? = nil, task: TaskDraft? = nil, snapshotTasks: [SnapshotTask] = []
  ) {
    self.connection = connection
    self.task = task
    self.snapshotTasks = snapshotTasks
    // A task says for itself whether it uses sudo.
    if let task, task.sudo { self.connection?.sudo = true }
    if task?.transport == .local { self.connection = nil }
  }

  /// The checks that apply, in their order.
  public var checks: [CheckID] {
    CheckID.allCases.filter { check in
      switch check {
      case .localZFS: true
      case .sudo: connection?.sudo == true
      case .keyFile, .resolve, .connect, .banner, .keyExchange, .hostKey, .login, .shell, .home,
        .remoteZFS, .clock, .transfer:
        connection != nil
      case .rights: connection != nil || task != nil
      case .sources, .destination, .space, .features: task != nil
      case .readonly: task?.readonly == .require
      case .tools: connection != nil && !tools.isEmpty
      case .link: connection != nil && netcat != nil
      case .snapshotTask: task.map { $0.direction == .push && $0.auto } ?? false
      }
    }
  }

  /// The connection that the task's data have of their own.
  public var netcat: Netcat? { task.flatMap { Netcat($0) } }

  /// The programs that the task's compression needs on both systems.
  public var tools: [Packer.Program] { task?.compression?.programs ?? [] }
}
