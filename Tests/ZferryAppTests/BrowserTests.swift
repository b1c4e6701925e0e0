import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct BrowserTests {
  func opened(_ world: FakeWorld = FakeWorld(), recursive: Bool = false) -> Session {
    var session = Session(world: world)
    session.choose("source_location", 1)
    session.state.wizard.choices.recursive = recursive
    session.push("source_datasets")
    return session
  }

  func list(_ session: Session) -> ListView? {
    for case .list(let list) in session.screen.blocks { return list }
    return nil
  }

  func row(_ session: Session, _ id: String) -> ListView.Row? {
    list(session)?.rows.first { $0.id == id }
  }

  @Test func `opening a dataset asks for its children only, and only once`() {
    var session = opened()
    session.row("tank")
    session.press(.right)
    session.press(.left, .right)
    let asked = session.effects.compactMap { effect -> String? in
      if case .listDatasets(_, _, let below) = effect { return below ?? "pools" }
      return nil
    }
    #expect(asked == ["pools", "tank"])
    #expect(list(session)?.rows.map(\.text) == ["backup", "tank", "data", "home", "vm"])
    #expect(row(session, "tank/vm")?.fold == .leaf)
    #expect(row(session, "tank/vm")?.detail == "volume, 1.0 GiB")
  }

  @Test func `a load that takes long is a row, and the rest stays usable`() {
    var session = opened()
    session.row("tank")
    session.world.silent = ["listDatasets"]
    session.press(.right)
    #expect(list(session)?.rows.contains { $0.text == "loading…" } == true)
    session.press(.up, .space)
    #expect(session.state.browser.marked == ["backup"])
    session.press(.escape)
    #expect(session.screen.id == "wizard.source")
    #expect(session.effects.contains { $0.name == "abandon" })
    #expect(session.state.wizard.choices.sources.isEmpty, "Esc changes nothing")
  }

  @Test func `a listing that fails is a row with its reason below, and Enter tries again`() {
    var session = opened()
    session.row("tank")
    session.world.failing["listDatasets"] = Failure(
      "connection_lost", subject: "vault:22", detail: "bad\u{1b}[2J")
    session.press(.right)
    let error = list(session)?.rows.first { $0.tone == .error }
    #expect(error?.text == "could not be listed; choose it to try again")
    session.press(.down)
    #expect(session.words.contains("[ECONNRESET] vault, port 22"))
    #expect(!session.words.contains("\u{1b}"))
    #expect(session.screen.status.text == "Enter tries again.")
    session.press(.enter)
    #expect(list(session)?.rows.contains { $0.id == "tank/data" } == true)
  }

  @Test
  func `marks: a child of a marked dataset is inherited with Recursive, its parents are partial`() {
    var session = opened(recursive: true)
    session.row("tank")
    session.press(.right)
    session.row("tank/data")
    session.press(.right, .space)
    #expect(row(session, "tank")?.mark == .partial)
    #expect(row(session, "tank/data")?.mark == .on)
    #expect(row(session, "tank/data/photos")?.mark == .inherited)
    session.row("tank/data/photos")
    session.press(.space)
    #expect(session.state.browser.marked == ["tank/data"])
    #expect(session.screen.status.text.contains("included already"))
    session.press(.down)
    session.press(.up)
    #expect(session.screen.status.text.contains("included, because"))
  }

  @Test func `without Recursive nothing is inherited`() {
    var session = opened()
    session.row("tank")
    session.press(.right, .space)
    #expect(row(session, "tank/data")?.mark == .off)
  }

  @Test func `the filter shows hits with what is above them, counts, and Esc restores the cursor`()
  {
    var session = opened()
    session.row("tank")
    session.press(.right)
    session.row("tank/vm")
    session.press(.character("/"))
    session.type("dat")
    #expect(list(session)?.rows.map(\.id) == ["tank", "tank/data"])
    #expect(list(session)?.filter == "dat  (1 of 5 loaded)")
    session.press(.escape)
    #expect(list(session)?.rows.count == 5)
    #expect(session.state.browser.cursor == "tank/vm")
    session.press(.character("/"))
    session.type("home")
    session.press(.enter, .down, .space)
    #expect(session.state.browser.marked == ["tank/home"])
    session.press(.escape)
    #expect(session.screen.id == "browser", "Esc lets go of the filter first")
    #expect(list(session)?.filter == nil)
  }

  @Test func `left closes, then goes to the parent`() {
    var session = opened()
    session.row("tank")
    session.press(.right, .down, .left)
    #expect(session.state.browser.cursor == "tank")
    session.press(.left)
    #expect(list(session)?.rows.count == 2)
  }

  @Test func `a destination is one dataset, and may get a new name below it`() {
    var session = Session()
    session.choose("source_location", 1)
    session.state.wizard.choices.destinationLocation = .local
    _ = session.state.enter(.destination)
    session.push("target_dataset")
    session.press(.space, .down, .space)
    #expect(session.state.browser.marked == ["tank"], "the second replaces the first")
    session.press(.character("n"))
    #expect(session.state.focus == "browser.child")
    session.type("new@x")
    #expect(session.state.browser.childName == "newx")
    #expect(session.screen.status.text == "Destination: tank/newx")
    session.push("browser.use")
    #expect(session.state.wizard.choices.destination == "tank/newx")
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `a new name goes below the dataset under the cursor where none is marked`() {
    var session = Session()
    session.change {
      $0.sourceLocation = .local
      $0.destinationLocation = .local
    }
    _ = session.state.enter(.destination)
    session.push("target_dataset")
    session.press(.character("n"))
    session.type("site")
    session.push("browser.use")
    #expect(session.state.wizard.choices.destination == "backup/site")
  }

  @Test func `Use without a mark says what to do`() {
    var session = opened()
    session.push("browser.use")
    #expect(session.screen.id == "browser")
    #expect(session.screen.status.text == "Mark a dataset first.")
  }

  @Test func `a hundred thousand datasets cost a page of rows`() {
    var world = FakeWorld()
    world.local[""] = (0..<100_000).map { DatasetRow(name: "pool\($0)") }
    var session = opened(world)
    session.press(.end)
    #expect(list(session)?.count == 100_000)
    #expect((list(session)?.rows.count ?? 0) < 100)
    #expect(list(session)?.cursor == 99_999)
  }
}
