import ReplicationPlanner
import TerminalCore
import FormKit
import ReplicationModel

extension ScreenSpec {
  static let help = ScreenSpec(view: \.helpScreen)
  static let commands = ScreenSpec(view: \.commandsScreen)
}

extension AppState {
  /// The keys that work where help was asked for, then what the fields there mean.
  var helpLines: [String] {
    var below = self
    below.stack = Array(stack.dropLast())
    let width = max(20, size.columns - 6)
    var lines: [String] = []
    for field in below.stack.isEmpty ? [] : below.fields {
      lines +=
        [field.label] + ScreenText.wrapped(field.help, to: width - 2).map { "  " + $0 } + [""]
    }
    lines.append("Keys")
    let contexts = below.keyContexts
    for binding in KeyMap.bindings
    where contexts.contains(binding.context) || binding.context == .anywhere {
      let names = binding.names + String(repeating: " ", count: max(1, 18 - binding.names.count))
      for (index, part) in ScreenText.wrapped(binding.long, to: width - 20).enumerated() {
        lines.append("  \(index == 0 ? names : String(repeating: " ", count: 18))\(part)")
      }
    }
    return lines
  }

  var helpScreen: Screen {
    textScreen(
      "help.list", title: "Help", purpose: "What the fields mean, and which keys work.",
      lines: helpLines)
  }

  /// The exact commands of the first run, in the order they run.
  var commandLines: [String] {
    guard case .success(let preview)? = preview else { return [] }
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

  private func textScreen(
    _ id: FocusID, title: String, purpose: String, lines: [String]
  ) -> Screen {
    let rows = lines.enumerated().map { ListView.Row(id: "\($0)", text: $1) }
    return Screen(
      id: route.id, title: title, purpose: purpose,
      blocks: [
        .list(
          ListView(
            id: id, label: "", rows: rows, count: rows.count,
            cursor: min(place.row, max(0, rows.count - 1))))
      ],
      actions: [Action(id: "text.back", title: "Back")], focus: place.focus)
  }
}
