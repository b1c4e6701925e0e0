internal import CNcurses
import Glibc
import TerminalCore

extension CursesTerminal {
  /// Opens the terminal of the person at the keyboard, and sees to it that it is given back as it
  /// was, however the program ends.
  ///
  /// A terminal of an unknown kind is driven as the nearest known one; `substitute` says so.
  public static func open(
    _ options: TerminalOptions = TerminalOptions()
  ) throws(TerminalProblem) -> CursesTerminal {
    guard isatty(options.input) == 1, isatty(options.output) == 1 else { throw .noTerminal }
    var before = termios()
    guard tcgetattr(options.input, &before) == 0 else { throw .system(errno) }
    let name = TerminalName(of: options)
    if !name.cannotDraw {
      SizeProbe.run(input: options.input, output: options.output, before: before)
    }
    let terminal = try CursesTerminal(options)
    guard
      CrashGuard.arm(
        input: options.input, output: options.output, before: before,
        farewell: terminal.farewellBytes)
    else {
      terminal.close()
      throw .system(errno)
    }
    terminal.markPaste(true)
    return terminal
  }

  /// Asks for marks around what is pasted, where the terminal has them and a few bytes cost nothing.
  func markPaste(_ isOn: Bool) {
    guard name.marksPaste, !isSlow, isOn != isPasteMarked else { return }
    isPasteMarked = isOn
    write(options.output, isOn ? "\u{1b}[?2004h" : "\u{1b}[?2004l", 8)
  }

  /// What leaves the screen, for a moment when ncurses cannot be asked any more.
  private var farewellBytes: [UInt8] {
    var bytes: [UInt8] = name.marksPaste ? Array("\u{1b}[?2004l".utf8) : []
    for capability in ["rmkx", "sgr0", "cnorm", "rmcup"] {
      let text = tigetstr(capability)
      guard text.isCapability, let text else { continue }
      bytes += Self.withoutPadding(String(cString: text))
    }
    return bytes + Array("\r\n".utf8)
  }

  /// Terminfo writes delays as `$<5>`; they are not for the terminal.
  private static func withoutPadding(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while let start = rest.first(of: "$<") {
      bytes += rest[..<start].utf8
      guard let end = rest[start...].firstIndex(of: ">") else { return bytes }
      rest = rest[rest.index(after: end)...]
    }
    return bytes + rest.utf8
  }

  /// Stops the program as a shell expects it, and takes the screen again afterwards.
  ///
  /// Without a shell that would wake it, the kernel lets no stop happen: it then only redraws.
  func suspend() {
    markPaste(false)
    release()
    CrashGuard.pause()
    signal(SIGTSTP, SIG_DFL)
    // The screens' thread comes from one that blocks signals: blocked, the stop would never happen.
    var stop = sigset_t()
    sigemptyset(&stop)
    sigaddset(&stop, SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &stop, nil)
    raise(SIGTSTP)
    resume()
  }

  /// After a stop: the modes, the signals, and the whole screen.
  func resume() {
    CrashGuard.unpause()
    reset_prog_mode()
    markPaste(true)
    measure()
    invalidate()
  }
}

extension Substring {
  /// Where a text of two characters begins.
  fileprivate func first(of text: String) -> String.Index? {
    indices.first { self[$0...].hasPrefix(text) }
  }
}
