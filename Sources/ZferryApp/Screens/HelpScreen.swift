import TerminalCore
import FormKit

extension ScreenSpec {
  static let help = ScreenSpec(
    view: \.helpScreen,
    press: { state, id in
      guard id == "help.glossary" else { return state.goBack() }
      state.push(.glossary)
      return []
    })

  static let glossary = ScreenSpec(view: \.glossaryScreen)
}

extension AppState {
  var helpScreen: Screen {
    textScreen(
      "help.list", title: "Help", purpose: "What the field, the screen and the keys do.",
      lines: helpLines, actions: [Action(id: "help.glossary", title: "Glossary")])
  }

  var glossaryScreen: Screen {
    textScreen(
      "glossary.list", title: "Glossary", purpose: "What the words of ZFS and SSH mean.",
      lines: glossaryLines(width: textWidth))
  }

  /// Columns for text: no more than read well, and than a page of may travel over a slow line.
  private var textWidth: Int { max(20, min(64, size.columns - 6)) }

  /// What stands on the help screen: the field that had the focus, the screen, the other fields
  /// and the keys there.
  var helpLines: [String] {
    var below = self
    below.stack = Array(stack.dropLast())
    guard !below.stack.isEmpty else { return [] }
    let fields = below.fields
    let focused = below.field(below.place.focus)
    var lines: [String] = []
    if let focused {
      lines += entry(focused.label, focused.paragraph ?? focused.help)
    }
    if let page = HelpText.page(for: below.route.id) {
      lines += entry(below.route.spec.view(below).title, page)
    }
    for field in fields where field.id != focused?.id { lines += entry(field.label, field.help) }
    return lines + keyLines(in: below.keyContexts) + [""]
      + ScreenText.wrapped(
        "Words like snapshot or host key are explained in the Glossary below.", to: textWidth)
  }

  /// All entries of the glossary, as lines of at most so many columns.
  func glossaryLines(width: Int) -> [String] {
    Glossary.entries.flatMap { entry($0.title, $0.meaning, width: width) }
  }

  /// A heading, its text below it, and a gap.
  private func entry(_ heading: String, _ text: String, width: Int? = nil) -> [String] {
    let width = width ?? textWidth
    return ScreenText.wrapped(heading, to: width)
      + ScreenText.wrapped(text, to: width - 2).map { "  " + $0 } + [""]
  }

  private func keyLines(in contexts: [KeyContext]) -> [String] {
    var lines = ["Keys"]
    for binding in KeyMap.bindings
    where contexts.contains(binding.context) || binding.context == .anywhere {
      let names = binding.names + String(repeating: " ", count: max(1, 18 - binding.names.count))
      for (index, part) in ScreenText.wrapped(binding.long, to: textWidth - 20).enumerated() {
        lines.append("  \(index == 0 ? names : String(repeating: " ", count: 18))\(part)")
      }
    }
    return lines
  }
}

extension Glossary.Entry {
  /// The term, with the other words it explains.
  var title: String { also.isEmpty ? term : "\(term) (\(also.joined(separator: ", ")))" }
}
