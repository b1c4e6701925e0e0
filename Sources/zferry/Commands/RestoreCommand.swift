internal import AppRuntime
internal import ArgumentParser
internal import ReplicationModel
internal import ZferryApp

/// `zferry restore TASK`: sends a copy back to the side it came from.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Sends a task's copy back to where its source was.",
    discussion: """
      By default it comes back beside the original, as SOURCE-restored (of a pool: \
      POOL/restored), with all its snapshots, and writable. What is there already is never overwritten. After the loss of a source give its own \
      name with --to: the task then goes on from what came back, without sending it again. \
      Ctrl-C stops in order, and the same restore goes on from there.

      EXAMPLES
        zferry restore offsite --dry-run
        zferry restore offsite --dataset tank/data --snapshot auto-2026-11-24_00-00
        zferry restore offsite --dataset tank/data --to tank/data
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Option(help: "A source of the task, or a dataset below one. Without it: every source.")
  var dataset: String?
  @Option(help: "The newest snapshot that comes back. Without it: the newest there is.")
  var snapshot: String?
  @Option(help: "The dataset it becomes, on the source's side.") var to: String?
  @Flag(help: "Only show what would be done.") var dryRun = false
  @Flag(help: "With --dry-run: print the plan as JSON.") var json = false
  @Option(help: "How progress is told: auto, plain, json or none.") var progress = ProgressMode.auto

  func validate() throws {
    if json, !dryRun { throw ValidationError("--json goes with --dry-run.") }
  }

  func run() async throws {
    let place = Workplace(global)
    if !dryRun { try await reporting { try global.requireChanging("restore") } }
    let (ports, order) = try await reporting {
      (try place.ports(), try place.runnable(task))
    }
    let datasets = dataset.map { [$0] } ?? order.task.sourceDatasets
    guard to == nil || datasets.count == 1 else {
      throw ValidationError("--to needs one dataset; name it with --dataset.")
    }
    let name = snapshot.map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }
    var worst = ExitStatus.done
    for dataset in datasets {
      let restore = RestoreOrder(order, dataset: dataset, target: to, snapshot: name)
      let status = try await dryRun ? show(restore, ports) : bringBack(restore, ports)
      if status != .done, worst == .done || status == .stopped { worst = status }
      if status == .stopped { break }
    }
    if worst != .done { throw worst.code }
  }

  private func show(_ restore: RestoreOrder, _ ports: AppPorts) async throws -> ExitStatus {
    let plan = try await reporting {
      try await interruptible { try await ports.restorePreview(restore).plan }
    }
    do { try PlanReport.show(plan, json: json, restoring: true) } catch { return .refused }
    return .done
  }

  private func bringBack(_ restore: RestoreOrder, _ ports: AppPorts) async throws -> ExitStatus {
    let teller = RunTeller(task: task, kind: .restore, mode: progress, clock: ports.clock)
    do {
      try await interruptible { try await ports.restore(restore) { teller.tell($0) } }
    } catch {
      // No run began, or its record could not be kept.
      let failure = Failure(describing: error)
      Report.explain(code: failure.code, subject: failure.subject, detail: failure.detail)
      return ExitStatus(failure)
    }
    let status = teller.outcome ?? .failed
    if status == .done, progress == .auto || progress == .plain {
      Report.line(Words.afterRestore(restore))
    }
    return status
  }
}
