internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry key export`: the keys of a task's encrypted copies, for a safe place elsewhere.
struct KeyExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Prints the key of a task's encrypted copies.",
    discussion: """
      One line for each dataset that is an encryption root: its name, the format and the key. With \
      --json it is one object of dataset and key, as other systems take it. Whoever has the key can \
      open the copy; without it nobody can. Keep it in a safe place, away from both machines.

      EXAMPLE
        zferry key export offsite --to offsite-keys.txt
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Flag(help: "One JSON object: each dataset with its key.") var json = false
  @Option(help: ArgumentHelp("The file to write, for its owner only.", valueName: "file"))
  var to: String?
  @Flag(help: "Replace a file that is there already.") var force = false

  func run() async throws {
    try await reporting {
      let store = Workplace(global).store
      let draft = try store.task(task)
      guard draft.encryption, draft.encryptionInherit != true, let key = draft.encryptionKey else {
        throw Failure("key.none", subject: task)
      }
      let sources = draft.sourceDatasets.map { DatasetName(trusted: $0) }
      let mapping = SourceMapping(
        sources: sources, target: DatasetName(trusted: draft.targetDataset))
      let roots = sources.map { mapping.target(of: $0).text }
      let text = text(roots, draft.encryptionKeyFormat?.rawValue ?? "HEX", key.revealed)
      guard let to else { return Report.part(text) }
      try global.requireChanging("key export --to")
      try store.writeOut(text, to: to, replacing: force)
    }
  }

  private func text(_ roots: [String], _ format: String, _ key: String) -> String {
    if json {
      let keys = Dictionary(roots.map { ($0, key) }) { first, _ in first }
      return JSONOutput.text(keys) + "\n"
    }
    return roots.map { "\($0)\t\(format)\t\(key)\n" }.joined()
  }
}
