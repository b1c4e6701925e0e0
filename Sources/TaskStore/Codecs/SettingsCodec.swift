internal import ReplicationModel

/// What holds for all tasks: `settings.yaml`, which need not be there.
public struct Settings: Hashable, Sendable {
  /// The most tasks that run by themselves at a time; nil for any number (engine.md 1.7).
  public var maxParallelReplicationTasks: Int? = 5
  /// Whether runs remember what they listed, and list anew only what has changed.
  public var keepsListings = true

  /// The standard ones.
  public init() {}
}

enum SettingsCodec {
  static func read(_ text: String, name: String) throws(YAMLProblem) -> (Settings, [Finding]) {
    var yaml = try YAMLMapping(text: text)
    var settings = Settings()
    let key = "max_parallel_replication_tasks"
    if yaml.isNothing(key) {
      settings.maxParallelReplicationTasks = nil
    } else if let limit = yaml.int(key) {
      settings.maxParallelReplicationTasks = limit
      if limit < 1 { yaml.report(key, "is \(limit), and has to be 1 or more, or null for any") }
    }
    if let keeps = yaml.bool("keep_listings") { settings.keepsListings = keeps }
    return (settings, yaml.finished)
  }
}
