public import FormKit
public import ReplicationEngine
public import TerminalCore
public import ZferryApp

/// The UI thread: waits, turns what came into messages, and draws what changed. Everything else
/// happens elsewhere, and comes back through the mailbox.
public final class AppLoop {
  public typealias Draw = (Screen, Size, Capabilities) -> Frame

  public private(set) var state: AppState
  private let terminal: any Terminal
  private let events: any EventSource
  private let mailbox: Mailbox
  private let clock: any ClockPort
  private let start: (Effect) -> Void
  private let draw: Draw
  private var farewell: String?
  private var shown: AppState?
  /// Whether a key was pressed since the last frame, or all has to be drawn anew.
  private var isAsked = true
  /// When the last frame was drawn that no key had asked for; nil where a key came since.
  private var toldAt: Double?
  /// The screen as it was drawn last, and whether its help is still to come.
  private var drawn: Screen?
  private var isHelpOwed = false
  /// When the question on the screen was first drawn; nil while there is none.
  private var askedAt: Double?
  /// What came, and was not looked at yet.
  private var inbox: [Message] = []

  /// A loop that hands effects to `start`, which must not wait for them.
  public init(
    state: AppState, terminal: any Terminal, events: any EventSource, mailbox: Mailbox,
    clock: any ClockPort, draw: @escaping Draw, start: @escaping (Effect) -> Void
  ) {
    self.state = state
    self.terminal = terminal
    self.events = events
    self.mailbox = mailbox
    self.clock = clock
    self.draw = draw
    self.start = start
  }

  /// Runs until the app quits; returns what to print on the normal screen.
  public func run() -> String {
    send(.resized(terminal.size))
    perform(state.begin())
    while farewell == nil {
      show()
      let wakes = events.wait(seconds: patience)
      send(.time(clock.now()))
      if wakes.contains(.resized) {
        terminal.invalidate()
        send(.resized(terminal.size))
        shown = nil
        isAsked = true
      }
      if wakes.contains(.hangUp) { send(.hangUp) }
      takeKeys()
      takeMessages()
    }
    return farewell ?? ""
  }

  private func takeKeys() {
    while farewell == nil, let key = terminal.readKey() {
      if key == .ctrl("l") { shown = nil }
      if !isTypedAhead(key) { send(.key(key)) }
      isAsked = true
    }
  }

  /// Looks at what came, but not for so long that a key would have to wait.
  private func takeMessages() {
    inbox += mailbox.take()
    let start = clock.uptime()
    var count = 0
    while farewell == nil, count < inbox.count, count == 0 || clock.uptime() - start < 0.005 {
      send(inbox[count])
      count += 1
    }
    inbox.removeFirst(count)
  }

  // MARK: Frames

  /// Draws what changed: at once for a key, else only so often (ux.md 48).
  private func show() {
    guard shown != state || isHelpOwed, isAsked || rest == 0 else { return }
    var view = screen(state)
    isHelpOwed = false
    // A slow line carries a step of the focus, not the help that comes with it: that follows when
    // the keys rest for a second.
    if isAsked, shown != nil, state.capabilities.slow, let drawn {
      let hurried = view.hurried(after: drawn)
      isHelpOwed = hurried != view
      view = hurried
    }
    terminal.present(draw(view, state.size, state.capabilities), with: state.capabilities)
    askedAt = view.dialog == nil ? nil : askedAt ?? clock.uptime()
    toldAt = isHelpOwed ? clock.uptime() - 1 : isAsked ? nil : clock.uptime()
    drawn = view
    isAsked = false
    shown = state
  }

  /// Seconds until a frame that no key asks for may follow the last one.
  private var rest: Double {
    let interval = state.capabilities.slow ? 2 : 0.25
    return toldAt.map { max(0, interval - (clock.uptime() - $0)) } ?? 0
  }

  /// How long to wait for something to come; nil for ever.
  private var patience: Double? {
    if !inbox.isEmpty { return 0 }
    if shown != state || isHelpOwed { return rest }
    return state.wantsClock ? 1 : nil
  }

  /// Whether a key would press a dangerous button that was drawn less than half a second ago, or
  /// not yet (ux.md 16).
  private func isTypedAhead(_ key: Key) -> Bool {
    guard state.dangerHasFocus, key == .enter || key == .space else { return false }
    return askedAt.map { clock.uptime() - $0 < 0.5 } ?? true
  }

  private func send(_ message: Message) { perform(update(&state, message)) }

  func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit(let text): farewell = text
      case .redraw: terminal.invalidate()
      case .copy(let text): send(.copied(terminal.copy(text)))
      default: start(effect)
      }
    }
  }
}
