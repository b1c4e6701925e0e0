internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import TaskStore
internal import ZferryApp

/// `zferry snapshot-task run NAME`: its snapshots, now.
struct SnapshotTaskRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Takes the snapshots of a snapshot task now, enabled or not.",
    discussion: """
      All datasets of the task are snapshotted at the same moment. Within one minute a second
      call finds the names there, and takes nothing.

      EXAMPLE
        zferry snapshot-task run tank-data-daily --dry-run
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The snapshot task's name.") var name: String
  @Flag(help: "Only show what would be taken.") var dryRun = false

  func run() async throws {
    try await reporting {
      if !dryRun { try global.requireChanging("snapshot-task run") }
      let place = Workplace(global)
      let task = try place.store.snapshotTask(name)
      let findings = SnapshotTaskRules.findings(for: task)
      if findings.contains(where: { $0.severity == .error }) {
        throw StoreError(.invalid, subject: name, findings: findings)
      }
      let history = try place.history()
      let ports = try place.ports()
      let host = try await ports.host(nil)
      let taker = SnapshotTaker(host: host, clock: ports.clock, zone: place.zone)
      let minute = Instant(place.now.seconds - place.now.seconds % 60)
      if dryRun {
        let lines = TakingText.lines(try await taker.look(task, for: minute), of: task)
        for line in lines { Report.line(line) }
      } else {
        let taking = await taker.take(task, for: minute)
        try history.taken(taking)
        if let error = taking.error { throw error }
        Report.line(TakingText.line(taking))
      }
      await host.close()
    }
  }
}
