import FormKit
import ReplicationModel

extension ScreenSpec {
  static let tasks = ScreenSpec(
    view: \.tasksScreen, press: { $0.pressInTasks($1) },
    back: { state in
      state.ask(.quit)
      return []
    }, changing: ["tasks.run"])
}

extension AppState {
  var tasksScreen: Screen {
    let rows = library.tasks.map { task in
      let where_ = task.connection.map { task.direction == .pull ? "from \($0)" : "to \($0)" }
      let state = run.isRunning && run.task == task.name ? "running" : nil
      let parts = [
        "\(task.sourceDatasets.joined(separator: ", ")) -> \(task.targetDataset)", where_, state,
      ]
      return ListView.Row(
        id: task.name, text: Words.escaped(task.name),
        detail: Words.escaped(parts.compactMap { $0 }.joined(separator: ", ")),
        tone: task.enabled ? .plain : .dim)
    }
    var actions = [Action(id: "tasks.new", title: "New task")]
    if !library.tasks.isEmpty { actions.append(Action(id: "tasks.run", title: "Run now")) }
    if run.isRunning { actions.append(Action(id: "tasks.watch", title: "Watch the run")) }
    actions.append(Action(id: "tasks.quit", title: "Quit"))
    return Screen(
      id: route.id, title: "Replication tasks", purpose: "What is copied where.",
      blocks: [
        .list(
          ListView(
            id: "tasks.list", label: "Tasks", rows: rows, count: rows.count,
            cursor: min(place.row, max(0, rows.count - 1)),
            empty: isLoaded ? "No task yet. New task leads through it." : "Reading the tasks…"))
      ], actions: actions, focus: place.focus)
  }
}

extension AppState {
  mutating func pressInTasks(_ id: FocusID) -> [Effect] {
    switch id {
    case "tasks.new":
      openWizard()
      return []
    case "tasks.run": return runSelectedTask()
    case "tasks.watch":
      push(.run)
      return []
    case "tasks.quit": return askToQuit()
    default: return []
    }
  }
}
