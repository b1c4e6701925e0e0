import FormKit
import TerminalCore
import TerminalTestKit
import Testing

/// Every kind of block, as it is drawn.
@Suite struct GoldenTests {
  @Test func `a form with every control`() {
    Golden.expect(draw(.form(focus: "choice")), "form.80x24")
    Golden.expect(draw(.form(focus: "choice"), .small), "form.60x20")
    Golden.expect(draw(.form(focus: "save"), .normal, .plain), "form.ascii")
    Golden.expect(draw(.form(focus: "text"), .normal, .slow), "form.slow")
  }

  @Test func `every tone, and progress`() {
    Golden.expect(draw(.tones), "tones.80x24")
    Golden.expect(draw(.tones, .normal, .slow), "tones.slow")
  }

  @Test func `a tree, at its top and further down, filtered and empty`() {
    Golden.expect(draw(.tree(count: 8, cursor: 1)), "tree.80x24")
    Golden.expect(draw(.tree(count: 60, cursor: 33), .small, .plain), "tree.ascii")
    Golden.expect(draw(.tree(count: 3, cursor: 0, filter: "data  (3 of 60 loaded)")), "filter")
    Golden.expect(draw(.tree(count: 0, cursor: 0)), "empty")
  }

  @Test func `a long table`() {
    Golden.expect(draw(.table(rows: 30, focus: 15)), "table.80x24")
    Golden.expect(draw(.table(rows: 30, focus: 29), .small), "table.60x20")
  }

  @Test func `a question over a screen, and in its place on a slow line`() {
    var screen = Screen.form(focus: "stay")
    screen.dialog = Screen.question
    Golden.expect(draw(screen), "question.80x24")
    Golden.expect(draw(screen, .small, .plain), "question.ascii")
    Golden.expect(draw(screen, .normal, .slow), "question.slow")
  }

  @Test func `too small a screen says what it needs`() {
    Golden.expect(draw(.form(focus: "text"), Size(columns: 59, rows: 20)), "too-small")
  }
}
