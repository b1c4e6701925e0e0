internal import AppRuntime
internal import ReplicationEngine
internal import ReplicationModel
internal import SSHTransport
internal import TaskStore
internal import ZFSCommand
internal import ZferryApp

extension Workplace {
  /// The real adapters behind the ports: the one place where they are chosen.
  ///
  /// `ring` opens locked keys; behind screens it must not ask, for the terminal is theirs.
  func ports(ring: KeyRing? = nil) throws(StoreError) -> AppPorts {
    let store = store
    let ring = ring ?? self.ring
    let history = try history()
    // A file that cannot be read is told where tasks run by themselves; it stops nobody here.
    let settings = (try? store.settings()) ?? Settings()
    let door = LoginDoor()
    var ports = AppPorts(
      files: store, pairing: SSHPairing(ring: ring), inspection: SSHInspection(ring: ring),
      records: history, control: history, notifier: LocalNotifier(), pump: FilePump(),
      clock: SystemClock(), zone: zone, listings: keepsListings ? ListingFiles(folders) : nil
    ) { (connection) throws(HostError) -> any HostPort in
      guard let connection else { return LocalHost() }
      return SSHHost(
        connection, keyPath: store.privateKeyPath(connection.key), ring: ring,
        carrier: settings.systemSSH ? .fastest : .builtIn, streams: settings.streams,
        door: door)
    }
    ports.unlock = { ring.unlock($0, with: $1) }
    ports.schedule = history
    ports.drafts = DraftFiles(folders)
    ports.confine = { ForcedCommand.confinement(of: $0, to: $1, $2, sudo: $3) }
    return ports
  }

  /// Settings that cannot be read are told by those that need them; here nothing is remembered then.
  private var keepsListings: Bool { (try? store.settings().keepsListings) ?? false }

  /// A stored task that may run: one with errors is `.invalid`, with all of its findings.
  func runnable(_ name: String) throws(StoreError) -> TaskOrder {
    let order = try TaskOrder(stored: name, in: store)
    let findings =
      TaskRules.findings(for: order.task, in: try ruleContext(for: name))
    if findings.contains(where: { $0.severity == .error }) {
      throw StoreError(.invalid, subject: name, findings: findings)
    }
    return order
  }
}
