internal import ArgumentParser
internal import Foundation
internal import TaskStore

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp("Folder of tasks, connections and keys.", valueName: "dir"))
  var config: String?

  @Option(
    name: .customLong("state"),
    help: ArgumentHelp("Folder of history and locks.", valueName: "dir"))
  var state: String?

  /// The folders that are in force: options, then the environment, then the user's own.
  var folders: StoreFolders {
    let environment = ProcessInfo.processInfo.environment
    var folders = StoreFolders(environment: environment, isRoot: getuid() == 0)
    if let config { folders.config = config }
    if let state { folders.state = state }
    return folders
  }
}
