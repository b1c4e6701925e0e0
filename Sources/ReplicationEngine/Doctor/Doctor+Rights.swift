internal import ReplicationModel
internal import ReplicationPlanner

/// What one side told of the rights that a task needs there.
struct RightsLook: Hashable, Sendable {
  /// `this host`, or `replica@vault`.
  var label: String
  var findings: [RightFinding] = []
  var error: HostError?
}

extension Doctor {
  /// Looks for each right, on the source first: what it sends decides what the other side has to allow.
  func lookForRights(_ request: ReplicationRequest, _ question: CheckQuestion) async
    -> [RightsLook]
  {
    var looks: [RightsLook] = []
    var properties: Set<String> = []
    for side in TaskRights.Side.allCases {
      let isThere = (side == .source ? question.sides.source : question.sides.target) == .there
      let connection = isThere ? question.connection : nil
      var look = RightsLook(
        label: connection.map { "\($0.username)@\($0.host)" } ?? "this host")
      do throws(HostError) {
        let system = try await host(connection)
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
