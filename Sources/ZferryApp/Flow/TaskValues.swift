import ReplicationModel

extension TaskField {
  /// The field's value in a task: to tell whether two tasks have the same.
  func value(in task: TaskDraft) -> AnyHashable {
    switch self {
    case .name: task.name
    case .direction: task.direction
    case .transport: task.transport
    case .connection: task.connection
    case .sourceDatasets: task.sourceDatasets
    case .targetDataset: task.targetDataset
    case .recursive: task.recursive
    case .exclude: task.exclude
    case .periodicSnapshotTasks: task.periodicSnapshotTasks
    case .namingSchema: task.namingSchema
    case .alsoIncludeNamingSchema: task.alsoIncludeNamingSchema
    case .nameRegex: task.nameRegex
    case .restrictSchedule: task.restrictSchedule
    case .onlyMatchingSchedule: task.onlyMatchingSchedule
    case .holdPendingSnapshots: task.holdPendingSnapshots
    case .auto: task.auto
    case .schedule: task.schedule
    case .enabled: task.enabled
    case .retentionPolicy: task.retentionPolicy
    case .lifetimeValue: task.lifetimeValue
    case .lifetimeUnit: task.lifetimeUnit
    case .lifetimes: task.lifetimes
    case .readonly: task.readonly
    case .allowFromScratch: task.allowFromScratch
    case .conflict: task.conflict
    case .properties: task.properties
    case .propertiesExclude: task.propertiesExclude
    case .propertiesOverride: task.propertiesOverride
    case .replicate: task.replicate
    case .encryption: task.encryption
    case .encryptionInherit: task.encryptionInherit
    case .encryptionKey: task.encryptionKey
    case .encryptionKeyFormat: task.encryptionKeyFormat
    case .encryptionKeyLocation: task.encryptionKeyLocation
    case .sudo: task.sudo
    case .netcatActiveSide: task.netcatActiveSide
    case .netcatActiveSideListenAddress: task.netcatActiveSideListenAddress
    case .netcatActiveSidePortMin: task.netcatActiveSidePortMin
    case .netcatActiveSidePortMax: task.netcatActiveSidePortMax
    case .netcatPassiveSideConnectAddress: task.netcatPassiveSideConnectAddress
    case .compression: task.compression
    case .speedLimit: task.speedLimit
    case .bandwidth: task.bandwidth
    case .parallel: task.parallel
    case .streams: task.streams
    case .largeBlock: task.largeBlock
    case .compressed: task.compressed
    case .embed: task.embed
    case .retries: task.retries
    case .retryMinutes: task.retryMinutes
    case .loggingLevel: task.loggingLevel
    case .notify: task.notify
    }
  }

  /// Whether it differs from what a new task begins with.
  func isSet(in task: TaskDraft) -> Bool { value(in: task) != value(in: AdvancedForm.standard) }
}
