/// The fields of a snapshot task; a raw value is the field's name in its file (engine.md 1.3).
public enum SnapshotTaskField: String, CaseIterable, Sendable {
  case name
  case dataset
  case recursive
  case exclude
  case lifetimeValue = "lifetime_value"
  case lifetimeUnit = "lifetime_unit"
  case namingSchema = "naming_schema"
  case schedule
  case allowEmpty = "allow_empty"
  case enabled

  /// What people call it: the words on the screens (ui.md).
  public var label: String {
    switch self {
    case .name: "Snapshot Task Name"
    case .dataset: "Dataset"
    case .recursive: "Recursive"
    case .exclude: "Exclude"
    case .lifetimeValue: "Snapshot Lifetime"
    case .lifetimeUnit: "Unit"
    case .namingSchema: "Naming Schema"
    case .schedule: "Schedule"
    case .allowEmpty: "Allow Taking Empty Snapshots"
    case .enabled: "Enabled"
    }
  }

  /// What it is for, in one line of at most 76 characters.
  public var help: String {
    switch self {
    case .name: "The name of the snapshot task, which is also that of its file."
    case .dataset: "The dataset that is snapshotted, as tank/data."
    case .recursive: "Also snapshots every dataset below."
    case .exclude: "Datasets below that get no snapshot."
    case .lifetimeValue: "How many units a snapshot is kept for."
    case .lifetimeUnit: "The unit of Snapshot Lifetime: HOUR, DAY, WEEK, MONTH or YEAR."
    case .namingSchema: "How snapshots are named, as auto-%Y-%m-%d_%H-%M."
    case .schedule: "When snapshots are made."
    case .allowEmpty: "Keeps a snapshot even where nothing has changed."
    case .enabled: "Whether snapshots are made at all."
    }
  }
}
