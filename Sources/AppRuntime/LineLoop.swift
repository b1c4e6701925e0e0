public import FormKit
public import ReplicationEngine
import TerminalCore
public import ZferryApp

/// Plain mode: the same app as on the full screen, asked and told in lines.
///
/// Where the person is, is the app's own focus; so one question after the other is asked whatever
/// the screen is, and what an answer changes decides what is asked next.
public final class LineLoop {
  /// How it ended.
  public enum End: Hashable, Sendable {
    /// The person left; what to print.
    case left(String)
    /// The input ended, or the program was told to end; what to print.
    case aborted(String)
  }

  public private(set) var state: AppState
  let terminal: any LineTerminal
  let renderer: LineRenderer
  private let mailbox: Mailbox
  private let clock: any ClockPort
  private let start: (Effect) -> Void
  private(set) var end: End?

  /// What is worked on, and waited for before anything is asked.
  private var pending: Set<RequestID> = []
  /// After Ctrl-C nothing is waited for until the next answer.
  private var isImpatient = false
  /// Whether what ends now was not the person's own wish to leave.
  private var isAborting = false
  /// Whether a prompt stands there without its answer: what is told then begins a new line.
  private var isPrompting = false
  private var lastSaid = ""

  /// The screen whose head was told last.
  private var place = ""
  /// What was read before a question, so that asking again does not repeat it.
  private var introduced: [String] = []
  /// The field that opened another screen, and its value then.
  private var opener: (place: String, field: FieldView)?
  /// The field whose fault was told: when Enter keeps it all the same, it is left.
  var insisted: FocusID?
  /// The rows of a list as they were told last.
  var rowsTold: [String] = []

  /// A loop that hands effects to `start`, which must not wait for them.
  public init(
    state: AppState, terminal: any LineTerminal, renderer: LineRenderer, mailbox: Mailbox,
    clock: any ClockPort, start: @escaping (Effect) -> Void
  ) {
    self.state = state
    self.terminal = terminal
    self.renderer = renderer
    self.mailbox = mailbox
    self.clock = clock
    self.start = start
  }

  /// Asks until the person leaves or the input ends.
  public func run() -> End {
    say(["b: back. ?: help. q: quit."])
    perform(state.begin())
    while end == nil {
      settle()
      guard end == nil else { break }
      let view = screen(state)
      let form = LineForm(view)
      if view.place != place {
        enter(view, form)
        continue
      }
      if view.isLive, !isImpatient { watch() } else { ask(form, view) }
    }
    return end ?? .left("")
  }

  // MARK: Where we are

  private func enter(_ view: Screen, _ form: LineForm) {
    if !place.isEmpty { terminal.write("\n") }
    place = view.place
    introduced = []
    rowsTold = []
    insisted = nil
    let isReturn = opener?.place == place
    for line in renderer.head(of: form, isReturn: isReturn) { write(line) }
    if isReturn, let field = opener?.field {
      opener = nil
      returned(to: field, form)
    }
  }

  /// What was chosen on the other screen is told; it need not be asked again.
  private func returned(to field: FieldView, _ form: LineForm) {
    guard let now = form.field(field.id), now.control != field.control else { return }
    say(renderer.told(now))
    if screen(state).focus == field.id { goOn(from: field.id) }
  }

  private func ask(_ form: LineForm, _ view: Screen) {
    let stop = form.stops[form.index(of: view.focus)]
    let before = renderer.lines(stop.before)
    let key = [stop.item.id?.text ?? ""] + before
    if key != introduced {
      introduced = key
      page(before)
    }
    guard end == nil else { return }
    switch stop.item {
    case .field(let field): ask(field, form)
    case .list(let list): ask(list, form)
    case .actions(let actions): ask(actions, form, view)
    }
  }

  // MARK: To the app and back

  func send(_ message: Message) {
    guard end == nil else { return }
    if case .reply(let id, let reply) = message, !reply.isOnTheWay { pending.remove(id) }
    let before: StatusLine?
    switch message {
    // It takes away what stood there: what stands there after it is new.
    case .key: before = nil
    case .reply, .copied: before = screen(state).notice
    case .focus, .time, .resized, .hangUp: return perform(update(&state, message))
    }
    perform(update(&state, message))
    if let notice = screen(state).notice, notice != before {
      say(renderer.noted(notice.text, notice.tone))
    }
  }

  func press(_ keys: Key...) { for key in keys { send(.key(key)) } }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit(let text): end = isAborting ? .aborted(text) : .left(text)
      case .redraw: break
      // A terminal takes that as an escape sequence, and this one gets none.
      case .copy: send(.copied(false))
      case .abandon(let id):
        pending.remove(id)
        start(effect)
      default:
        if let id = effect.awaited { pending.insert(id) }
        start(effect)
      }
    }
  }

  private func takeMail() {
    let messages = mailbox.take()
    guard !messages.isEmpty else { return }
    send(.time(clock.now()))
    for message in messages { send(message) }
  }

  /// The program has to end: nothing is chosen, nothing more is done.
  private func abort() {
    isAborting = true
    send(.hangUp)
  }

  /// The focus goes to the next question. One that was answered wrongly is asked again, once.
  func goOn(from id: FocusID) {
    let form = LineForm(screen(state))
    let next = min(form.index(of: id) + 1, form.stops.count - 1)
    guard let there = form.stops[next].item.id else { return }
    send(.focus(there, row: nil))
    let message = LineForm(screen(state)).field(id)?.message
    guard let message, message.tone == .error, insisted != id else {
      insisted = nil
      return
    }
    say(renderer.noted(message.text, message.tone))
    insisted = id
    send(.focus(id, row: nil))
  }

  /// To the question before; from the first one, out of the screen.
  func goBack(from index: Int, in form: LineForm) {
    insisted = nil
    guard index > 0, let id = form.stops[index - 1].item.id else { return press(.escape) }
    send(.focus(id, row: nil))
  }

  func open(_ field: FieldView) {
    opener = (place, field)
    send(.focus(field.id, row: nil))
    press(.enter)
  }

  /// What a text would do, without doing it.
  func trial(_ messages: [Message]) -> Screen {
    var trial = state
    for message in messages { _ = update(&trial, message) }
    return screen(trial)
  }

  func leave() {
    guard screen(state).dialog == nil else {
      return say(["This question first: its number, or b."])
    }
    press(.ctrl("c"))
  }

  // MARK: Lines

  /// Tells something; the same thing not twice in a row.
  func say(_ lines: [String]) {
    let text = lines.joined(separator: "\n")
    guard !lines.isEmpty, text != lastSaid else { return }
    for line in lines { write(line) }
    lastSaid = text
  }

  func write(_ line: String) {
    if isPrompting { terminal.write("\n") }
    isPrompting = false
    lastSaid = ""
    terminal.write(line + "\n")
  }

  /// Long texts a part at a time, where a person reads them.
  func page(_ lines: [String]) {
    let height = 2 * LineRenderer.page
    for (index, line) in lines.enumerated() {
      if terminal.isInteractive, index > 0, index % height == 0, lines.count > index + 3 {
        guard let answer = read("\(lines.count - index) more lines, Enter reads on, s skips: "),
          answer.trimmed != "s"
        else { return }
      }
      write(line)
    }
  }

  /// Asks for a line. Nil where something else happened: then what is on the screen is looked at
  /// again.
  func read(_ prompt: String, secret: Bool = false) -> String? {
    guard end == nil else { return nil }
    send(.time(clock.now()))
    terminal.ask(prompt, isSecret: secret)
    isPrompting = true
    defer { isPrompting = false }
    while true {
      switch terminal.wait(
        for: secret ? .secret : .line, seconds: state.wantsClock ? 1 : nil)
      {
      case .line(let text):
        // A pipe shows nothing of what comes through it.
        if !terminal.isInteractive { terminal.write("\n") }
        lastSaid = ""
        isImpatient = false
        return text
      case .endOfInput:
        terminal.write("\n")
        // A person who is gone may come back to a draft; a pipe writes nothing it was not told to.
        if terminal.isInteractive { abort() } else { end = .aborted("") }
        return nil
      case .hangUp:
        terminal.write("\n")
        abort()
        return nil
      case .interrupted:
        terminal.write("\n")
        isPrompting = false
        isAborting = true
        press(.ctrl("c"))
        isAborting = false
        return nil
      case .mailbox:
        takeMail()
        if end != nil || screen(state).place != place {
          if isPrompting { terminal.write("\n") }
          return nil
        }
        if !isPrompting { terminal.ask(prompt, isSecret: secret) }
        isPrompting = true
      case .resumed: terminal.ask(prompt, isSecret: secret)
      case .timeout:
        send(.time(clock.now()))
        if end != nil || screen(state).place != place {
          terminal.write("\n")
          return nil
        }
      }
    }
  }

  /// A line that answers a question with a dangerous answer, and whether it can be meant for it: what
  /// was typed before the question was there cannot (ux.md 16).
  func readCarefully(_ prompt: String) -> (line: String, isMeant: Bool)? {
    terminal.discardTypedAhead()
    let asked = clock.uptime()
    return read(prompt).map { ($0, clock.uptime() - asked >= 0.5) }
  }

  // MARK: Waiting

  /// Waits for the work that was begun, and tells what it is when that takes longer.
  private func settle() {
    takeMail()
    var told = ""
    while end == nil, !pending.isEmpty, !isImpatient {
      switch terminal.wait(for: .nothing, seconds: 0.3) {
      case .mailbox: takeMail()
      case .timeout, .resumed:
        let view = screen(state)
        if view.place != place { enter(view, LineForm(view)) }
        let text = view.waitingFor
        if text != told {
          told = text
          say(renderer.noted(text, .plain))
        }
      case .interrupted:
        isImpatient = true
        say(["Not waiting any longer."])
      case .endOfInput, .hangUp: abort()
      case .line: break
      }
    }
  }

  /// A run: told as it goes on, until it ends or Ctrl-C asks for the buttons.
  private func watch() {
    let interval = terminal.isInteractive ? 2.0 : 10.0
    var last = -Double.infinity
    var told: Set<Block> = []
    say(["Ctrl-C asks what to do."])
    while end == nil, screen(state).isLive, !isImpatient {
      send(.time(clock.now()))
      let view = screen(state)
      for block in view.blocks {
        if case .paragraph = block, told.insert(block).inserted { say(renderer.lines([block])) }
        if case .progress(let progress) = block, clock.uptime() - last >= interval {
          last = clock.uptime()
          say([renderer.line(progress)])
        }
      }
      switch terminal.wait(for: .nothing, seconds: 1) {
      case .mailbox: takeMail()
      case .interrupted: isImpatient = true
      case .endOfInput, .hangUp: abort()
      case .line, .timeout, .resumed: break
      }
    }
    introduced = []
  }
}

extension Screen {
  /// Tells screens and questions apart.
  var place: String { "\(id)\n\(dialog?.title ?? "")" }

  /// What just happened: a status with a tone. Help and whole values have none.
  var notice: StatusLine? {
    [.plain, .dim].contains(status.tone) || status.text.isEmpty ? nil : status
  }

  /// Whether it tells of something that goes on.
  var isLive: Bool {
    dialog == nil && blocks.contains { if case .progress = $0 { true } else { false } }
  }

  /// What is being waited for, in the screen's own words.
  var waitingFor: String {
    for case .paragraph(let text, _) in blocks where text.hasSuffix("…") { return text }
    return status.text.hasSuffix("…") ? status.text : "One moment…"
  }
}
