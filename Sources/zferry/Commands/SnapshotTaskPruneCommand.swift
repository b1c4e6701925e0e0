internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import TaskStore
internal import ZferryApp

/// `zferry snapshot-task prune NAME`: what has outlived its lifetime, where no task copies it.
struct SnapshotTaskPrune: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Lets go of snapshots that have outlived the task's lifetime.",
    discussion: """
      Only of datasets that no replication task copies or writes to: those prune themselves, \
      see zferry prune. A tick does the same after each of the task's turns. What is held, has \
      a clone or a bookmark, or is the newest of its schema stays, and no more than half goes \
      at once.

      EXAMPLE
        zferry snapshot-task prune tank-data-daily --dry-run
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The snapshot task's name.") var name: String
  @Flag(help: "Only show it.") var dryRun = false
  @Flag(help: "Print it as JSON, with every snapshot.") var json = false
  @Flag(help: "Do not ask.") var yes = false
  @Flag(help: "Also where more than half would be lost at once.") var yesMany = false

  func run() async throws {
    if !dryRun { try await reporting { try global.requireChanging("snapshot-task prune") } }
    let place = Workplace(global)
    let teller = PruneTeller(task: name, json: json)
    let allowsMany = yesMany
    let (task, pruner, listed, host) = try await reporting {
      let task = try place.store.snapshotTask(name)
      let ports = try place.ports()
      let host = try await ports.host(nil)
      let pruner = SnapshotPruner(
        host: host, clock: ports.clock, zone: place.zone,
        snapshotTasks: try place.store.snapshotTasks(),
        // One that cannot be read is an error here: it may copy any of them.
        uses: try place.store.taskNames().map { try place.store.task($0) })
      let listed = try await interruptible { try await pruner.look(task, allowsMany: allowsMany) }
      return (task, pruner, listed, host)
    }
    teller.show(listed, dryRun: dryRun)
    if dryRun {
      await host.close()
      return
    }
    if !listed.pruned.isEmpty { _ = try PruneCommand.accept(isAccepted: yes || yesMany) }
    let taking = try await reporting {
      let taking = try await interruptible {
        await pruner.prune(task, listed, allowsMany: allowsMany) { teller.tell($0) }
      }
      await host.close()
      if let taking { try place.history().taken(taking) }
      return taking
    }
    teller.end(listed)
    try end(taking)
  }

  private func end(_ taking: SnapshotTaking?) throws {
    guard let taking else {
      if !json { Report.line("\(Words.escaped(name)): nothing is to go.") }
      return
    }
    if !json { Report.line(TakingText.line(taking)) }
    guard let error = taking.error else { return }
    if taking.datasets ?? 0 > 0 { throw ExitStatus.partial.code }
    if error.code == FailureCode.pruneTooMany { throw ExitStatus.refused.code }
    throw ExitStatus(Failure(error.code, subject: error.subject, detail: error.detail)).code
  }
}
