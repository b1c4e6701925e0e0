import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("What keeps the base")
struct KeepsakeTests {
  /// The bookmark's name that a plan gives to a snapshot.
  func mark(of name: String) throws -> String {
    let plan = plan(request(), [dataset("tank/a: \(name)")], [pool])
    let whole = try #require(plan.keepsakes.first?.create?.arguments.last)
    return String(whole.split(separator: "#")[1])
  }

  func bookmark(_ snapshot: String) throws -> Bookmark {
    Bookmark(
      name: try mark(of: snapshot), guid: guid(snapshot), createtxg: 1, creation: Instant(1))
  }

  @Test("Each step keeps what it brings, and only the last takes away what was kept before")
  func eachStep() throws {
    let source = dataset("tank/a: s1 x s2 s3") { $0.bookmarks = [] }
    let plan = plan(request { $0.selection = .regex("s.*") }, [source], [pool])
    #expect(plan.shorthand.count == 3)
    #expect(plan.keepsakes.map(\.guid) == [guid("s1"), guid("s2"), guid("s3")])
    #expect(
      plan.keepsakes.map { $0.create?.arguments[1] } == ["tank/a@s1", "tank/a@s2", "tank/a@s3"])
    #expect(plan.keepsakes.map(\.removes.count) == [0, 0, 2])
  }

  @Test("Each of several datasets keeps its own bases")
  func several() {
    let sources = ["tank/a: s1 x s2", "tank/a/b: s1 x s3", "tank/a/c: s2"].map {
      dataset($0) { $0.bookmarks = [] }
    }
    let plan = plan(
      request { ($0.recursive, $0.selection) = (true, .regex("s.*")) }, sources, [pool])
    #expect(
      plan.keepsakes.map { $0.create?.arguments[1] }
        == ["tank/a@s1", "tank/a@s2", "tank/a/b@s1", "tank/a/b@s3", "tank/a/c@s2"])
    #expect(
      plan.keepsakes.map(\.source.text)
        == ["tank/a", "tank/a", "tank/a/b", "tank/a/b", "tank/a/c"])
  }

  @Test("A dataset with nothing to send gets the bookmark that a killed run did not come to")
  func missing() throws {
    let behind = dataset("tank/a: s1 s2") { $0.bookmarks = [] }
    let none = plan(request(), [behind], [pool, copy("bk/a: s1 s2")])
    #expect(none.isUpToDate)
    #expect(none.keepsakes.map { $0.create?.arguments[1] } == ["tank/a@s2"])
    let marks = [try bookmark("s1"), try bookmark("s2")]
    var source = behind
    source.bookmarks = [marks[0]]
    let old = plan(request(), [source], [pool, copy("bk/a: s1 s2")])
    #expect(old.keepsakes.first?.create != nil)
    #expect(old.keepsakes.first?.removes == [.zfs("destroy", "tank/a#\(marks[0].name)")])
    source.bookmarks = marks
    let stale = plan(request(), [source], [pool, copy("bk/a: s1 s2")])
    #expect(stale.keepsakes.map(\.create) == [nil])
    #expect(stale.keepsakes.first?.removes == [.zfs("destroy", "tank/a#\(marks[0].name)")])
    source.bookmarks = [marks[1]]
    #expect(plan(request(), [source], [pool, copy("bk/a: s1 s2")]).keepsakes.isEmpty)
  }

  @Test("A base that is only a bookmark stays the base while nothing new has come")
  func onlyBookmark() {
    let source = dataset("tank/a: ") {
      $0.bookmarks = [
        Bookmark(name: "zferry_x", guid: guid("s1"), createtxg: 1, creation: Instant(1))
      ]
    }
    let plan = plan(request(), [source], [pool, copy("bk/a: s1")])
    #expect(plan.keepsakes.isEmpty)
    #expect(plan.steps.isEmpty)
  }
}
