import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import Testing

@testable import AppRuntime
@testable import ZferryApp

/// Tasks of other programs, and pruning, as the screens ask for them.
@Suite struct SnapshotEffectTests {
  let id = RequestID(1)

  static let names = Command.zfs([
    "list", "-H", "-t", "filesystem,volume,snapshot,bookmark", "-o", "name",
  ]).shellText
  static let properties = Command.zfs([
    "get", "-H", "-r", "-t", "filesystem,volume", "-o", "name,property,value,source", "-s",
    "local,received", "all", "tank",
  ]).shellText

  @Test func `a file and what zfs tells are read together, and the host is closed`() async {
    var bench = Bench()
    bench.host = ScriptedHost(answers: [
      Self.names: CommandResult(exit: .status(0), output: Array("tank\ntank/a@x\n".utf8)),
      Self.properties: CommandResult(exit: .status(0), output: Array("tank\ta:b\tc\tlocal\n".utf8)),
    ])
    let order = ForeignOrder(path: "/home/z.conf", asksHost: true, connection: "vault")
    guard case .foreign(let read)? = await bench.replies(.readForeign(id, order)).first else {
      Issue.record("not read")
      return
    }
    #expect(
      read.tasks.map(\.name) == ["text of /home/z.conf|tank\ntank/a@x\n\ntank\ta:b\tc\tlocal\n"])
    #expect(read.tasks[0].connection == "vault" && read.snapshotTasks.count == 2)
    #expect(bench.host.closed.withLock { $0 } == 1)
    #expect(bench.files.content.withLock { $0.tasks.isEmpty && $0.snapshotTasks.isEmpty })
  }

  @Test func `a file that is not there, and a zfs that fails, are told`() async {
    let bench = Bench()
    for order in [ForeignOrder(path: "nowhere"), ForeignOrder(asksHost: true)] {
      guard case .failed(let failure)? = await bench.replies(.readForeign(id, order)).first else {
        Issue.record("not refused")
        return
      }
      #expect(failure.code == (order.asksHost ? "zfs.failed" : "store.notFound"))
    }
  }

  @Test func `all are saved, or none: what was there before is there again`() async {
    let bench = Bench()
    var old = SnapshotTask()
    old.name = "one"
    old.dataset = "tank/old"
    bench.files.content.withLock { content in
      content.snapshotTasks["one"] = old
      content.refusing = ["second"]
    }
    var foreign = ForeignTasks()
    foreign.snapshotTasks = ["one", "two"].map { name in
      var task = SnapshotTask()
      task.name = name
      return task
    }
    foreign.tasks = ["first", "second"].map { name in
      var task = TaskDraft()
      task.name = name
      return task
    }
    let refused = await bench.replies(.saveForeign(id, foreign))
    guard case .failed(let failure)? = refused.first else {
      Issue.record("saved")
      return
    }
    #expect(failure.code == "store.full")
    let (snapshotTasks, tasks) = bench.files.content.withLock { ($0.snapshotTasks, $0.tasks) }
    #expect(snapshotTasks == ["one": old] && tasks.isEmpty)
    bench.files.content.withLock { $0.refusing = [] }
    #expect(await bench.replies(.saveForeign(id, foreign)) == [.saved])
    #expect(bench.files.content.withLock { $0.tasks.count } == 2)
  }

  @Test func `pruning needs every task that may copy the datasets; a disabled one prunes nothing`()
    async
  {
    let bench = Bench()
    var task = SnapshotTask()
    task.name = "daily"
    task.dataset = "tank"
    task.enabled = false
    let look = await bench.replies(.lookToPrune(id, task, allowsMany: false))
    #expect(look == [.outlived(RetentionPlan())])
    let none = await bench.replies(.pruneSnapshots(id, task, RetentionPlan(), allowsMany: false))
    #expect(none == [.pruned(0, nil)])
    bench.files.content.withLock { $0.broken = ["torn"] }
    let broken = await bench.replies(.lookToPrune(id, task, allowsMany: false))
    guard case .failed(let failure)? = broken.first else {
      Issue.record("looked")
      return
    }
    #expect(failure.code == "store.invalid")
    #expect(bench.host.asked.withLock { $0.isEmpty })
  }
}
