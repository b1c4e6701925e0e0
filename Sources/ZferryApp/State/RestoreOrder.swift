internal import ReplicationModel

/// Bringing one dataset of a task back from its copy.
public struct RestoreOrder: Hashable, Sendable {
  /// The task whose copy it is.
  public var order: TaskOrder
  /// A source of the task, or a dataset below one.
  public var dataset: String
  /// Where it comes to, on the source's side.
  public var target: String
  /// The newest snapshot that comes back; all of them where it is nil.
  public var snapshot: String?

  public init(_ order: TaskOrder, dataset: String, target: String? = nil, snapshot: String? = nil) {
    self.order = order
    self.dataset = dataset
    self.target = target ?? Self.place(for: dataset)
    self.snapshot = snapshot
  }

  /// Beside the original, so that nothing is overwritten; what a pool itself held comes into it.
  public static func place(for dataset: String) -> String {
    dataset.contains("/") ? "\(dataset)-restored" : "\(dataset)/restored"
  }

  /// The dataset on the destination that holds the copy.
  public var copy: String {
    SourceMapping(
      sources: order.task.sourceDatasets.map(DatasetName.init(trusted:)),
      target: DatasetName(trusted: order.task.targetDataset)
    ).target(of: DatasetName(trusted: dataset)).text
  }

  /// The task as it looks on the way back, for what shows a plan.
  var reversed: TaskOrder {
    var task = TaskDraft()
    task.name = order.task.name
    task.direction = order.task.direction == .push ? .pull : .push
    task.transport = order.task.transport
    task.connection = order.task.connection
    task.sourceDatasets = [copy]
    task.targetDataset = target
    task.recursive = order.task.recursive
    return TaskOrder(task: task, connection: order.connection)
  }
}
