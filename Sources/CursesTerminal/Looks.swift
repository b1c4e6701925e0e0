internal import CNcurses
import TerminalCore

/// How each role looks: attributes, and one of eight colours on the person's own background.
///
/// Colour only repeats what signs say already, so mono is as good. Blue is left out: on a black
/// screen it cannot be read.
struct Looks {
  let hasColour: Bool

  static let mono = Looks(isMono: true)

  init(isMono: Bool) {
    guard !isMono, has_colors() else {
      hasColour = false
      return
    }
    start_color()
    use_default_colors()
    for colour in Colour.allCases { init_pair(Int16(colour.rawValue), colour.number, -1) }
    hasColour = true
  }

  /// By their numbers among the pairs; pair 0 is the terminal's own.
  enum Colour: Int, CaseIterable {
    case red = 1, green, yellow, cyan
    var number: Int16 {
      switch self {
      case .red: Int16(COLOR_RED)
      case .green: Int16(COLOR_GREEN)
      case .yellow: Int16(COLOR_YELLOW)
      case .cyan: Int16(COLOR_CYAN)
      }
    }
  }

  struct Look: Hashable {
    var attributes: UInt32
    var pair: Int16
  }

  func look(of role: Role) -> Look {
    hasColour ? coloured(role) : Look(attributes: mono(role), pair: 0)
  }

  private func mono(_ role: Role) -> UInt32 {
    switch role {
    case .title, .accent, .selected, .error, .warning, .danger, .footerKey: curses_bold()
    case .text, .focus, .dim, .disabled, .input, .inputFocus, .success, .button, .footer, .border,
      .progress:
      0
    }
  }

  private func coloured(_ role: Role) -> Look {
    func look(_ colour: Colour?, _ attributes: UInt32 = 0) -> Look {
      Look(attributes: attributes, pair: Int16(colour?.rawValue ?? 0))
    }
    return switch role {
    // A bar of progress is its own sign, and moves: a colour would cost ten bytes each time.
    case .text, .button, .input, .inputFocus, .progress: look(nil)
    case .title: look(nil, curses_bold())
    case .dim, .disabled, .footer, .border: look(nil, curses_dim())
    case .accent, .footerKey: look(.cyan)
    case .selected: look(.cyan, curses_bold())
    case .error, .danger: look(.red, curses_bold())
    case .warning: look(.yellow)
    case .success: look(.green)
    case .focus: look(nil, curses_reverse())
    }
  }
}
