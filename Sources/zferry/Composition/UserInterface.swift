internal import AppRuntime
internal import CursesTerminal
internal import FormKit
internal import Foundation
internal import ReplicationEngine
internal import SSHTransport
internal import TaskStore
internal import TerminalCore
internal import ZFSCommand
internal import ZferryApp

/// The screens, from the first key to the last.
struct UserInterface: Sendable {
  private let place: Workplace
  private let look: GlobalOptions
  private let opening: Opening
  private let practice: Practice?

  init(
    _ place: Workplace, look: GlobalOptions, opening: Opening = .tasks, practice: Practice? = nil
  ) {
    self.place = place
    self.look = look
    self.opening = opening
    self.practice = practice
  }

  /// Runs until the person quits; gives the answers of the task that was saved last.
  ///
  /// Throws the exit code for wrong usage where there is no terminal to draw on, and the one for
  /// being stopped where plain mode's input ended.
  @discardableResult
  func run() async throws -> Answers? {
    let modes = ScreenModes(place.folders)
    let term = Self.terminalName
    var wired = try await reporting { try place.ports(ring: KeyRing()) }
    wired.keepMode = { try modes.keep(isBasic: $0, on: term) }
    wired.keepAsks = { try modes.keep(asksLess: $0) }
    let ports = wired
    let waker: Waker
    do { waker = try Waker() } catch { throw Self.exit(error) }
    let mailbox = Mailbox { waker.wake() }
    let runner = EffectRunner(ports: ports, mailbox: mailbox)
    let mode = InterfaceMode(
      isAskedFor: look.plain, isTerminal: isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1,
      variable: Self.variable)
    let end: Result<Ended, TerminalProblem> = await withCheckedContinuation { done in
      // ncurses has one screen and no locks: all of it happens on this one thread.
      let thread = Thread {
        done.resume(
          returning: mode == .plain
            ? lines(ports, mailbox, runner, waker)
            : screens(ports, mailbox, runner, waker, modes))
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    await runner.stop()
    switch end {
    case .failure(let problem): throw Self.exit(problem)
    case .success(let ended):
      if !ended.farewell.isEmpty { Report.line(ended.farewell) }
      if ended.isAborted { throw ExitStatus.stopped.code }
      return ended.answers
    }
  }

  private var installation: Installation {
    Installation(
      version: Version.text, config: place.folders.config, state: place.folders.state)
  }

  private static var terminalName: String { variable("TERM") ?? "" }

  private struct Ended {
    var farewell: String
    var answers: Answers?
    var isAborted = false
  }

  private func lines(
    _ ports: AppPorts, _ mailbox: Mailbox, _ runner: EffectRunner, _ waker: Waker
  ) -> Result<Ended, TerminalProblem> {
    let console: LineConsole
    do { console = try LineConsole(waker) } catch { return .failure(error) }
    let isUnicode = !look.ascii && InterfaceMode.isUnicode(Self.variable)
    let state = AppState(
      opening: opening, zone: ports.zone, now: ports.clock.now(),
      size: PlainInterface.size(console),
      capabilities: Capabilities(colour: false, unicode: isUnicode, slow: true),
      chosenBasic: ScreenModes(place.folders).isBasic(on: Self.terminalName),
      readOnly: look.readOnly, practice: practice,
      asksLess: ScreenModes(place.folders).asksLess,
      installation: installation)
    let (end, answers) = PlainInterface.run(
      state, console, isUnicode: isUnicode, ports: ports, mailbox: mailbox, runner: runner)
    switch end {
    case .left(let text): return .success(Ended(farewell: text, answers: answers))
    case .aborted(let text):
      return .success(Ended(farewell: text, answers: answers, isAborted: true))
    }
  }

  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name]
  }

  private func screens(
    _ ports: AppPorts, _ mailbox: Mailbox, _ runner: EffectRunner, _ waker: Waker,
    _ modes: ScreenModes
  ) -> Result<Ended, TerminalProblem> {
    var options = TerminalOptions()
    options.isASCII = look.ascii
    options.isMono = look.mono
    options.isSlow = look.slow
    let terminal: CursesTerminal
    do { terminal = try CursesTerminal.open(options) } catch { return .failure(error) }
    defer { terminal.close() }
    let state = AppState(
      opening: opening, zone: ports.zone, now: ports.clock.now(), size: terminal.size,
      capabilities: terminal.capabilities, prefersBasic: look.slow || terminal.prefersBasic,
      chosenBasic: look.slow ? nil : modes.isBasic(on: Self.terminalName),
      readOnly: look.readOnly, practice: practice, asksLess: modes.asksLess,
      installation: installation)
    let loop = AppLoop(
      state: state, terminal: terminal,
      events: TerminalWaits(events: TerminalEvents(terminal, waker)), mailbox: mailbox,
      clock: ports.clock, draw: FrameRenderer.frame, start: runner.start)
    let farewell = loop.run()
    return .success(Ended(farewell: farewell, answers: loop.state.savedAnswers))
  }

  private static func exit(_ problem: TerminalProblem) -> any Error {
    switch problem {
    case .noTerminal:
      Report.trouble("The screens need a terminal, and here is none.")
      Report.trouble(
        "Use a command instead: zferry wizard --answers FILE, zferry run TASK, zferry --help.")
      Report.trouble("Or have all of it asked in lines, also through pipes: zferry --plain.")
    case .cannotDraw(let name):
      Report.trouble(
        "The terminal \(Words.escaped(name.isEmpty ? "without a name" : name)) cannot place its cursor."
      )
      Report.trouble(
        "Set TERM to what your terminal is, as: TERM=vt100 zferry. zferry --plain works on any.")
    case .system(let number):
      Report.trouble("The terminal cannot be used: \(String(cString: strerror(number))).")
    }
    return ExitStatus.usage.code
  }
}

/// The terminal's waits, in the loop's words.
private final class TerminalWaits: EventSource {
  private let events: TerminalEvents

  init(events: TerminalEvents) { self.events = events }

  func wait(seconds: Double?) -> Set<Wake> {
    Set(
      events.wait(seconds: seconds).map { event -> Wake in
        switch event {
        case .keys: .keys
        case .woken: .mailbox
        case .resized: .resized
        case .hangUp: .hangUp
        }
      })
  }
}
