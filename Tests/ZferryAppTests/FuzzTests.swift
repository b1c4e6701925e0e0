import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Keys without sense: nothing breaks, and nothing outside is changed by accident.
@Suite struct FuzzTests {
  /// SplitMix64: the same seed plays the same keys.
  struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  static let keys: [Key] = [
    .enter, .enter, .tab, .tab, .tab, .space, .space, .backTab, .escape, .up, .down, .left, .right,
    .home, .end, .pageUp, .pageDown, .backspace, .delete, .insert, .function(1), .ctrl("l"),
    .ctrl("n"), .ctrl("p"), .ctrl("u"), .ctrl("g"), .character("a"), .character("/"),
    .character("1"), .character("2"), .character("?"), .character("n"), .paste("x\ny"),
    .character("é"), .character("\u{202e}"),
  ]

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `twenty thousand keys crash nothing, and the focus is always on the screen`(seed: UInt64) {
    var dice = Dice(state: seed)
    var world = FakeWorld()
    world.library.connections = [WalkTests.vault]
    var session = Session(world: world)
    for number in 0..<5_000 {
      guard let key = Self.keys.randomElement(using: &dice) else { continue }
      session.press(key)
      let screen = session.screen
      let order = screen.focusOrder
      #expect(order.isEmpty || order.contains(screen.focus), "key \(number) on \(screen.id)")
      #expect(screen.footer.count <= 6)
      if number % 500 == 499 {
        session.world.failing["plan"] = Failure("stalled", subject: "vault:22")
        session.world.failing["listDatasets"] = Failure("zfs.missing", subject: "vault:22")
      }
    }
  }

  @Test func `Enter alone never changes anything outside, wherever it begins`() {
    for step in WizardStep.allCases {
      var session = ReviewTests.session()
      session.play(session.state.enter(step))
      for _ in 0..<10_000 / WizardStep.allCases.count { session.press(.enter) }
      // On a form Enter goes on, and the first button is Next; the review begins on its first
      // row, from which Enter leads back to a field: so saving is never reached by Enter alone.
      #expect(session.effects.allSatisfy { !$0.changesSomething }, "\(step)")
    }
  }

  @Test func `with --read-only no key changes anything outside`() {
    var dice = Dice(state: 7)
    var world = FakeWorld()
    world.library.connections = [WalkTests.vault]
    world.library.tasks = [TaskDraft()]
    var session = Session(world: world, readOnly: true)
    for _ in 0..<5_000 {
      guard let key = Self.keys.randomElement(using: &dice) else { continue }
      session.press(key)
    }
    #expect(session.effects.allSatisfy { !$0.changesSomething })
    session = ReviewTests.session(readOnly: true)
    session.push("save")
    #expect(session.screen.status.text.contains("--read-only"))
  }

  @Test func `Enter alone never trusts a host key or installs anything`() {
    var session = PairingTests().filled()
    for _ in 0..<2_000 { session.press(.enter) }
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `random keys and Back never change a draft that Back alone would keep`() {
    var session = ReviewTests.session()
    let choices = session.state.wizard.choices
    for _ in 0..<200 {
      session.press(.escape)
      if session.state.question != nil { session.press(.escape) }
      if case .wizard(let step) = session.state.route { session.push("next"); _ = step }
      #expect(session.state.wizard.choices == choices)
    }
  }
}
