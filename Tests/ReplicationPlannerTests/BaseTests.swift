import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("What is sent")
struct BaseTests {
  @Test(
    "From the newest common snapshot, in as few streams as there are gaps",
    arguments: [
      ("s1 s2 s3", "", ["full tank/a@s1", "-I @s1 tank/a@s3"]),
      ("s1", "", ["full tank/a@s1"]),
      ("s1 s2 s3", "s1", ["-I @s1 tank/a@s3"]),
      ("s1 s2 s3", "s1 s2", ["-i @s2 tank/a@s3"]),
      ("s1 s2 s3", "s1 s2 s3", []),
      ("s1 x2 s3 s4", "s1", ["-i @s1 tank/a@s3", "-i @s3 tank/a@s4"]),
      (
        "s1 s2 x3 s4 s5 x6 s7", "s1",
        ["-i @s1 tank/a@s2", "-i @s2 tank/a@s4", "-i @s4 tank/a@s5", "-i @s5 tank/a@s7"]
      ),
      ("x1 s2 s3", "", ["full tank/a@s2", "-i @s2 tank/a@s3"]),
      ("x1 s2 s3 s4", "x1", ["-I @x1 tank/a@s4"]),
      ("s2 s3 #s1", "s1", ["-i #s1 tank/a@s2", "-i @s2 tank/a@s3"]),
      ("s2 s3 s4 #s1", "s1", ["-i #s1 tank/a@s2", "-I @s2 tank/a@s4"]),
      ("s1 s2 #s1", "s1", ["-i @s1 tank/a@s2"]),
    ])
  func steps(source: String, target: String, expected: [String]) {
    let request = request { $0.selection = .regex("s.*") }
    let from = dataset("tank/a: \(source)") { state in
      // A bookmark of a snapshot that is gone stands before all that are left.
      state.bookmarks = state.bookmarks.map { mark in
        var mark = mark
        if !state.snapshots.contains(where: { $0.guid == mark.guid }) { mark.createtxg = 1 }
        return mark
      }
    }
    let plan = plan(request, [from], target.isEmpty ? [pool] : [pool, copy("bk/a: \(target)")])
    #expect(plan.conflicts == [])
    #expect(plan.shorthand == expected)
    #expect(plan.isUpToDate == expected.isEmpty)
  }

  @Test("A name that was used again is not taken for the same snapshot")
  func sameNameOtherGUID() {
    let plan = plan(request(), [dataset("tank/a: s1 s2")], [pool, copy("bk/a: s1!other")])
    #expect(plan.codes == [.noCommonBase])
    #expect(plan.steps.isEmpty)
    #expect(plan.conflicts.first?.sourceTimeline.count == 2)
    #expect(plan.conflicts.first?.targetTimeline.count == 1)
  }

  @Test("must_not_B5: order is that of creation, whatever the names say")
  func must_not_B5() {
    let plan = plan(request(), [dataset("tank/a: s9 s1 s5")], [pool, copy("bk/a: s9")])
    #expect(plan.shorthand == ["-I @s9 tank/a@s5"])
  }

  @Test("The base may be a snapshot that is not selected itself")
  func unselectedBase() {
    let request = request { $0.selection = .regex("s.*") }
    let plan = plan(request, [dataset("tank/a: manual s1")], [pool, copy("bk/a: manual")])
    #expect(plan.shorthand == ["-i @manual tank/a@s1"])
  }

  @Test("Commands are exact, and names are arguments of their own")
  func commands() {
    let plan = plan(
      request(["tank/it's"], to: "bk/a b") {
        $0.propertiesExclude = ["quota"]
        $0.propertiesOverride = ["compression": "zstd"]
      }, [dataset("tank/it's: s1 s2")], [pool])
    #expect(
      plan.steps.first?.send.arguments == ["send", "-L", "-c", "-p", "tank/it's@s1"])
    #expect(
      plan.steps.first?.receive.arguments == [
        "receive", "-s", "-u", "-x", "quota", "-x", "mountpoint", "-x", "sharenfs", "-x",
        "sharesmb", "-o", "compression=zstd", "-o", "readonly=on", "bk/a b",
      ])
    #expect(
      plan.steps.last?.send.shellText == #"zfs send -L -c -p -i @s1 'tank/it'\''s@s2'"#)
    #expect(plan.steps.allSatisfy { !$0.receive.arguments.contains("-F") })
  }

  @Test("A volume gets no property that only filesystems have")
  func volumes() {
    let plan = plan(request(), [dataset("tank/a: s1", kind: .volume)], [pool])
    #expect(
      plan.steps.first?.receive.arguments == ["receive", "-s", "-u", "-o", "readonly=on", "bk/a"])
  }

  @Test("An encrypted source is sent raw")
  func raw() {
    let source = dataset("tank/a: s1") { $0.isEncrypted = true }
    let plan = plan(request(), [source], [pool])
    #expect(plan.steps.first?.raw == true)
    #expect(plan.steps.first?.send.arguments.contains("-w") == true)
  }

  @Test("The base is kept as a bookmark, and the one before it goes")
  func keepsakes() throws {
    let first = plan(request(), [dataset("tank/a: s1")], [pool])
    let create = try #require(first.keepsakes.first?.create?.arguments)
    #expect(create.prefix(2) == ["bookmark", "tank/a@s1"])
    let mark = String(create[2].split(separator: "#")[1])
    var source = dataset("tank/a: s1 s2")
    source.bookmarks = [
      Bookmark(name: mark, guid: guid("s1"), createtxg: 110, creation: Instant(1)),
      Bookmark(name: "zferry_00000000_1", guid: guid("z"), createtxg: 1, creation: Instant(1)),
      Bookmark(name: "mine", guid: guid("s1"), createtxg: 110, creation: Instant(1)),
    ]
    let second = plan(request(), [source], [pool, copy("bk/a: s1")])
    #expect(second.keepsakes.first?.removes == [.zfs("destroy", "tank/a#\(mark)")])
    #expect(second.destroys.isEmpty)
  }

  @Test("A name that leaves no room for a bookmark is a warning")
  func longName() {
    let name = "tank/" + String(repeating: "x", count: 230)
    let plan = plan(request([name]), [dataset("\(name): s1")], [pool])
    #expect(plan.keepsakes.isEmpty)
    #expect(plan.warnings.map(\.code) == ["name_too_long_for_bookmark"])
    #expect(plan.shorthand.count == 1)
  }
}
