import ReplicationModel

extension TaskField {
  /// Why the option has no meaning for a task, or nil where it has: in one sentence that names what
  /// would give it one.
  func needlessness(in task: TaskDraft) -> String? {
    let isLocal = task.transport == .local
    let isPull = task.direction == .pull && !isLocal
    switch self {
    case .direction, .connection, .sudo:
      return isLocal ? "Not needed: with LOCAL nothing leaves this system." : nil
    case .netcatActiveSide, .netcatActiveSideListenAddress, .netcatActiveSidePortMin,
      .netcatActiveSidePortMax, .netcatPassiveSideConnectAddress:
      return task.transport == .sshNetcat ? nil : "Only with the transport SSH+NETCAT."
    case .compression, .speedLimit, .bandwidth, .streams:
      return task.transport == .ssh ? nil : "Only with the transport SSH."
    case .recursive, .properties:
      return task.replicate ? Self.sendsAll : nil
    case .exclude:
      if task.replicate { return Self.sendsAll }
      return task.recursive ? nil : "Only with Recursive: else nothing below is copied."
    case .propertiesExclude, .propertiesOverride:
      return task.properties || task.replicate
        ? nil : "Only with \(TaskField.properties.label)."
    case .periodicSnapshotTasks:
      return isPull ? "Only with PUSH: with PULL others make the snapshots." : nil
    case .alsoIncludeNamingSchema:
      return isPull ? "Only with PUSH. With PULL it is Naming Schema." : nil
    case .namingSchema:
      return isPull ? nil : "Only with PULL. With PUSH it is Also Include Naming Schema."
    case .holdPendingSnapshots:
      return isPull ? "Only with PUSH: it keeps snapshots on this system." : nil
    case .schedule:
      return task.auto ? nil : "Only with Run Automatically."
    case .onlyMatchingSchedule:
      return task.auto && task.schedule != nil ? nil : "Only with a Schedule."
    case .lifetimeValue, .lifetimeUnit, .lifetimes:
      return task.retentionPolicy == .custom
        ? nil : "Only with Custom as \(TaskField.retentionPolicy.label)."
    case .encryptionInherit:
      return task.encryption ? nil : Self.onlyEncrypted
    case .encryptionKey, .encryptionKeyFormat, .encryptionKeyLocation:
      guard task.encryption else { return Self.onlyEncrypted }
      return task.encryptionInherit == true ? "Not needed: the encryption is inherited." : nil
    default: return nil
    }
  }

  private static let sendsAll = "Full Filesystem Replication always sends everything."
  private static let onlyEncrypted = "Only with Encryption."

  /// Puts an option that may be needless back to what it is when nothing is entered.
  func reset(in task: inout TaskDraft) {
    let new = AdvancedForm.standard
    switch self {
    case .direction: task.direction = new.direction
    case .connection: task.connection = nil
    case .sudo: task.sudo = false
    case .netcatActiveSide: task.netcatActiveSide = nil
    case .netcatActiveSideListenAddress: task.netcatActiveSideListenAddress = nil
    case .netcatActiveSidePortMin: task.netcatActiveSidePortMin = nil
    case .netcatActiveSidePortMax: task.netcatActiveSidePortMax = nil
    case .netcatPassiveSideConnectAddress: task.netcatPassiveSideConnectAddress = nil
    case .compression: task.compression = nil
    case .speedLimit: task.speedLimit = nil
    case .bandwidth: task.bandwidth = []
    case .streams: task.streams = nil
    case .exclude: task.exclude = []
    case .propertiesExclude: task.propertiesExclude = []
    case .propertiesOverride: task.propertiesOverride = [:]
    case .periodicSnapshotTasks: task.periodicSnapshotTasks = []
    case .alsoIncludeNamingSchema: task.alsoIncludeNamingSchema = []
    case .namingSchema: task.namingSchema = []
    case .holdPendingSnapshots: task.holdPendingSnapshots = false
    case .schedule: task.schedule = nil
    case .onlyMatchingSchedule: task.onlyMatchingSchedule = false
    case .lifetimeValue: task.lifetimeValue = nil
    case .lifetimeUnit: task.lifetimeUnit = nil
    case .lifetimes: task.lifetimes = []
    case .encryptionInherit: task.encryptionInherit = nil
    case .encryptionKey: task.encryptionKey = nil
    case .encryptionKeyFormat: task.encryptionKeyFormat = nil
    case .encryptionKeyLocation: task.encryptionKeyLocation = nil
    default: break
    }
  }
}
