import FormKit
import Foundation
import TerminalCore

@testable import CursesTerminal

/// ncurses on a file instead of a terminal: what it writes can be counted.
final class Bench {
  let terminal: CursesTerminal
  /// What screens are drawn with: rich, or basic where that was asked for.
  var capabilities: Capabilities
  private let path: String
  private let descriptors: (output: Int32, input: Int32)
  /// Writes what the person types.
  private let keyboard: Int32
  private var seen = 0

  init(
    _ name: String, slow: Bool = false, ascii: Bool = false, mono: Bool = false,
    locale: String = "C.UTF-8", variables: [String: String] = [:]
  ) throws {
    path = NSTemporaryDirectory() + "zferry-curses-\(UUID().uuidString)"
    let output = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
    var ends: [Int32] = [-1, -1]
    guard output >= 0, pipe(&ends) == 0 else { throw TerminalProblem.system(errno) }
    descriptors = (output, ends[0])
    keyboard = ends[1]
    var options = TerminalOptions()
    options.name = name
    options.output = output
    options.input = ends[0]
    options.isSlow = slow
    options.isASCII = ascii
    options.isMono = mono
    options.locale = locale
    options.variable = { variables[$0] }
    do {
      terminal = try CursesTerminal(options)
      capabilities = slow ? .basic : terminal.capabilities
    } catch {
      for descriptor in [output, ends[0], ends[1]] { close(descriptor) }
      unlink(path)
      throw error
    }
  }

  deinit {
    terminal.close()
    for descriptor in [descriptors.output, descriptors.input, keyboard] { close(descriptor) }
    unlink(path)
  }

  /// The bytes that were written since the last call.
  func written() -> [UInt8] {
    let all = FileManager.default.contents(atPath: path).map(Array.init) ?? []
    defer { seen = all.count }
    return Array(all[min(seen, all.count)...])
  }

  func show(_ screen: Screen) -> Int {
    _ = written()
    show(FrameRenderer.frame(of: screen, size: terminal.size, capabilities: capabilities))
    return written().count
  }

  func show(_ frame: Frame) {
    terminal.present(frame, with: capabilities)
  }

  /// What the program reads when these bytes come in one go.
  func keys(_ bytes: String) -> [Key] {
    let bytes = Array(bytes.utf8)
    write(keyboard, bytes, bytes.count)
    var keys: [Key] = []
    while let key = terminal.readKey() { keys.append(key) }
    return keys
  }
}

extension Screen {
  /// A form of six fields, as long as the wizard's longest.
  static func form(
    focus: FocusID = "source", source: String = "tank/data", status: String = "Help for all."
  ) -> Screen {
    Screen(
      id: "form", title: "Step 1 of 5: Source",
      purpose: "What is copied: choose the system, then the datasets on it.",
      blocks: [
        .field(
          FieldView(
            id: "location", label: "Source Location",
            control: .choice(
              options: ["On this System", "On a Different System"], selected: 0, highlighted: 0))),
        .field(
          FieldView(
            id: "source", label: "Source",
            control: .text(value: source, cursor: source.count, secret: false))),
        .field(FieldView(id: "recursive", label: "Recursive", control: .check(true))),
        .field(
          FieldView(id: "custom", label: "Replicate Custom Snapshots", control: .check(false))),
        .field(
          FieldView(
            id: "selection", label: "Include snapshots with the name",
            control: .choice(
              options: ["Naming Schema", "Snapshot Name Regular Expression"], selected: 0,
              highlighted: 0))),
        .field(
          FieldView(
            id: "schema", label: "Naming Schema",
            control: .text(value: "auto-%Y-%m-%d_%H-%M", cursor: 0, secret: false))),
      ], actions: [Action(id: "next", title: "Next"), Action(id: "back", title: "Back")],
      footer: [
        KeyHint("Space", "choose"), KeyHint("?", "help"), KeyHint("Tab", "next"),
        KeyHint("Esc", "back"), KeyHint("F10", "quit"),
      ], status: StatusLine(status), focus: focus)
  }
}
