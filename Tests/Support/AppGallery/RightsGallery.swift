import ReplicationModel
import ReplicationPlanner

@testable import ZferryApp

extension FakeWorld {
  /// What a task needs here, as root, and on the other system; `missing` are not there.
  func rights(_ order: TaskOrder, provedFor missing: Set<String>?) -> RightsSheet {
    let tasks = Dictionary((order.boundTasks + order.snapshotTasks).map { ($0.name, $0) }) {
      first, _ in first
    }
    guard let request = ReplicationRequest(order.task, snapshotTasks: tasks) else {
      return RightsSheet(task: order.task.name, places: [])
    }
    let isPull = order.task.direction == .pull
    let places = TaskRights.Side.allCases.map { side in
      let rights = TaskRights(request, side)
      let patterns = TaskCommands.patterns(request, side)
      let connection = (side == .source) == isPull ? order.connection : nil
      let user = connection?.username ?? "root"
      return RightsSheet.Place(
        side: side, host: connection?.host ?? "this system", user: user, isRoot: user == "root",
        usesSudo: connection?.sudo ?? false, allow: rights.allowing(user: user),
        sudoers: Sudoers.lines(patterns, user: user),
        confinement: connection.map { _ in
          KeyConfinement(
            path: ".ssh/zferry-\(order.task.name)", script: "#!/bin/sh\n# a script\n",
            line: "restrict,command=\"/bin/sh .ssh/zferry-\(order.task.name)\" ssh-ed25519 AAAA")
        },
        findings: missing.map { missing in
          rights.needs.map { need in
            RightFinding(
              side: side, right: need.right, dataset: need.dataset, use: need.use,
              state: connection != nil && missing.contains(need.right) ? .missing : .have)
          }
        } ?? [])
    }
    return RightsSheet(task: order.task.name, places: places)
  }
}
