internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import SSHTransport
internal import TaskStore

/// The files, the history and the time zone that the commands of one call work with.
struct Workplace {
  let store: FileStore
  let folders: StoreFolders
  let zone: Zone
  /// Opens locked keys: in a terminal it asks, once for each.
  let ring = KeyRing { path in
    guard Prompt.isPossible else { return nil }
    return try? Prompt.secret("Passphrase of \(path): ")
  }

  init(_ options: GlobalOptions) { self.init(folders: options.folders) }

  init(folders: StoreFolders) {
    self.folders = folders
    store = FileStore(folders)
    zone = Self.systemZone
  }

  /// The history, made on first use: commands that only read files need no database.
  func history() throws(StoreError) -> RunHistory { try RunHistory(folders) }

  var now: Instant { Instant(Int64(Date().timeIntervalSince1970.rounded(.down))) }

  /// What the rules may look at, for a task that is to be saved under `name`.
  func ruleContext(for name: String) throws(StoreError) -> RuleContext {
    try store.ruleContext(for: name, zone: zone, now: now)
  }

  static var systemZone: Zone {
    let zone = TimeZone.current
    // Foundation calls it by the old name, whichever TZ says.
    let name = zone.identifier == "GMT" ? "UTC" : zone.identifier
    let known = OffsetMemory { seconds in
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }
    return Zone(name: name) { known.offset(at: $0) }
  }
}
