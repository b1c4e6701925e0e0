import TerminalCore

/// What follows from a terminal's name alone.
struct TerminalName: Hashable {
  let text: String

  init(text: String) { self.text = text }

  /// The name that was asked for, or TERM.
  init(of options: TerminalOptions) {
    text = options.name ?? options.variable("TERM") ?? ""
  }

  /// Names to try where this one is unknown, the best first: a terminal that calls itself modern
  /// understands what xterm does, any other most likely what a VT100 did.
  var fallbacks: [String] {
    let modern = [
      "xterm", "alacritty", "foot", "wezterm", "kitty", "ghostty", "konsole", "contour", "tmux",
      "screen", "rxvt", "gnome", "vte", "rio", "iterm", "mintty", "st-",
    ]
    return modern.contains { text.hasPrefix($0) } ? ["xterm", "vt100"] : ["vt100"]
  }

  /// Without a name, or with this one, nothing can be drawn: no guess would be right.
  var cannotDraw: Bool { InterfaceMode.cannotPlaceCursor(text) }

  /// Whether its font surely lacks what is beyond ASCII, whatever the locale says.
  var isASCII: Bool {
    ["vt", "ansi", "linux", "sun", "wy", "hp", "pcansi", "cygwin", "cons25", "wsvt", "att", "tvi"]
      .contains { text.hasPrefix($0) } && !text.hasPrefix("vte")
  }

  /// Whether it may take a text for its clipboard. What sits in between, as screen, does not.
  var takesCopies: Bool {
    ["xterm", "alacritty", "foot", "kitty", "wezterm", "ghostty", "contour", "rio", "iterm", "st-"]
      .contains { text.hasPrefix($0) }
  }

  /// Whether it marks what is pasted when it is asked to.
  var marksPaste: Bool {
    ["xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "gnome", "vte"]
      .contains { text.hasPrefix($0) }
  }
}
