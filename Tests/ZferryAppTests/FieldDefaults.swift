import ReplicationModel

@testable import ZferryApp

extension ReferenceText {
  /// What a field of a new task has, as it is written in Markdown.
  static func value(of field: TaskField, in task: TaskDraft) -> String {
    switch field {
    case .name: told(task.name)
    case .direction: told(task.direction.rawValue)
    case .transport: told(task.transport.rawValue)
    case .connection: told(task.connection)
    case .sourceDatasets: told(task.sourceDatasets)
    case .targetDataset: told(task.targetDataset)
    case .recursive: told(task.recursive)
    case .exclude: told(task.exclude)
    case .periodicSnapshotTasks: told(task.periodicSnapshotTasks)
    case .namingSchema: told(task.namingSchema)
    case .alsoIncludeNamingSchema: told(task.alsoIncludeNamingSchema)
    case .nameRegex: told(task.nameRegex)
    case .restrictSchedule: told(task.restrictSchedule.map { "\($0)" })
    case .onlyMatchingSchedule: told(task.onlyMatchingSchedule)
    case .holdPendingSnapshots: told(task.holdPendingSnapshots)
    case .auto: told(task.auto)
    case .schedule: told(task.schedule.map { "\($0)" })
    case .enabled: told(task.enabled)
    case .retentionPolicy: told(task.retentionPolicy.rawValue)
    case .lifetimeValue: told(task.lifetimeValue)
    case .lifetimeUnit: told(task.lifetimeUnit?.rawValue)
    case .lifetimes: told(task.lifetimes.map { "\($0)" })
    case .readonly: told(task.readonly.rawValue)
    case .allowFromScratch: told(task.allowFromScratch.rawValue)
    case .conflict: told(task.conflict.rawValue)
    case .properties: told(task.properties)
    case .propertiesExclude: told(task.propertiesExclude)
    case .propertiesOverride: told(task.propertiesOverride.map(\.key))
    case .replicate: told(task.replicate)
    case .encryption: told(task.encryption)
    case .encryptionInherit: told(task.encryptionInherit)
    case .encryptionKey: told(task.encryptionKey == nil ? nil : "set")
    case .encryptionKeyFormat: told(task.encryptionKeyFormat?.rawValue)
    case .encryptionKeyLocation: told(task.encryptionKeyLocation)
    case .sudo: told(task.sudo)
    case .netcatActiveSide: told(task.netcatActiveSide?.rawValue)
    case .netcatActiveSideListenAddress: told(task.netcatActiveSideListenAddress)
    case .netcatActiveSidePortMin: told(task.netcatActiveSidePortMin)
    case .netcatActiveSidePortMax: told(task.netcatActiveSidePortMax)
    case .netcatPassiveSideConnectAddress: told(task.netcatPassiveSideConnectAddress)
    case .compression: told(task.compression?.rawValue)
    case .speedLimit: told(task.speedLimit)
    case .bandwidth: told(task.bandwidth.map { "\($0)" })
    case .parallel: told(task.parallel)
    case .streams: told(task.streams)
    case .largeBlock: told(task.largeBlock)
    case .compressed: told(task.compressed)
    case .embed: told(task.embed)
    case .retries: told(task.retries)
    case .retryMinutes: told(task.retryMinutes)
    case .loggingLevel: told(task.loggingLevel?.rawValue)
    case .notify: told(task.notify.map { "\($0)" })
    }
  }

  static func value(of field: ConnectionField, in connection: Connection) -> String {
    switch field {
    case .name: told(connection.name)
    case .host: told(connection.host)
    case .port: told(connection.port)
    case .username: told(connection.username)
    case .key: told(connection.key)
    case .hostKey: told(connection.hostKey)
    case .connectTimeout: told(connection.connectTimeout)
    case .sudo: told(connection.sudo)
    }
  }

  static func value(of field: SnapshotTaskField, in task: SnapshotTask) -> String {
    switch field {
    case .name: told(task.name)
    case .dataset: told(task.dataset)
    case .recursive: told(task.recursive)
    case .exclude: told(task.exclude)
    case .lifetimeValue: told(task.lifetimeValue)
    case .lifetimeUnit: told(task.lifetimeUnit.rawValue)
    case .namingSchema: told(task.namingSchema)
    case .schedule:
      told(
        [
          task.schedule.minute, task.schedule.hour, task.schedule.dom, task.schedule.month,
          task.schedule.dow,
        ].joined(separator: " "))
    case .allowEmpty: told(task.allowEmpty)
    case .enabled: told(task.enabled)
    }
  }

  /// What a field of a screen has before anybody touched it.
  static func value(of field: FieldSpec, in state: AppState) -> String {
    switch field.kind {
    case .text(let get, _, _, _): told(get(state))
    case .check(let get, _): told(get(state))
    case .choice(let options, let get, _): told(get(state).map { options(state)[$0] })
    case .opener(let value, _): told(value(state))
    case .constant(let value), .fold(_, let value, _): told(value(state))
    }
  }

  private static func told(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "none" }
    return "`\(text)`"
  }

  private static func told(_ flag: Bool?) -> String { told(flag.map { "\($0)" }) }
  private static func told(_ number: Int?) -> String { told(number.map { "\($0)" }) }
  private static func told(_ list: [String]) -> String { told(list.joined(separator: ", ")) }
}
