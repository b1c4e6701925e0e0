internal import ReplicationModel

/// The file of a snapshot task (engine.md 1.3).
enum SnapshotTaskCodec {
  static func read(_ text: String, name: String) throws(YAMLProblem) -> (SnapshotTask, [Finding]) {
    var yaml = try YAMLMapping(text: text)
    let task = read(&yaml, name: name)
    return (task, yaml.finished)
  }

  /// The fields of one that stands in a mapping, as in TrueNAS'.
  static func read(_ yaml: inout YAMLMapping, name: String) -> SnapshotTask {
    var task = SnapshotTask()
    task.name = name
    task.dataset = yaml.text("dataset") ?? ""
    task.recursive = yaml.bool("recursive") ?? task.recursive
    task.exclude = yaml.texts("exclude") ?? []
    task.lifetimeValue = yaml.int("lifetime_value") ?? task.lifetimeValue
    task.lifetimeUnit = yaml.choice("lifetime_unit", Lifetime.Unit.self) ?? task.lifetimeUnit
    task.namingSchema = yaml.text("naming_schema") ?? task.namingSchema
    task.schedule = yaml.schedule("schedule") ?? task.schedule
    task.allowEmpty = yaml.bool("allow_empty") ?? task.allowEmpty
    task.enabled = yaml.bool("enabled") ?? task.enabled
    return task
  }

  static func write(_ task: SnapshotTask) -> String {
    var yaml = YAMLWriter()
    yaml.text("dataset", task.dataset)
    yaml.bool("recursive", task.recursive)
    yaml.texts("exclude", task.exclude)
    yaml.int("lifetime_value", task.lifetimeValue)
    yaml.text("lifetime_unit", task.lifetimeUnit.rawValue)
    yaml.text("naming_schema", task.namingSchema)
    yaml.schedule("schedule", task.schedule)
    yaml.bool("allow_empty", task.allowEmpty.unless(true))
    yaml.bool("enabled", task.enabled.unless(true))
    return yaml.text()
  }
}
