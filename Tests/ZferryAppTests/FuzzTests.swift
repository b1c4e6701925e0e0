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
    .ctrl("t"),
    .ctrl("n"), .ctrl("p"), .ctrl("u"), .ctrl("g"), .character("a"), .character("/"),
    .character("1"), .character("2"), .character("?"), .character("n"), .paste("x\ny"),
    .character("é"), .character("\u{202e}"),
  ]

  @Test func `Enter alone never changes anything outside, wherever it begins`() async {
    for step in WizardStep.allCases {
      var session = ReviewTests.session()
      session.play(session.state.enter(step))
      for _ in 0..<MonkeyTests.total / WizardStep.allCases.count {
        session.press(.enter)
        await Task.yield()
      }
      // On a form Enter goes on, and the first button is Next; the review begins on its first
      // row, from which Enter leads back to a field: so saving is never reached by Enter alone.
      #expect(session.effects.allSatisfy { !$0.changesSomething }, "\(step)")
    }
  }

  @Test func `with --read-only saving is refused with the reason`() {
    var session = ReviewTests.session(readOnly: true)
    session.push("save")
    #expect(session.screen.status.text.contains("--read-only"))
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `Enter alone never trusts a host key or installs anything`() async {
    var session = PairingTests().filled()
    for _ in 0..<MonkeyTests.total / 4 {
      session.press(.enter)
      await Task.yield()
    }
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `random keys and Back never change a draft that Back alone would keep`() async {
    var session = ReviewTests.session()
    let choices = session.state.wizard.choices
    for _ in 0..<200 {
      session.press(.escape)
      if session.state.question != nil { session.press(.escape) }
      if case .wizard(let step) = session.state.route { session.push("next"); _ = step }
      #expect(session.state.wizard.choices == choices)
      await Task.yield()
    }
  }
}
