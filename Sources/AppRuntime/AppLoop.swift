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
  /// When the question on the screen was first drawn; nil while there is none.
  private var askedAt: Double?

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
    var shown: AppState?
    while farewell == nil {
      if shown != state {
        let view = screen(state)
        terminal.present(draw(view, state.size, state.capabilities))
        askedAt = view.dialog == nil ? nil : askedAt ?? clock.uptime()
        shown = state
      }
      let wakes = events.wait(seconds: state.wantsClock ? 1 : nil)
      send(.time(clock.now()))
      if wakes.contains(.resized) {
        terminal.invalidate()
        send(.resized(terminal.size))
        shown = nil
      }
      if wakes.contains(.hangUp) { send(.hangUp) }
      while farewell == nil, let key = terminal.readKey() {
        if key == .ctrl("l") { shown = nil }
        if !isTypedAhead(key) { send(.key(key)) }
      }
      for message in mailbox.take() where farewell == nil { send(message) }
    }
    return farewell ?? ""
  }

  /// Whether a key would press a dangerous button that was drawn less than half a second ago, or
  /// not yet (ux.md 16).
  private func isTypedAhead(_ key: Key) -> Bool {
    guard state.dangerHasFocus, key == .enter || key == .space else { return false }
    return askedAt.map { clock.uptime() - $0 < 0.5 } ?? true
  }

  private func send(_ message: Message) { perform(update(&state, message)) }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit(let text): farewell = text
      case .redraw: terminal.invalidate()
      default: start(effect)
      }
    }
  }
}
