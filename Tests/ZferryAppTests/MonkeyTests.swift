import FormKit
import Foundation
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Random keys, sizes, replies and times over all screens: nothing breaks, every frame is one, and
/// nothing outside is changed where nothing may be.
///
/// `ZFERRY_MONKEY=1000000` plays so many in all; without it as many as a debug build plays in seconds.
@Suite struct MonkeyTests {
  static let total = getenv("ZFERRY_MONKEY").flatMap { Int(String(cString: $0)) } ?? 2_000

  static let sizes = [
    (1, 1), (20, 5), (59, 20), (60, 19), (60, 20), (80, 24), (132, 43), (300, 100),
  ]
  .map { Size(columns: $0.0, rows: $0.1) }

  /// Fingers on the keys, and a world that answers when it likes.
  struct Monkey {
    var dice: FuzzTests.Dice
    var world: FakeWorld
    var state: AppState
    var waiting: [Message] = []
    var effects = 0
    var screens: Set<String> = []

    init(seed: UInt64, readOnly: Bool) {
      dice = FuzzTests.Dice(state: seed)
      world = FakeWorld()
      world.library.connections = [WalkTests.vault]
      if readOnly { world.library.tasks = [TaskDraft()] }
      state = AppState(now: Instant(1_795_514_700), readOnly: readOnly)
      take(state.begin())
    }

    mutating func take(_ new: [Effect]) {
      for effect in new {
        effects += 1
        if state.isReadOnly {
          #expect(!effect.changesSomething && effect.name != "keepMode", "\(effect.name)")
        }
        waiting += world.answer(effect)
      }
      // `answer` remembers what was asked: not a million of them.
      if effects % 4096 == 0 { world.forget() }
    }

    mutating func play() {
      switch Int.random(in: 0..<100, using: &dice) {
      case 0..<86:
        if let key = FuzzTests.keys.randomElement(using: &dice) { send(.key(key)) }
      case 86..<94: if !waiting.isEmpty { send(waiting.removeFirst()) }
      case 94..<96:
        if let size = MonkeyTests.sizes.randomElement(using: &dice) { send(.resized(size)) }
      case 96..<98:
        let seconds = Int64.random(in: 0..<100_000, using: &dice)
        send(.time(Instant(state.now.seconds + seconds)))
      case 98:
        // An answer nobody waits for, or one that failed.
        let id = RequestID(state.lastRequest - Int.random(in: 0..<3, using: &dice))
        send(.reply(id, .failed(Failure("stalled", subject: "vault:22", detail: "\u{1b}[2J"))))
      default: send(.copied(Bool.random(using: &dice)))
      }
    }

    private mutating func send(_ message: Message) { take(update(&state, message)) }

    /// The screen as it is drawn now, held to what every frame is.
    mutating func look(_ number: Int) {
      let view = screen(state)
      screens.insert(view.id)
      let frame = FrameRenderer.frame(of: view, size: state.size, capabilities: state.capabilities)
      #expect(frame.size == state.size)
      let cursor = frame.cursor
      #expect(
        (0..<frame.size.columns).contains(cursor.column)
          && (0..<frame.size.rows).contains(cursor.row), "step \(number), \(view.id)")
      let isClean = frame.cells.allSatisfy { cell in
        guard let text = cell.text else { return true }
        if let ascii = text.asciiValue { return ascii >= 0x20 && ascii < 0x7F }
        return text.unicodeScalars.allSatisfy { !(0x7F...0x9F).contains($0.value) }
      }
      #expect(isClean, "step \(number), \(view.id)")
      let least = FrameRenderer.minimum
      guard frame.size.columns >= least.columns, frame.size.rows >= least.rows else { return }
      let order = view.focusOrder
      #expect(order.isEmpty || order.contains(view.focus), "step \(number), \(view.id)")
      #expect(view.footer.count <= 6)
      guard !order.isEmpty else { return }
      let isMarked = (0..<max(1, cursor.column)).contains {
        frame[$0, cursor.row]?.text == ">"
      }
      #expect(isMarked, "step \(number), \(view.id): \(frame.line(cursor.row))")
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `keys without sense break nothing, and every frame is whole`(seed: UInt64) async {
    var monkey = Monkey(seed: seed, readOnly: false)
    let gallery = Gallery.states
    for number in 0..<Self.total / 4 {
      // From the start a monkey rarely gets far: now and then it is put on another screen.
      if number % 500 == 250, let place = gallery.randomElement(using: &monkey.dice) {
        monkey.state = place.state
      }
      monkey.play()
      monkey.look(number)
      await Task.yield()  // Tests that wait for the clock want the processor too.
    }
    #expect(monkey.screens.count >= 4)
    #expect(monkey.effects > 10)
  }

  /// What a million keys found on the retention preview: a question that went out took its button
  /// from the screen, and left the focus on it until the answer came.
  @Test func `Enter anywhere leaves the focus on something, before any answer comes`() async {
    for (name, state) in Gallery.states {
      for id in screen(state).focusOrder {
        var pressed = state
        pressed.setFocus(id)
        _ = update(&pressed, .key(.enter))
        let view = screen(pressed)
        #expect(
          view.focusOrder.isEmpty || view.focusOrder.contains(view.focus),
          "\(name), \(id.text): \(view.id), \(view.focus.text)")
      }
      await Task.yield()
    }
  }

  @Test func `with --read-only no key changes anything outside`() async {
    for (seed, begun) in [(7, false), (8, true)] as [(UInt64, Bool)] {
      var monkey = Monkey(seed: seed, readOnly: true)
      if begun { monkey.state = ReviewTests.session(readOnly: true).state }
      for number in 0..<Self.total / 4 {
        monkey.play()
        if number % 8 == 0 { monkey.look(number) }
        await Task.yield()
      }
      #expect(monkey.effects > 0)
    }
  }

  @Test func `Enter alone destroys nothing, wherever it begins`() async {
    let gallery = Gallery.states
    for (name, state) in gallery {
      var session = Session()
      session.state = state
      session.effects = []
      for _ in 0..<max(4, Self.total / gallery.count) {
        session.press(.enter)
        await Task.yield()
      }
      #expect(!session.effects.contains { $0.destroys }, "\(name)")
    }
  }
}
