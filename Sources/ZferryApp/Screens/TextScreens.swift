import ReplicationPlanner
import TerminalCore
import FormKit
import ReplicationModel

extension ScreenSpec {
  static let commands = ScreenSpec(view: \.commandsScreen)
}

extension AppState {
  /// The exact commands of the first run, in the order they run.
  var commandLines: [String] {
    guard let preview = planLook?.preview ?? (try? self.preview?.get()) else { return [] }
    let width = max(20, size.columns - 6)
    var lines: [String] = []
    for step in preview.plan.steps {
      lines.append(Words.escaped(step.source.text))
      lines += ScreenText.wrapped(Words.escaped(step.send.shellText), to: width - 4)
        .map { "    " + $0 }
      lines += ScreenText.wrapped("| " + Words.escaped(step.receive.shellText), to: width - 4)
        .map { "    " + $0 }
    }
    return lines
  }

  var commandsScreen: Screen {
    textScreen(
      "commands.list", title: "Commands of the first run",
      purpose: "Exactly what runs, on the source and on the destination.", lines: commandLines)
  }

  /// Lines to read, with Back below them and what else is given.
  func textScreen(
    _ id: FocusID, title: String, purpose: String, lines: [String], actions: [Action] = []
  ) -> Screen {
    let rows = lines.enumerated().map { ListView.Row(id: "\($0)", text: $1) }
    return Screen(
      id: route.id, title: title, purpose: purpose,
      blocks: [
        .list(
          ListView(
            id: id, label: "", rows: rows, count: rows.count,
            cursor: min(place.row, max(0, rows.count - 1)), use: .read))
      ],
      actions: [Action(id: "text.back", title: "Back")] + actions, focus: place.focus)
  }
}
