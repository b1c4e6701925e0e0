internal import ReplicationModel
internal import ReplicationPlanner
internal import Synchronization

/// What one side told of the rights that a task needs there.
struct RightsLook: Hashable, Sendable {
  /// `this host`, or `replica@vault`.
  var label: String
  var findings: [RightFinding] = []
  var error: HostError?
}

/// The other system, as the doctor has logged in to it, until somebody goes on with that login.
final class StayingHost: Sendable {
  private struct State {
    var host: (any HostPort)?
    var isOver = false
  }
  private let state = Mutex(State())

  /// Keeps it, or closes it where the doctor has left.
  func keep(_ host: (any HostPort)?) async {
    let late = state.withLock { state in
      if state.isOver { return host }
      state.host = host
      return nil
    }
    await late?.close()
  }

  /// Whoever takes it closes it. There is no second.
  func take() -> (any HostPort)? {
    state.withLock { state in
      defer { state = State(host: nil, isOver: true) }
      return state.host
    }
  }
}

extension Doctor {
  /// Looks for each right, on the source first: what it sends decides what the other side has to allow.
  ///
  /// The other side is asked through the login there is already.
  func lookForRights(
    _ request: ReplicationRequest, _ question: CheckQuestion, _ staying: StayingHost
  ) async -> [RightsLook] {
    var looks: [RightsLook] = []
    var properties: Set<String> = []
    for side in TaskRights.Side.allCases {
      let isThere = (side == .source ? question.sides.source : question.sides.target) == .there
      let connection = isThere ? question.connection : nil
      var look = RightsLook(
        label: connection.map { "\($0.username)@\($0.host)" } ?? "this host")
      do throws(HostError) {
        let known = isThere ? staying.take() : nil
        let system: any HostPort
        if let known { system = known } else { system = try await host(connection) }
        let probe = RightsProbe(
          request: request, side: side, host: system, sudo: connection?.sudo ?? false,
          // What another system's snapshots are taken by is not known here.
          snapshotTasks: side == .source && !isThere ? question.snapshotTasks : [],
          properties: properties)
        do throws(HostError) {
          properties = try await probe.sentProperties()
          look.findings = try await probe.look()
        } catch { look.error = error }
        await system.close()
      } catch { look.error = error }
      looks.append(look)
    }
    return looks
  }
}
