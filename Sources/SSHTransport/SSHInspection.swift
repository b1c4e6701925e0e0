internal import Dispatch
internal import Glibc
public import ReplicationEngine
public import ReplicationModel

/// A doctor's look at a host over SSH: one login, one command, and a packet there and back.
public struct SSHInspection: InspectionPort {
  /// Enough for several packets of any link, and for no window to be in its way.
  private static let parcel = (0..<(64 << 10)).map { UInt8(ascii: "A") + UInt8($0 % 23) }
  /// Seconds without a sign after which a host counts as stalled.
  private static let patience = 20.0

  private let ring: KeyRing

  /// `ring` opens keys that are locked.
  public init(ring: KeyRing = KeyRing()) { self.ring = ring }

  public func inspect(
    _ connection: Connection, keyPath: String, _ question: InspectionQuestion,
    told: @escaping @Sendable (CheckResult) -> Void
  ) async throws(HostError) -> Inspection {
    let (found, host) = try await inspectStaying(
      connection, keyPath: keyPath, question, told: told)
    await host?.close()
    return found
  }

  public func inspectStaying(
    _ connection: Connection, keyPath: String, _ question: InspectionQuestion,
    told: @escaping @Sendable (CheckResult) -> Void
  ) async throws(HostError) -> (found: Inspection, host: (any HostPort)?) {
    let stop = StopSignal()
    let queue = DispatchQueue(label: "zferry.ssh.inspection")
    let ring = ring
    let login = Login.key(path: keyPath, ring: ring)
    return try await Blocking.run(on: queue, stop: stop) { () throws(HostError) in
      let session = try SSHSession.open(connection, login, stop: stop, told: told)
      let script = HostQuestions.script(question, sudo: connection.sudo)
      let result = try session.execute(RemoteLine.script(script), seconds: Self.patience)
      var inspection = HostQuestions.inspection(
        result, sudo: connection.sudo, now: Int64(time(nil)))
      if inspection.chatter.isEmpty { told(.good(.shell, inspection.shell)) }
      do throws(HostError) { try Self.send(through: session) } catch {
        inspection.transferError = error
      }
      return (inspection, SSHHost(connection, login, session: session))
    }
  }

  public func tryLink(_ connection: Connection, keyPath: String, _ netcat: Netcat)
    async throws(HostError)
  {
    let host = SSHHost(connection, keyPath: keyPath, ring: ring)
    var command = Command.zfs("version")
    let link = Command.Link(netcat, .after)
    command.link = link
    let stream = try await host.linked(command, link)
    // It came about with the token: what `zfs` says through it does not matter.
    await stream.terminate()
    _ = try? await stream.finish()
    close(stream.handle.raw)
  }

  /// Sends what does not fit into one packet, and wants it back.
  private static func send(through session: SSHSession) throws(HostError) {
    let line = RemoteLine.script("cat; " + RemoteLine.told("$?"))
    let result = try session.execute(line, input: parcel, seconds: min(patience, 10))
    guard result.succeeded, result.output.suffix(parcel.count).elementsEqual(parcel) else {
      throw session.error(.stalled, result.errors)
    }
  }
}
