public import ReplicationModel

/// One right, and whether it is there.
public struct RightFinding: Hashable, Sendable {
  /// Whether the right is there.
  public enum State: String, Sendable {
    case have
    case missing
    /// It could not be found out; `detail` has the system's words.
    case unknown
  }
  public var side: TaskRights.Side
  /// As `zfs allow` calls it, or what sudo has to let through.
  public var right: String
  public var dataset: DatasetName
  public var use: TaskRights.Need.Use
  public var state: State
  /// Data from outside: escape it before showing.
  public var detail: String

  public init(
    side: TaskRights.Side, right: String, dataset: DatasetName, use: TaskRights.Need.Use,
    state: State, detail: String = ""
  ) {
    self.side = side
    self.right = right
    self.dataset = dataset
    self.use = use
    self.state = state
    self.detail = detail
  }
}
