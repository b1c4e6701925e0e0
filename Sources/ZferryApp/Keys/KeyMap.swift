public import FormKit
public import TerminalCore

/// Keys that mean one thing, where they mean it, and what the footer and the help screen say of them.
public struct KeyBinding: Hashable, Sendable {
  public var keys: [Key]
  public var command: KeyCommand
  public var context: KeyContext
  /// What it does, in the footer: one or two words. Nil where the footer leaves it out.
  public var short: String?
  /// What it does, on the help screen.
  public var long: String
  /// The keys as people know them, as `Tab`.
  public var names: String

  init(
    _ names: String, _ keys: [Key], _ command: KeyCommand, in context: KeyContext,
    _ long: String, short: String? = nil
  ) {
    self.names = names
    self.keys = keys
    self.command = command
    self.context = context
    self.long = long
    self.short = short
  }
}

/// The one table of keys: the app obeys it, the footer and the help screen are made from it.
///
/// No key needs a function key or an arrow: each has a letter or a control key beside it (ux.md 10, 11).
/// Ctrl-S and Ctrl-Q are left alone, because a serial line may take them for flow control.
public enum KeyMap {
  public static let bindings: [KeyBinding] = [
    KeyBinding(
      "Space", [.space, .character(" ")], .toggle, in: .tree, "Mark a dataset, or unmark it",
      short: "mark"),
    KeyBinding(
      "Enter", [.enter], .activate, in: .tree, "Open or close a dataset; on an error: try again",
      short: "open"),
    KeyBinding(
      "/", [.character("/")], .filter, in: .tree, "Show only names that contain what you type",
      short: "filter"),
    KeyBinding(
      "n", [.character("n")], .newChild, in: .tree, "Destination: type the name of a new dataset"),
    KeyBinding(
      "Space", [.space, .character(" ")], .toggle, in: .choice,
      "Choose the option under the cursor, or the next one", short: "choose"),
    KeyBinding(
      "Space", [.space, .character(" ")], .toggle, in: .control,
      "Switch a mark, open a value, press a button", short: "select"),
    KeyBinding("Ctrl-U", [.ctrl("u")], .clear, in: .text, "Empty the field"),
    KeyBinding(
      "Backspace", [.backspace], .erase, in: .text, "Erase the character before the cursor"),
    KeyBinding(
      "Delete, Ctrl-D", [.delete, .ctrl("d")], .eraseForward, in: .text,
      "Erase the character under the cursor"),
    KeyBinding("Page Up, Ctrl-U", [.pageUp, .ctrl("u")], .pageUp, in: .anywhere, "A page up"),
    KeyBinding(
      "Page Down, Ctrl-D", [.pageDown, .ctrl("d")], .pageDown, in: .anywhere, "A page down"),
    KeyBinding("Tab", [.tab], .next, in: .anywhere, "To the next field or button", short: "next"),
    KeyBinding(
      "Shift-Tab", [.backTab], .previous, in: .anywhere, "To the field before; Ctrl-P does it too"),
    KeyBinding(
      "Down, Ctrl-N", [.down, .ctrl("n")], .down, in: .anywhere,
      "One down; from the last row to the next field"),
    KeyBinding(
      "Up, Ctrl-P", [.up, .ctrl("p")], .up, in: .anywhere,
      "One up; from the first row to the field before"),
    KeyBinding(
      "Right, Ctrl-F", [.right, .ctrl("f")], .right, in: .anywhere, "One right; in a tree: open"),
    KeyBinding(
      "Left, Ctrl-B", [.left, .ctrl("b")], .left, in: .anywhere,
      "One left; in a tree: close, or go to the parent"),
    KeyBinding("Home, Ctrl-A", [.home, .ctrl("a")], .first, in: .anywhere, "To the beginning"),
    KeyBinding("End, Ctrl-E", [.end, .ctrl("e")], .last, in: .anywhere, "To the end"),
    KeyBinding(
      "Enter", [.enter], .activate, in: .anywhere,
      "Press a button, open a value, or go to the next field"),
    KeyBinding(
      "Esc", [.escape, .ctrl("g")], .back, in: .anywhere,
      "Back (also Ctrl-G); what you entered stays", short: "back"),
    KeyBinding(
      "?", [.character("?")], .help, in: .control, "This help, where no text is typed",
      short: "help"),
    KeyBinding(
      "F1", [.function(1)], .help, in: .anywhere, "This help (also Esc then 1)", short: "help"),
    KeyBinding("Ctrl-L", [.ctrl("l")], .redraw, in: .anywhere, "Draw the screen again"),
    KeyBinding(
      "Ctrl-T", [.ctrl("t"), .function(4)], .mode, in: .anywhere,
      "Basic screens for a slow line or an old terminal, and back (also F4)"),
    KeyBinding(
      "F10", [.function(10), .ctrl("c")], .quit, in: .anywhere, "Quit (also Ctrl-C)", short: "quit"),
  ]

  /// What a key means in these contexts, the most particular first; nil where it means nothing.
  public static func command(for key: Key, in contexts: [KeyContext]) -> KeyCommand? {
    for context in contexts + [.anywhere] {
      if context == .choice, case .character(let digit) = key, let number = digit.wholeNumberValue,
        number > 0
      {
        return .option(number)
      }
      if let binding = bindings.first(where: { $0.context == context && $0.keys.contains(key) }) {
        return binding.command
      }
    }
    return nil
  }

  /// At most six keys that work now, the most particular first (ux.md 18).
  public static func footer(in contexts: [KeyContext]) -> [KeyHint] {
    var hints: [KeyHint] = []
    var said: Set<KeyCommand> = []
    for context in contexts + [.anywhere] {
      for binding in bindings where binding.context == context {
        guard let short = binding.short, said.insert(binding.command).inserted else { continue }
        hints.append(KeyHint(binding.names, short))
      }
    }
    return Array(hints.prefix(6))
  }
}
