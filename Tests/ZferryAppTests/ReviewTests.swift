import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct ReviewTests {
  /// A local copy, all answered, at its review.
  static func session(
    _ world: FakeWorld = FakeWorld(), readOnly: Bool = false
  ) -> Session {
    var session = Session(world: world, readOnly: readOnly)
    session.change {
      $0.sourceLocation = .local
      $0.destinationLocation = .local
    }
    session.change {
      $0.sources = ["tank/data"]
      $0.destination = "backup/data"
    }
    session.play(session.state.enter(.review))
    return session
  }

  @Test func `every value is there, and the defaults are marked`() {
    let session = Self.session()
    let rows = session.state.choiceRows
    #expect(rows.map(\.label).contains("Source Snapshot Lifetime"))
    #expect(rows.first { $0.label == "Recursive" }?.value == "no  (default)")
    #expect(rows.first { $0.label == "Source" }?.value == "tank/data")
    #expect(rows.allSatisfy { $0.id != nil })
    #expect(
      rows.first { $0.label == "Snapshot task" }?.value
        == "tank-data-daily of tank/data, is made when you save")
  }

  @Test func `mapping, snapshots, bytes, time, creates and destroys are said`() {
    let words = Self.session().words
    #expect(words.contains("tank/data: -> backup/data (new); 12 of 12 snapshots match"))
    #expect(words.contains("Sends: 1 dataset, 12 snapshots, about 1.0 GiB"))
    #expect(words.contains("at 300.0 MiB/s (assumed, not measured)"))
    #expect(words.contains("Creates: backup/data"))
    #expect(words.contains("Nothing is destroyed."))
  }

  @Test func `Enter on a row leads to its field, and the way back keeps the plan`() {
    var session = Self.session()
    for _ in 0..<40 where session.state.focus != "review.retention_policy" { session.press(.down) }
    session.press(.enter)
    #expect(session.screen.id == "wizard.schedule")
    #expect(session.state.focus == "retention_policy")
    session.push("review")
    #expect(session.screen.id == "wizard.review")
    #expect(session.effects.count { $0.name == "plan" } == 1, "nothing was changed")
  }

  @Test func `a changed answer is planned anew`() {
    var session = Self.session()
    session.play(session.state.enter(.source, at: "recursive"))
    session.press(.space)
    session.push("review")
    #expect(session.effects.count { $0.name == "plan" } == 2)
  }

  @Test func `saving is refused while something is wrong, and leads to it`() {
    var session = Self.session()
    session.state.wizard.choices.sources = []
    session.push("save")
    #expect(session.screen.id == "wizard.source")
    #expect(session.state.focus == "source_datasets")
    #expect(session.screen.status.tone == .error)
    #expect(session.effects.allSatisfy { !$0.changesSomething })
  }

  @Test func `where nothing matches yet, the first snapshot is announced and then taken`() {
    var world = FakeWorld()
    world.snapshotCount = 0
    var session = Self.session(world)
    #expect(session.words.contains("Takes first: tank/data@"))
    #expect(session.words.contains("1 dataset, about 3.0 GiB, in full"))
    #expect(session.state.standingConflicts.isEmpty)
    session.push("save_and_run")
    let first = session.effects.compactMap { effect -> [FirstSnapshot]? in
      if case .startRun(_, _, let first) = effect { return first }
      return nil
    }.first
    #expect(first?.map(\.dataset) == ["tank/data"])
  }

  @Test func `a conflict is told in words, keeps from running, and not from saving`() {
    var session = Self.session()
    let snapshot = Snapshot(name: "old", guid: GUID(1), createtxg: 1, creation: Instant(0))
    guard case .success(var preview)? = session.state.wizard.preview else {
      Issue.record("no preview")
      return
    }
    preview.plan.steps = []
    preview.plan.conflicts = [
      Conflict(
        code: .noCommonBase, source: DatasetName(trusted: "tank/data"),
        target: DatasetName(trusted: "backup/data"), sourceTimeline: [snapshot],
        targetTimeline: [])
    ]
    session.state.wizard.preview = .success(preview)
    #expect(session.words.contains("none in common"))
    #expect(session.words.contains("on the source: @old; on the destination: none"))
    session.push("save_and_run")
    #expect(session.screen.id == "wizard.review")
    #expect(session.effects.allSatisfy { !$0.changesSomething })
    session.push("save")
    #expect(session.world.library.tasks.count == 1)
    #expect(session.screen.status.text == "The task tank-data-to-backup-data is saved.")
  }

  @Test func `a look that fails says why, and Retry looks again`() {
    var world = FakeWorld()
    world.failing["plan"] = Failure("zfs.failed", subject: "this host", detail: "no pools")
    var session = Self.session(world)
    #expect(session.words.contains("[EZFS]"))
    if case .no? = session.screen.action("save_and_run")?.enabled {
    } else {
      Issue.record("running needs a look first")
    }
    session.push("retry")
    #expect(session.words.contains("Nothing is destroyed."))
  }

  @Test func `a host that cannot be reached leads to its connection, with everything kept`() {
    var world = FakeWorld()
    world.library.connections = [WalkTests.vault]
    var session = Self.session(world)
    session.change {
      $0.destinationLocation = .remote
      $0.connection = "vault"
    }
    session.change { $0.destination = "vault/site" }
    session.world.failing["plan"] = Failure("connect.timeout", subject: "203.0.113.9:22")
    session.play(session.state.enter(.review))
    #expect(session.words.contains("[ETIMEDOUT] 203.0.113.9, port 22"))
    session.push("connection")
    #expect(session.screen.id == "wizard.connection")
    #expect(session.state.wizard.choices.destination == "vault/site")
    session.push("review")
    #expect(session.screen.id == "wizard.review")
    #expect(session.words.contains("Nothing is destroyed."), "looked at anew")
  }

  @Test func `a save that fails stays on the review, with everything kept`() {
    var world = FakeWorld()
    world.failing["save"] = Failure("store.permission", subject: "/etc/zferry/tasks")
    var session = Self.session(world)
    session.push("save")
    #expect(session.screen.id == "wizard.review")
    #expect(session.words.contains("[EACCES] /etc/zferry/tasks"))
    session.push("save")
    #expect(session.screen.id == "tasks")
  }

  @Test func `the commands are shown on demand, in order, and Esc leads back`() {
    var session = Self.session()
    session.push("commands")
    #expect(session.words.contains("zfs send tank/data@auto-2026-11-24_00-00"))
    #expect(session.words.contains("| zfs receive -s -u backup/data"))
    session.press(.escape)
    #expect(session.screen.id == "wizard.review")
  }

  @Test func `a name from the other side cannot steer the terminal`() {
    var session = Self.session()
    guard case .success(var preview)? = session.state.wizard.preview else { return }
    preview.plan.mapping[0].target = DatasetName(trusted: "b\u{1b}[31m\u{202e}x")
    preview.plan.retention = RetentionPlan(shares: [
      .init(
        side: .target, source: DatasetName(trusted: "a"),
        dataset: DatasetName(trusted: "b\u{9b}2J"),
        snapshots: [
          Snapshot(name: "s\u{202e}", guid: GUID(1), createtxg: 1, creation: Instant(0))
        ], fates: [.goes])
    ])
    session.state.wizard.preview = .success(preview)
    let bad = session.words.unicodeScalars.filter {
      ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) || $0.value == 0x202e
    }
    #expect(bad.isEmpty)
  }
}
