internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import TaskStore

/// Options that every command takes, before or behind its name.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp("Folder of tasks, connections and keys.", valueName: "dir"))
  var config: String?

  @Option(
    name: .customLong("state"),
    help: ArgumentHelp("Folder of history and locks.", valueName: "dir"))
  var state: String?

  @Flag(
    help: "Ask and tell in lines instead of screens; also with TERM=dumb, no TERM, or ACCESSIBLE=1."
  )
  var plain = false

  @Flag(help: "Draw screens with ASCII characters only.") var ascii = false

  @Flag(help: "Draw screens without colours.") var mono = false

  @Flag(help: "Draw screens for a slow line: basic ones, with few bytes.") var slow = false

  @Flag(help: "Change nothing: neither files nor pools.") var readOnly = false

  /// The folders that are in force: options, then the environment, then the user's own.
  var folders: StoreFolders {
    let environment = ProcessInfo.processInfo.environment
    var folders = StoreFolders(environment: environment, isRoot: getuid() == 0)
    if let config { folders.config = config }
    if let state { folders.state = state }
    return folders
  }

  /// Throws `.readOnly` where the caller asked that nothing is changed.
  func requireChanging(_ what: String) throws(StoreError) {
    if readOnly {
      throw StoreError(.readOnly, subject: what)
    }
  }

  /// Those of the options that stand before the command's name, put behind it: `zferry --config DIR
  /// plan TASK` and `zferry plan TASK --config DIR` are the same.
  static func behindTheCommand(_ words: [String]) -> [String] {
    let valued: Set<String> = ["--config", "--state"]
    let flags: Set<String> = ["--plain", "--ascii", "--mono", "--slow", "--read-only"]
    var index = 0
    while index < words.count {
      let word = words[index]
      if valued.contains(word), index + 1 < words.count {
        index += 2
      } else if flags.contains(word) || valued.contains(where: { word.hasPrefix("\($0)=") }) {
        index += 1
      } else {
        break
      }
    }
    // Alone, or before --help and the like: they are the screens' own.
    guard index > 0, index < words.count, !words[index].hasPrefix("-") else { return words }
    let rest = words[index...]
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return Array(rest[..<end]) + words[..<index] + Array(rest[end...])
  }
}
