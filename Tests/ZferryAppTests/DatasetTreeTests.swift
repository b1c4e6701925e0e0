import ReplicationModel
import Testing

@testable import ZferryApp

/// The lines of the tree, as they are opened, closed, filled and filtered.
@Suite struct DatasetTreeTests {
  func rows(_ names: String...) -> [DatasetRow] { names.map { DatasetRow(name: $0) } }

  func names(_ tree: DatasetTree) -> [String] {
    tree.lines.map { line in
      tree.dataset(line)?.name ?? "\(tree.listing(of: line).parent)…"
    }
  }

  /// `a` and `b`, with `a` opened on `a/1` and `a/2`.
  func opened() -> DatasetTree {
    var tree = DatasetTree()
    tree.ask(below: nil, RequestID(1))
    _ = tree.receive(RequestID(1), rows("a", "b"))
    _ = tree.finish(RequestID(1))
    let isKnown = tree.open(0)
    #expect(!isKnown)
    tree.ask(below: 0, RequestID(2))
    _ = tree.receive(RequestID(2), rows("a/1", "a/2"))
    _ = tree.finish(RequestID(2))
    return tree
  }

  @Test func `what is opened stands below its dataset, and closes with all below it`() {
    var tree = opened()
    #expect(names(tree) == ["a", "a/1", "a/2", "b"])
    tree.ask(below: 1, RequestID(3))
    #expect(names(tree) == ["a", "a/1", "a/1…", "a/2", "b"])
    _ = tree.receive(RequestID(3), rows("a/1/x"))
    _ = tree.finish(RequestID(3))
    tree.cursor = 4
    let isClosed = tree.close(0)
    #expect(isClosed)
    #expect(names(tree) == ["a", "b"])
    #expect(tree.current?.name == "b", "the cursor stays on its dataset")
    let isKnownNow = tree.open(0)
    #expect(isKnownNow)
    #expect(names(tree) == ["a", "a/1", "a/1/x", "a/2", "b"], "as it was left")
    tree.cursor = 2
    tree.goToParent()
    #expect(tree.current?.name == "a/1")
    let isClosedTwice = tree.close(3)
    #expect(!isClosedTwice, "nothing is open there")
  }

  @Test func `parts come in before what is still awaited, and the cursor stays where it was`() {
    var tree = DatasetTree()
    tree.ask(below: nil, RequestID(1))
    #expect(names(tree) == ["…"])
    _ = tree.receive(RequestID(1), rows("a", "b"))
    #expect(names(tree) == ["a", "b", "…"])
    tree.cursor = 1
    _ = tree.receive(RequestID(1), rows("c"))
    #expect(names(tree) == ["a", "b", "c", "…"] && tree.current?.name == "b")
    tree.cursor = 3
    _ = tree.receive(RequestID(1), rows("d"))
    #expect(tree.cursor == 4, "on what is awaited still")
    let isFinished = tree.finish(RequestID(1))
    #expect(isFinished)
    #expect(names(tree) == ["a", "b", "c", "d"] && tree.current?.name == "d")
    let isFinishedTwice = tree.finish(RequestID(1))
    #expect(!isFinishedTwice)
    let isAwaited = tree.receive(RequestID(9), rows("z"))
    #expect(!isAwaited)
  }

  @Test func `what comes out of order is put in order, under an opened dataset too`() {
    var tree = DatasetTree()
    tree.ask(below: nil, RequestID(1))
    _ = tree.receive(RequestID(1), rows("m", "p"))
    tree.cursor = 0
    tree.ask(below: 0, RequestID(2))
    _ = tree.receive(RequestID(2), rows("m/x"))
    _ = tree.finish(RequestID(2))
    tree.cursor = 1
    _ = tree.receive(RequestID(1), rows("c", "a"))
    #expect(names(tree) == ["a", "c", "m", "m/x", "p", "…"])
    #expect(tree.current?.name == "m/x")
    tree.goToParent()
    #expect(tree.current?.name == "m")
  }

  @Test func `a listing that fails half-way keeps what came, and is asked for anew`() {
    var tree = opened()
    tree.ask(below: 1, RequestID(3))
    _ = tree.receive(RequestID(3), rows("a/1/x"))
    let isFailed = tree.finish(RequestID(3), Failure("stalled"))
    #expect(isFailed)
    #expect(names(tree) == ["a", "a/1", "a/1/x", "a/1…", "a/2", "b"])
    let isGood = tree.open(1)
    #expect(!isGood, "it has to be asked for")
    tree.ask(below: 1, RequestID(4))
    #expect(names(tree) == ["a", "a/1", "a/1…", "a/2", "b"])
    _ = tree.finish(RequestID(4))
    #expect(names(tree).contains("a/1…"), "nothing below is said in a line")
  }

  @Test func `a filter keeps hits and what is above them, counts all that is known`() {
    var tree = opened()
    tree.cursor = 3
    tree.show(only: NameFilter("/2"))
    #expect(names(tree) == ["a", "a/2"])
    #expect(tree.hits == 1 && tree.known == 4)
    tree.show(only: NameFilter("B"))
    #expect(names(tree) == ["b"])
    tree.show(only: NameFilter("nowhere"))
    #expect(tree.lines.isEmpty && tree.current == nil)
    tree.show(only: nil)
    #expect(names(tree) == ["a", "a/1", "a/2", "b"])
  }

  @Test(arguments: [("tank/Home", "HOME", true), ("tank", "tankx", false), ("aab", "ab", true)])
  func `a name is found whatever the case`(name: String, text: String, isFound: Bool) {
    #expect(NameFilter(text).finds(name) == isFound)
  }

  @Test func `a line is two numbers`() {
    #expect(MemoryLayout<DatasetTree.Line>.stride == 8)
    #expect(MemoryLayout<DatasetRow>.stride + MemoryLayout<DatasetTree.Line>.stride < 200)
  }
}
