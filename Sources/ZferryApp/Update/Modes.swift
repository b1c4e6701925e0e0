import FormKit
import TerminalCore

/// How the screens are drawn, rich or basic, and what became of a copy.
extension AppState {
  /// Ctrl-T: from rich to basic and back; kept for the next time.
  mutating func switchMode() -> [Effect] {
    let isBasic = capabilities != .basic
    capabilities = isBasic ? .basic : rich
    chosenBasic = isBasic
    notice = Note(
      .info,
      isBasic
        ? "Basic screens: no colours, lines and boxes. Ctrl-T brings them back."
        : "Rich screens. Ctrl-T goes back to basic ones, for a slow line or an old terminal.")
    return []
  }

  /// Settings that were changed are kept for the next time, wherever they were changed.
  mutating func keepSettings(since before: (basic: Bool?, asksLess: Bool)) -> [Effect] {
    guard !isReadOnly else { return [] }
    var effects: [Effect] = []
    if chosenBasic != before.basic {
      effects.append(.keepMode(newRequest(), basic: chosenBasic))
    }
    if asksLess != before.asksLess { effects.append(.keepAsks(newRequest(), less: asksLess)) }
    return effects
  }

  /// A text was handed to the terminal's clipboard, or could not be.
  mutating func tellCopied(_ wasSent: Bool) {
    notice =
      wasSent
      ? Note(
        .success,
        "Sent to the clipboard of your terminal. If pasting brings something else, your terminal does"
          + " not allow it: select the text by hand.")
      : Note(
        .warning,
        "This terminal has no clipboard that zferry can reach. Select the text by hand, or write it to"
          + " a file.")
  }
}
