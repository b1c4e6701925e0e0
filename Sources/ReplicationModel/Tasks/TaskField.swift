/// The fields of a replication task; a raw value is the field's name in the task file
/// (engine.md 1.5).
public enum TaskField: String, CaseIterable, Sendable {
  case name
  case direction
  case transport
  case connection
  case sourceDatasets = "source_datasets"
  case targetDataset = "target_dataset"
  case recursive
  case exclude
  case periodicSnapshotTasks = "periodic_snapshot_tasks"
  case namingSchema = "naming_schema"
  case alsoIncludeNamingSchema = "also_include_naming_schema"
  case nameRegex = "name_regex"
  case restrictSchedule = "restrict_schedule"
  case onlyMatchingSchedule = "only_matching_schedule"
  case holdPendingSnapshots = "hold_pending_snapshots"
  case auto
  case schedule
  case enabled
  case retentionPolicy = "retention_policy"
  case lifetimeValue = "lifetime_value"
  case lifetimeUnit = "lifetime_unit"
  case lifetimes
  case readonly
  case allowFromScratch = "allow_from_scratch"
  case conflict
  case properties
  case propertiesExclude = "properties_exclude"
  case propertiesOverride = "properties_override"
  case replicate
  case encryption
  case encryptionInherit = "encryption_inherit"
  case encryptionKey = "encryption_key"
  case encryptionKeyFormat = "encryption_key_format"
  case encryptionKeyLocation = "encryption_key_location"
  case sudo
  case netcatActiveSide = "netcat_active_side"
  case netcatActiveSideListenAddress = "netcat_active_side_listen_address"
  case netcatActiveSidePortMin = "netcat_active_side_port_min"
  case netcatActiveSidePortMax = "netcat_active_side_port_max"
  case netcatPassiveSideConnectAddress = "netcat_passive_side_connect_address"
  case compression
  case speedLimit = "speed_limit"
  case bandwidth
  case parallel
  case streams
  case largeBlock = "large_block"
  case compressed
  case embed
  case retries
  case retryMinutes = "retry_minutes"
  case loggingLevel = "logging_level"
  case notify

  /// What people call it: the words on the screens (ui.md).
  public var label: String {
    switch self {
    case .name: "Task Name"
    case .direction: "Direction"
    case .transport: "Transport"
    case .connection: "SSH Connection"
    case .sourceDatasets: "Source"
    case .targetDataset: "Destination"
    case .recursive: "Recursive"
    case .exclude: "Exclude Child Datasets"
    case .periodicSnapshotTasks: "Periodic Snapshot Tasks"
    case .namingSchema: "Naming Schema"
    case .alsoIncludeNamingSchema: "Also Include Naming Schema"
    case .nameRegex: "Snapshot Name Regular Expression"
    case .restrictSchedule: "Replicate Specific Snapshots"
    case .onlyMatchingSchedule: "Only Replicate Snapshots Matching Schedule"
    case .holdPendingSnapshots: "Save Pending Snapshots"
    case .auto: "Run Automatically"
    case .schedule: "Schedule"
    case .enabled: "Enabled"
    case .retentionPolicy: "Destination Snapshot Lifetime"
    case .lifetimeValue: "Snapshot Lifetime"
    case .lifetimeUnit: "Unit"
    case .lifetimes: "Additional Lifetimes"
    case .readonly: "Destination Dataset Read-only Policy"
    case .allowFromScratch: "Replication from scratch"
    case .conflict: "When a Decision Is Needed"
    case .properties: "Include Dataset Properties"
    case .propertiesExclude: "Properties Exclude"
    case .propertiesOverride: "Properties Override"
    case .replicate: "Full Filesystem Replication"
    case .encryption: "Encryption"
    case .encryptionInherit: "Inherit Encryption"
    case .encryptionKey: "Encryption Key"
    case .encryptionKeyFormat: "Encryption Key Format"
    case .encryptionKeyLocation: "Encryption Key Location in Target System"
    case .sudo: "Use Sudo For ZFS Commands"
    case .netcatActiveSide: "Netcat Active Side"
    case .netcatActiveSideListenAddress: "Netcat Active Side Listen Address"
    case .netcatActiveSidePortMin: "Netcat Active Side Min Port"
    case .netcatActiveSidePortMax: "Netcat Active Side Max Port"
    case .netcatPassiveSideConnectAddress: "Netcat Active Side Connect Address"
    case .compression: "Stream Compression"
    case .speedLimit: "Limit"
    case .bandwidth: "Limits by Time of Day"
    case .parallel: "Datasets at a Time"
    case .streams: "Connections for One Stream"
    case .largeBlock: "Allow Blocks Larger than 128KB"
    case .compressed: "Allow Compressed WRITE Records"
    case .embed: "Allow Embedded Data"
    case .retries: "Number of retries for failed replications"
    case .retryMinutes: "Minutes of retrying without progress"
    case .loggingLevel: "Logging Level"
    case .notify: "Notify"
    }
  }

  /// What it is for, in one line of at most 76 characters.
  public var help: String {
    switch self {
    case .name: "The name of the task, which is also the name of its file."
    case .direction: "Whether this system sends (PUSH) or fetches (PULL)."
    case .transport: "How data travels: SSH, or LOCAL within this system."
    case .connection: "The saved connection to the other system."
    case .sourceDatasets: "The datasets to copy, as tank/data."
    case .targetDataset: "The dataset that receives the copy, as backup/data."
    case .recursive: "Also copies every dataset below the sources."
    case .exclude: "Datasets below the sources that are left out."
    case .periodicSnapshotTasks: "Snapshot tasks whose snapshots are sent."
    case .namingSchema: "Names of the snapshots to fetch, as auto-%Y-%m-%d_%H-%M."
    case .alsoIncludeNamingSchema: "Names of further snapshots to send."
    case .nameRegex: "A pattern that a snapshot's whole name has to match."
    case .restrictSchedule: "Takes only snapshots whose time matches a schedule."
    case .onlyMatchingSchedule: "Takes only snapshots whose time matches Schedule."
    case .holdPendingSnapshots: "Keeps snapshots on the source until they were sent."
    case .auto: "Runs without being asked to."
    case .schedule: "When the task runs."
    case .enabled: "Whether the task runs by itself at all."
    case .retentionPolicy: "How long copies are kept on the destination."
    case .lifetimeValue: "How many units copies are kept for."
    case .lifetimeUnit: "The unit of Snapshot Lifetime: HOUR, DAY, WEEK, MONTH or YEAR."
    case .lifetimes: "Longer lifetimes for snapshots that match a schedule."
    case .readonly: "SET makes copies read-only, REQUIRE insists, IGNORE leaves them."
    case .allowFromScratch: "REFUSE, put ASIDE or REPLACE a copy that has nothing in common."
    case .conflict: "STOP sends nothing; SKIP leaves that dataset and sends the others."
    case .properties: "Sends the properties of the datasets along."
    case .propertiesExclude: "Properties that are not taken over on the destination."
    case .propertiesOverride: "Properties that get another value on the destination."
    case .replicate: "Copies whole trees with all that hangs on them."
    case .encryption: "Encrypts a destination that has yet to be created."
    case .encryptionInherit: "Takes the encryption of the dataset above the destination."
    case .encryptionKey: "The key or passphrase of the new destination."
    case .encryptionKeyFormat: "HEX for 64 hexadecimal digits, or PASSPHRASE."
    case .encryptionKeyLocation:
      "Where the destination keeps the key: a path there. Empty: only here."
    case .sudo: "Runs zfs through sudo on the other system."
    case .netcatActiveSide: "The side that listens for the data: LOCAL or REMOTE."
    case .netcatActiveSideListenAddress: "The address the listening side binds to."
    case .netcatActiveSidePortMin: "The lowest port the listening side may take."
    case .netcatActiveSidePortMax: "The highest port the listening side may take."
    case .netcatPassiveSideConnectAddress: "The address the other side dials."
    case .compression: "Packs the stream on its way over SSH."
    case .speedLimit: "The most bytes a second that a run may send."
    case .bandwidth: "Other limits for parts of the day, as 08:00-18:00 10M."
    case .parallel: "How many datasets are sent at the same time, 1 to 16."
    case .streams: "Over how many connections a large stream goes, 1 to 8."
    case .largeBlock: "Keeps large blocks large in the stream."
    case .compressed: "Sends blocks as they are stored, still compressed."
    case .embed: "Sends very small blocks inside their pointers."
    case .retries: "How many attempts a run has in all."
    case .retryMinutes: "How long a run goes on trying when nothing gets through."
    case .loggingLevel: "How much a run writes to its log."
    case .notify: "Who is told when a run fails or the copy falls behind."
    }
  }
}
