/// What confines a key to a task on the other system: a line for `authorized_keys`, and the script
/// that the line names.
public struct KeyConfinement: Hashable, Sendable {
  /// Where the script goes, from the user's home there.
  public var path: String
  /// A script for a POSIX sh.
  public var script: String
  /// The line for `authorized_keys`, in place of the key's own.
  public var line: String

  public init(path: String, script: String, line: String) {
    self.path = path
    self.script = script
    self.line = line
  }
}
