internal import ReplicationModel

/// What holds for all tasks: `settings.yaml`, which need not be there.
public struct Settings: Hashable, Sendable {
  /// The most tasks that run by themselves at a time; nil for any number (engine.md 1.7).
  public var maxParallelReplicationTasks: Int? = 5
  /// Whether runs remember what they listed, and list anew only what has changed.
  public var keepsListings = true
  /// Whether the system's `ssh` may carry streams where it is faster.
  public var systemSSH = true
  /// Over how many connections one stream goes; nil for as many as the line needs.
  public var streams: Int?

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
    settings.systemSSH = yaml.bool("system_ssh") ?? true
    settings.streams = yaml.int("streams")
    let most = Connection.mostForOneStream
    if let streams = settings.streams, !(1...most).contains(streams) {
      yaml.report("streams", "is \(streams), and has to be from 1 to \(most)")
    }
    return (settings, yaml.finished)
  }
}
