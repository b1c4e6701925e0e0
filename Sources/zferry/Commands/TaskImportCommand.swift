internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry task import FILE`: tasks out of what another program left.
struct TaskImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Makes tasks of what another program left.",
    discussion: """
      TrueNAS: the JSON of `midclt call replication.query`, with its snapshot tasks. \
      zettarepl: a definition in YAML. syncoid: the lines that call it. sanoid: its \
      sanoid.conf. zrepl: its zrepl.yml. zfs-autobackup: the lines that call it, and the \
      properties that select datasets. Of the last three, --ask has this system's `zfs` tell \
      which snapshots, bookmarks and properties there are; its listings may be files too.

      What is not carried over is named line by line, with the reason. All tasks are saved, \
      or none. In a terminal they are shown first, and you are asked.

      EXAMPLES
        zferry task import truenas.json --connection vault --dry-run
        zferry task import /etc/sanoid/sanoid.conf --dry-run
        zferry task import zrepl.yml --target backup/zrepl/web --connection vault
        zferry task import /etc/cron.d/backup --from zfs-autobackup --ask
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The files; `-` is standard input.") var files: [String] = []
  @Option(
    help: "Whose it is: truenas, zettarepl, syncoid, sanoid, zrepl or zfs-autobackup.",
    transform: Self.form)
  var from: ForeignTasks.Form?
  @Flag(help: "Ask this system's zfs what the other program left.") var ask = false
  @Option(help: "The dataset below which zrepl's sink has its copies.") var target: String?
  @Option(help: "The connection of all tasks that are not local.") var connection: String?
  @Option(help: "The task's name, where there is one.") var name: String?
  @Flag(help: "Only show the files that would be saved.") var dryRun = false
  @Flag(help: "Replace tasks that are there already.") var force = false
  @Flag(help: "Do not ask: in a terminal all is shown, and saved after a yes.") var yes = false
  @Flag(help: "Print the findings as JSON.") var json = false

  func validate() throws {
    guard files.isEmpty else { return }
    if !ask { throw ValidationError("Name a file, or add --ask.") }
    if from?.leavesTraces != true {
      throw ValidationError("Without a file, --from has to be sanoid, zrepl or zfs-autobackup.")
    }
  }

  func run() async throws {
    if !dryRun { try await reporting { try global.requireChanging("task import") } }
    let place = Workplace(global)
    let (read, findings) = try await reporting {
      let read = try await self.read(place)
      let stored = try place.store.stored(zone: place.zone, now: place.now)
      return (read, read.allFindings(beside: stored, replacing: force))
    }
    let asks = !yes && !json && Prompt.isPossible
    if asks || (dryRun && !json) { show(read, place.store) }
    try Report.verdict(findings, json: json)
    guard !dryRun else { return }
    if asks, !Prompt.yes("Save these?") {
      Report.trouble("Nothing was saved.")
      throw ExitStatus.stopped.code
    }
    try await reporting { try place.store.save(read) }
    guard !json else { return }
    for task in read.snapshotTasks { Report.line("Saved the snapshot task \(task.name).") }
    for task in read.tasks {
      Report.line(
        "Saved the task \(task.name). `zferry plan \(Command.quoted(task.name))` shows what it would do."
      )
    }
  }

  private static let form: @Sendable (String) throws -> ForeignTasks.Form = { text in
    if let form = ForeignTasks.Form(rawValue: text.lowercased()) { return form }
    let all = ForeignTasks.Form.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("--from is one of \(all).")
  }

  private func show(_ read: ForeignTasks, _ store: FileStore) {
    for task in read.snapshotTasks { show("snapshot-tasks/\(task.name)", store.encode(task)) }
    for task in read.tasks { show("tasks/\(task.name)", store.encode(task)) }
  }

  private func show(_ path: String, _ text: String) {
    Report.part("# \(Words.escaped(path)).yaml\n\(text)\n")
  }

  private func read(_ place: Workplace) async throws -> ForeignTasks {
    var wish = ForeignWish(form: from, texts: try files.map(GivenText.read), target: target)
    if ask {
      let host = try await place.ports().host(nil)
      wish.texts.append(try await interruptible { try await ForeignTraces.text(from: host) })
      await host.close()
    }
    var read = try place.store.read(wish)
    if let name {
      guard read.tasks.count == 1 else {
        throw ValidationError("--name goes with one task; these are \(read.tasks.count).")
      }
      read.tasks[0].name = name
    }
    read.use(connection: connection)
    return read
  }
}
