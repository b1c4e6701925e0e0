internal import AppRuntime
internal import CursesTerminal
internal import FormKit
internal import ReplicationModel
internal import TerminalCore
internal import ZferryApp

/// The screens in lines, from the first question to the last.
enum PlainInterface {
  /// Runs until the person leaves or the input ends.
  static func run(
    _ state: AppState, _ console: LineConsole, isUnicode: Bool, ports: AppPorts, mailbox: Mailbox,
    runner: EffectRunner
  ) -> (end: LineLoop.End, answers: Answers?) {
    defer { console.close() }
    let loop = LineLoop(
      state: state, terminal: ConsoleLines(console),
      renderer: LineRenderer(width: state.size.columns, unicode: isUnicode), mailbox: mailbox,
      clock: ports.clock, start: runner.start)
    let end = loop.run()
    return (end, loop.state.savedAnswers)
  }

  /// What fits a braille line's page and a terminal's: 72 columns, or fewer; and as many rows as a
  /// long log has, for nothing scrolls here.
  static func size(_ console: LineConsole) -> Size {
    Size(columns: min(72, console.columns ?? 72), rows: 2_000)
  }
}

/// The console, in the loop's words.
private final class ConsoleLines: LineTerminal {
  private let console: LineConsole

  init(_ console: LineConsole) { self.console = console }

  var isInteractive: Bool { console.isInteractive }
  func write(_ text: String) { console.write(text) }
  func ask(_ prompt: String, isSecret: Bool) { console.ask(prompt, isSecret: isSecret) }
  func discardTypedAhead() { console.discardTypedAhead() }

  func wait(for wanted: LineWish, seconds: Double?) -> LineEvent {
    let wish: LineConsole.Wish =
      switch wanted {
      case .line: .line
      case .secret: .secret
      case .nothing: .nothing
      }
    return switch console.wait(for: wish, seconds: seconds) {
    case .line(let text): .line(text)
    case .interrupted: .interrupted
    case .endOfInput: .endOfInput
    case .hangUp: .hangUp
    case .woken: .mailbox
    case .resumed: .resumed
    case .timeout: .timeout
    }
  }
}
