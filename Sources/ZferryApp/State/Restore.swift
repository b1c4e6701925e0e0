public import ReplicationModel

/// A snapshot of the copy, as the restore screen lists it.
public struct SnapshotRow: Hashable, Sendable {
  /// The part after `@`.
  public var name: String
  public var creation: Instant

  public init(name: String, creation: Instant) {
    self.name = name
    self.creation = creation
  }
}

/// Bringing data back from the copy of a task, while it is being chosen.
struct Restore: Hashable, Sendable {
  var order: TaskOrder
  /// Which of the task's sources, by its index.
  var source = 0
  /// Where it is brought back to, on the source's side.
  var target = ""
  var request: RequestID?
  /// The snapshots of the copy, newest first.
  var snapshots: Result<[SnapshotRow], Failure>?

  /// The dataset on the destination that holds the copy of the chosen source.
  var copy: String {
    let sources = order.task.sourceDatasets.map(DatasetName.init(trusted:))
    guard sources.indices.contains(source) else { return order.task.targetDataset }
    return SourceMapping(
      sources: sources, target: DatasetName(trusted: order.task.targetDataset)
    ).target(of: sources[source]).text
  }

  /// The command that brings a snapshot back to a new dataset, typed on this system.
  func command(_ snapshot: String) -> String {
    let flags = order.task.recursive ? ["-R"] : []
    let send = Command.zfs(["send"] + flags + ["\(copy)@\(snapshot)"])
    let receive = Command.zfs("receive", "-u", target)
    let isPull = order.task.direction == .pull
    return [
      onTheirs(send, isPull: isPull, isCopy: true),
      onTheirs(receive, isPull: isPull, isCopy: false),
    ]
    .joined(separator: " | ")
  }

  /// A command as it is typed here: through ssh where it runs on the other system.
  private func onTheirs(_ command: Command, isPull: Bool, isCopy: Bool) -> String {
    guard let connection = order.connection, order.task.transport != .local, isPull != isCopy
    else { return command.shellText }
    let sudo = connection.sudo || order.task.sudo ? "sudo -n " : ""
    let login = Command.quoted("\(connection.username)@\(connection.host)")
    return "ssh -p \(connection.port) \(login) " + Command.quoted(sudo + command.shellText)
  }
}
