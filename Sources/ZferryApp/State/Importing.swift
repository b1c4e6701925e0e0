public import ReplicationModel

/// What is asked for of another program.
public struct ForeignOrder: Hashable, Sendable {
  /// Nil where the text tells.
  public var form: ForeignTasks.Form?
  /// A file of its settings; empty where only this system is asked.
  public var path: String
  /// Whether this system's `zfs` tells what is there.
  public var asksHost: Bool
  /// Where zrepl's copies are.
  public var target: String
  /// The connection of all that is not local; empty for those that are named.
  public var connection: String

  public init(
    form: ForeignTasks.Form? = nil, path: String = "", asksHost: Bool = false, target: String = "",
    connection: String = ""
  ) {
    self.form = form
    self.path = path
    self.asksHost = asksHost
    self.target = target
    self.connection = connection
  }
}

/// The import while it is open.
struct Importing: Hashable, Sendable {
  var order = ForeignOrder()
  /// Whether it was tried: then what is missing is shown.
  var isTried = false
  var request: RequestID?
  var result: Result<ForeignTasks, Failure>?
  /// All there is to say of the result, by the rules and what is stored.
  var findings: [Finding] = []

  var isKept: Bool { !findings.contains { $0.severity == .error } }
}
