import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("The way back")
struct RestorationTests {
  func name(_ text: String) -> DatasetName { DatasetName(trusted: text) }

  func restoring(
    _ dataset: String, to place: String? = nil, upTo: String? = nil,
    _ task: ReplicationRequest = request()
  ) throws -> ReplicationRequest {
    try #require(
      task.restoring(name(dataset), to: name(place ?? "\(dataset)-restored"), upTo: upTo))
  }

  /// The side that gets something back: its pool, and what else is said.
  func home(_ states: [DatasetState] = []) -> [DatasetState] { [dataset("tank")] + states }

  @Test("The copy of one source, of one of several, and of what lies below")
  func mapping() throws {
    let one = try restoring("tank/a")
    #expect(one.sources == [name("bk/a")])
    #expect(one.target == name("tank/a-restored"))
    #expect(one.direction == .pull)
    let several = request(["tank/a", "tank/b"], to: "bk")
    #expect(try restoring("tank/b", several).sources == [name("bk/b")])
    #expect(try restoring("tank/b/c", several).sources == [name("bk/b/c")])
    #expect(request().restoring(name("tank/other"), to: name("tank/x")) == nil)
    let flat = request { $0.recursive = false }
    #expect(flat.restoring(name("tank/a/b"), to: name("tank/x")) == nil)
  }

  @Test("All that the copy holds comes back, whatever the task selects; up to a snapshot if wanted")
  func selection() throws {
    let copies = [copy("bk/a: s1 s2 other s3"), copy("bk/a/b: s1 s2 x3")]
    let task = request { $0.selection = .regex("s.*") }
    let all = plan(try restoring("tank/a", task), copies, home())
    #expect(
      all.shorthand == [
        "full bk/a@s1", "-I @s1 bk/a@s3", "full bk/a/b@s1", "-I @s1 bk/a/b@x3",
      ])
    let some = plan(try restoring("tank/a", upTo: "s2", task), copies, home())
    #expect(
      some.shorthand == [
        "full bk/a@s1", "-i @s1 bk/a@s2", "full bk/a/b@s1", "-i @s1 bk/a/b@s2",
      ])
  }

  @Test("What lies below and never had the snapshot comes back as it was at that time")
  func below() throws {
    let copies = [copy("bk/a: s1 s2"), copy("bk/a/b: c1 c2 c3")]
    // In this shorthand the second snapshot of each is as old as the other's.
    let plan = plan(try restoring("tank/a", upTo: "s2"), copies, home())
    #expect(plan.steps.filter { $0.source.text == "bk/a/b" }.last?.to.name == "c2")
  }

  @Test("A snapshot that the copy has not is refused")
  func noSuchSnapshot() throws {
    let plan = plan(try restoring("tank/a", upTo: "gone"), [copy("bk/a: s1")], home())
    #expect(plan.codes == [.noMatchingSnapshots])
  }

  @Test("must_not_B16: what comes back can be written to, and its excludes come along")
  func must_not_B16() throws {
    let task = request {
      $0.exclude = ["tank/a/scratch", "*/cache"]
      $0.propertiesOverride = ["compression": "gzip", "readonly": "on"]
    }
    let copies = [
      copy("bk/a: s1"), copy("bk/a/b: s1"), copy("bk/a/scratch: s1"), copy("bk/a/b/cache: s1"),
      copy("bk/a/b.zferry-aside-20261109-1: s1"),
    ]
    let plan = plan(try restoring("tank/a", task), copies, home())
    #expect(plan.steps.map(\.source.text) == ["bk/a", "bk/a/b"])
    let receives = plan.steps.map(\.receive.arguments)
    #expect(receives[0].contains("readonly=off"))
    #expect(!receives[1].contains("readonly=off"))
    #expect(zip(receives[1], receives[1].dropFirst()).contains { $0 == ("-x", "readonly") })
    #expect(!receives.joined().contains("compression=gzip"))
    #expect(plan.steps.allSatisfy { $0.send.arguments.contains("-b") })
    #expect(plan.readonlyCommands.isEmpty && plan.keepsakes.isEmpty)
  }

  @Test("Nothing that is there is overwritten: an empty place is filled, a shared past goes on")
  func places() throws {
    let copies = [copy("bk/a: s1 s2")]
    func codes(_ place: DatasetState) throws -> [Conflict.Code] {
      plan(try restoring("tank/a", to: "tank/a"), copies, home([place])).codes
    }
    #expect(try codes(dataset("tank/a")) == [.targetHasForeignData])
    #expect(try codes(dataset("tank/a: own")) == [.noCommonBase])
    #expect(try codes(dataset("tank/a: s1 own")) == [.targetHasNewerSnapshots])
    #expect(try codes(dataset("tank/a: s1") { $0.written = 1 }) == [.targetModified])
    #expect(try codes(dataset("tank/a") { $0.isEmpty = true }) == [])
    let further = plan(
      try restoring("tank/a", to: "tank/a"), copies, home([dataset("tank/a: s1")]))
    #expect(further.shorthand == ["-i @s1 bk/a@s2"])
  }

  @Test("must_not_B3: a restore prunes nothing, whatever the task lets go")
  func must_not_B3() throws {
    let task = request { $0.retention = Retention(policy: .source, holdsPending: true) }
    #expect(try restoring("tank/a", task).retention == Retention())
    let copies = [copy("bk/a: s1 s2 s3")]
    let plan = plan(
      try restoring("tank/a", to: "tank/a", task), copies, home([dataset("tank/a: s1 s2")]))
    #expect(plan.destroys.isEmpty && plan.rollbacks.isEmpty)
  }

  @Test("A place inside the copy is refused")
  func overlap() throws {
    let copies = [copy("bk/a: s1")]
    let plan = plan(try restoring("tank/a", to: "bk/a/b"), copies, copies)
    #expect(plan.codes == [.overlap])
  }

  @Test("After it the task goes on from what came back")
  func failBack() {
    let back = dataset("tank/a: s1 s2 s3")
    let plan = plan(request(), [back], [pool, copy("bk/a: s1 s2")])
    #expect(plan.shorthand == ["-i @s2 tank/a@s3"])
  }
}
