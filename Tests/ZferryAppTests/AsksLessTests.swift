import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Only what is needed is asked (ux.md 35).
@Suite struct AsksLessTests {
  private func walked(asksLess: Bool) -> (session: Session, fields: Int) {
    var session = Session()
    session.state.asksLess = asksLess
    session.choose("source_location", 1)
    session.push("source_datasets")
    session.row("tank")
    session.press(.space)
    session.push("browser.use")
    var fields = session.state.fields.count
    session.push("next")
    session.choose("destination_location", 1)
    session.push("target_dataset")
    session.row("backup")
    session.press(.space)
    session.push("browser.use")
    fields += session.state.fields.count
    session.push("next")
    fields += session.state.fields.count
    session.push("next")
    return (session, fields)
  }

  @Test func `asking less makes the same task as accepting every default`() {
    let less = walked(asksLess: true)
    let all = walked(asksLess: false)
    #expect(less.session.state.route == .wizard(.review))
    #expect(less.fields < all.fields)
    #expect(less.session.state.order == all.session.state.order)
    #expect(
      less.session.state.choiceRows == all.session.state.choiceRows,
      "the review shows what was not asked")
  }
}
