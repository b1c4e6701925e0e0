internal import CNcurses
import Glibc
public import TerminalCore

/// The screen and keyboard of a person, on ncursesw.
///
/// It belongs to the thread that made it. Only one may be open at a time: ncurses has one screen.
public final class CursesTerminal: Terminal {
  public private(set) var size: Size
  /// What it can be drawn with in the rich mode.
  public let capabilities: Capabilities
  /// Whether the basic mode is the better one to begin with: the line is slow, or the terminal poor.
  public let prefersBasic: Bool
  /// The name that is in use instead of TERM, which nothing is known of; nil where TERM is known.
  public let substitute: String?

  let options: TerminalOptions
  let name: TerminalName
  /// Whether the line carries so little that every byte counts.
  let isSlow: Bool
  private let looks: Looks
  var reader: KeyReader
  private let screen: OpaquePointer
  private let files: (output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>)
  private var drawnWith: Capabilities?
  private var mustRepaint = false
  private var isOpen = true
  /// Whether the terminal was asked to mark what is pasted.
  var isPasteMarked = false

  /// Opens the screen without looking whether a person is there: `open` does.
  init(_ options: TerminalOptions) throws(TerminalProblem) {
    let isUTF8 = Self.adopt(locale: options.locale)
    let wanted = TerminalName(of: options)
    guard !wanted.cannotDraw else { throw .cannotDraw(name: wanted.text) }
    guard let output = fdopen(dup(options.output), "w") else { throw .system(errno) }
    guard let input = fdopen(dup(options.input), "r") else {
      fclose(output)
      throw .system(errno)
    }
    files = (output, input)
    // The size of the terminal itself wins over LINES and COLUMNS, which may be old.
    use_env(true)
    use_tioctl(true)
    var opened: (screen: OpaquePointer, name: String)?
    for name in [wanted.text] + wanted.fallbacks where opened == nil {
      opened = newterm(name, output, input).map { ($0, name) }
    }
    guard let opened, tigetstr("cup").isCapability else {
      if let opened {
        endwin()
        delscreen(opened.screen)
      }
      fclose(output)
      fclose(input)
      throw .cannotDraw(name: wanted.text)
    }
    self.options = options
    screen = opened.screen
    name = TerminalName(text: opened.name)
    substitute = opened.name == wanted.text ? nil : opened.name
    let speed = baudrate()
    isSlow = options.isSlow || (1...19_200).contains(speed)
    prefersBasic = isSlow || !has_colors() && name.isASCII
    let isMono = options.isMono || options.variable("NO_COLOR") ?? "" != ""
    looks = Looks(isMono: isMono)
    capabilities = Capabilities(
      colour: looks.hasColour, unicode: isUTF8 && !options.isASCII && !name.isASCII)
    size = Size(columns: 80, rows: 24)
    if options.variable("ESCDELAY") == nil { set_escdelay(isSlow ? 150 : 50) }
    reader = KeyReader(isUnicode: isUTF8)
    prepare()
    measure()
  }

  /// The modes that make ncurses frugal, and its updates whole.
  private func prepare() {
    let window = curses_screen()
    cbreak()
    noecho()
    nonl()
    intrflush(window, false)
    keypad(window, true)
    typeahead(-1)
    idlok(window, true)
    scrollok(window, false)
    leaveok(window, false)
    KeyTable.define()
  }

  /// UTF-8 or not, from the locale. Numbers keep their point.
  private static func adopt(locale: String) -> Bool {
    setlocale(LC_ALL, locale)
    setlocale(LC_NUMERIC, "C")
    guard let codeset = nl_langinfo(Int32(CODESET)) else { return false }
    return String(cString: codeset) == "UTF-8"
  }

  /// Draws what changed; ncurses finds out what that is.
  public func present(_ frame: Frame, with wanted: Capabilities) {
    guard isOpen, let window = curses_screen() else { return }
    if mustRepaint || drawnWith.map({ $0 != wanted }) ?? false {
      clearok(window, true)
      mustRepaint = false
    }
    drawnWith = wanted
    Painter(
      window: window, looks: wanted.colour ? looks : .mono,
      isUnicode: wanted.unicode && capabilities.unicode
    ).paint(frame)
    wrefresh(window)
  }

  public func invalidate() { mustRepaint = true }

  public func readKey() -> Key? { isOpen ? reader.next() : nil }

  /// Asks the terminal for its size, and gives the screen that size.
  func measure() {
    var window = winsize()
    if ioctl(options.output, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0, window.ws_col > 0,
      is_term_resized(Int32(window.ws_row), Int32(window.ws_col))
    {
      resizeterm(Int32(window.ws_row), Int32(window.ws_col))
    }
    let screen = curses_screen()
    size = Size(columns: Int(getmaxx(screen)), rows: Int(getmaxy(screen)))
  }

  /// Gives the screen back, as for a stop or a crash; `present` takes it again.
  func release() {
    endwin()
  }

  /// Ends the screen. What was written to standard error meanwhile is written there now.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    markPaste(false)
    endwin()
    CrashGuard.disarm()
    delscreen(screen)
    fclose(files.output)
    fclose(files.input)
  }

  deinit { close() }
}

extension UnsafeMutablePointer<CChar>? {
  /// Whether terminfo knows the string: it returns nil, or -1 for what is no string at all.
  var isCapability: Bool {
    guard let self else { return false }
    return Int(bitPattern: self) != -1
  }
}
