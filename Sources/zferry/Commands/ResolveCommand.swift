internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// `zferry resolve TASK DATASET --by CHOICE`: decides one conflict.
struct ResolveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Decides a conflict of one dataset, as it is shown.",
    discussion: """
      rollback     destroys the newer snapshots that are listed, and sets the copy back
      keep-aside   renames the copy; the next run sends it in full, nothing is lost
      skip         leaves the dataset out of the task, in its file
      full         as keep-aside where there is room for both copies; of a cut transfer that nobody \
      can go on with it gives up what had arrived

      What is done is shown first, and asked for by the copy's name; --yes answers beforehand. \
      Only what is shown is done: where anything is not as it was shown, nothing is changed and the \
      exit code is 73.

      EXAMPLES
        zferry resolve offsite backup/data --by rollback --dry-run
        zferry resolve offsite backup/data --by keep-aside --yes
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Argument(help: "The dataset in conflict: the copy's name, or its source's.") var dataset: String
  @Option(
    help: "rollback, keep-aside, skip or full.",
    transform: { word in
      guard let choice = Conflict.Choice(rawValue: word) else {
        throw ValidationError("--by takes rollback, keep-aside, skip or full.")
      }
      return choice
    }) var by: Conflict.Choice
  @Flag(help: "Only show what would be done.") var dryRun = false
  @Flag(help: "Do it without asking.") var yes = false
  @Flag(help: "With --dry-run: print it as JSON.") var json = false

  func validate() throws {
    if json, !dryRun { throw ValidationError("--json goes with --dry-run.") }
  }

  func run() async throws {
    let place = Workplace(global)
    if !dryRun { try await reporting { try global.requireChanging("resolve") } }
    let (ports, order) = try await reporting {
      (try place.ports(), try place.runnable(task))
    }
    let look = try await reporting {
      try await interruptible { try await ports.conflicts(order) }
    }
    guard let one = look.cases.first(where: { isMeant($0.conflict.source, $0.conflict.target) })
    else { return try tellThereIsNone(look) }
    guard let resolution = one.resolution(by: by) else {
      let choices = one.resolutions.map(\.choice.rawValue).joined(separator: ", ")
      Report.trouble("[!!] \(Words.conflict(one.conflict).message)")
      Report.trouble(
        "     --by \(by.rawValue) is no way out of it"
          + (choices.isEmpty
            ? ". \(Words.conflict(one.conflict).hint)" : "; these are: \(choices)."))
      throw ExitStatus.refused.code
    }
    if json {
      Report.line(JSONOutput.text(ResolutionJSON(resolution)))
    } else {
      for line in ConflictText.lines(resolution, zone: place.zone) { Report.line(line) }
    }
    if resolution.obstacle != nil { throw ExitStatus.refused.code }
    if dryRun { return }
    try confirm(resolution)
    try await reporting { try await interruptible { try await ports.resolve(order, resolution) } }
    Report.line(
      "Done. `zferry plan \(Command.quoted(task))` shows what the next run does.")
  }

  private func isMeant(_ source: DatasetName, _ target: DatasetName) -> Bool {
    dataset == target.text || dataset == source.text
  }

  private func tellThereIsNone(_ look: ConflictLook) throws {
    guard look.mapping.contains(where: { isMeant($0.source, $0.target) }) else {
      throw Report.exit(
        StoreError(.notFound, subject: dataset, detail: "\(task) does not copy it"))
    }
    Report.line("\(Words.escaped(dataset)): no conflict; nothing has to be decided.")
  }

  /// Only the copy's name, typed, is a yes.
  private func confirm(_ resolution: Resolution) throws {
    if yes { return }
    let name = resolution.target.text
    guard Prompt.isPossible else {
      Report.trouble("Nothing was changed: there is no terminal to ask on. Give --yes to do it.")
      throw ExitStatus.refused.code
    }
    guard Prompt.typed(name, "Type \(Words.escaped(name)) to do it: ") else {
      Report.trouble("Nothing was changed.")
      throw ExitStatus.stopped.code
    }
  }
}
