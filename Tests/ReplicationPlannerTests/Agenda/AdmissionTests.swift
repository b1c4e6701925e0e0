import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("Who may start beside what runs")
struct AdmissionTests {
  static func vault(_ name: String = "vault", host: String = "vault") -> Connection {
    var connection = Connection()
    connection.name = name
    connection.host = host
    return connection
  }

  static func places(
    _ direction: TaskDraft.Direction = .push, _ sources: [String], _ target: String,
    on connection: Connection? = vault()
  ) -> TaskPlaces {
    var task = TaskDraft()
    task.direction = direction
    task.transport = connection == nil ? .local : .ssh
    task.sourceDatasets = sources
    task.targetDataset = target
    return TaskPlaces(task, connection: connection)
  }

  @Test(
    "must_not_B8: two that write into one tree of one host wait for each other",
    arguments: [
      // The same, above, below, and beside.
      (places(.push, ["tank/a"], "bk/a"), places(.push, ["tank/b"], "bk/a"), true),
      (places(.push, ["tank/a"], "bk"), places(.push, ["tank/b"], "bk/b"), true),
      (places(.push, ["tank/a"], "bk/a"), places(.push, ["tank/b"], "bk/ab"), false),
      (places(.push, ["tank/a"], "bk/a"), places(.push, ["tank/a"], "bk/c"), false),
      // Several sources keep their paths below the target.
      (places(.push, ["tank/a", "tank/b"], "bk"), places(.push, ["tank/c"], "bk/c"), false),
      (places(.push, ["tank/a", "tank/b"], "bk"), places(.push, ["tank/c"], "bk/b"), true),
      // Another host has other trees, whatever its connection is called.
      (
        places(.push, ["tank/a"], "bk/a"),
        places(.push, ["tank/b"], "bk/a", on: vault("v2", host: "other")), false
      ),
      (
        places(.push, ["tank/a"], "bk/a"),
        places(.push, ["tank/b"], "bk/a", on: vault("v2", host: "VAULT")), true
      ),
      // Two pulls from different hosts into one tree here: upstream lets them run.
      (
        places(.pull, ["tank/a"], "bk/a"),
        places(.pull, ["tank/b"], "bk/a", on: vault("o", host: "other")), true
      ),
      // A pull into what a push reads, and the other way round.
      (places(.push, ["tank/a"], "bk/a"), places(.pull, ["x/y"], "tank/a/in"), true),
      (places(.push, ["tank/a"], "x/y"), places(.pull, ["x/y"], "in/b"), true),
      (places(.push, ["tank/a"], "bk/a"), places(.pull, ["x/y"], "in/b"), false),
      // Within this host.
      (places(.push, ["tank/a"], "bk/a", on: nil), places(.pull, ["x"], "bk/a/x"), true),
    ])
  func must_not_B8(one: TaskPlaces, other: TaskPlaces, expected: Bool) {
    #expect(one.conflict(with: other) == expected)
    #expect(other.conflict(with: one) == expected)
  }

  @Test("As many start as may run; the next one waits with the reason")
  func limit() {
    var admission = Admission(limit: 2)
    #expect(admission.admit("a", Self.places(.push, ["t/a"], "b/a")) == nil)
    #expect(admission.admit("b", Self.places(.push, ["t/b"], "b/b")) == nil)
    #expect(
      admission.admit("c", Self.places(.push, ["t/c"], "b/c"))
        == Waiting(task: "c", reason: .turn, detail: "2"))
    var free = Admission(limit: nil)
    for index in 0..<50 {
      #expect(free.admit("\(index)", Self.places(.push, ["t/\(index)"], "b/\(index)")) == nil)
    }
  }

  @Test("Those that wait for a host that is down take nobody's turn")
  func idle() {
    let dead = ["a", "b"].map { ($0, Self.places(.push, ["t/\($0)"], "b/\($0)")) }
    var admission = Admission(
      limit: 2, running: Dictionary(uniqueKeysWithValues: dead), idle: ["a", "b"])
    #expect(admission.admit("c", Self.places(.push, ["t/c"], "b/c")) == nil)
    #expect(admission.admit("d", Self.places(.push, ["t/d"], "b/d")) == nil)
    #expect(admission.admit("e", Self.places(.push, ["t/e"], "b/e"))?.reason == .turn)
  }

  @Test("One that runs is not started twice, and who is in the way is named")
  func reasons() {
    var admission = Admission(limit: 5)
    _ = admission.admit("a", Self.places(.push, ["t/a"], "b/a"))
    #expect(admission.admit("a", Self.places(.push, ["t/a"], "b/a"))?.reason == .running)
    #expect(
      admission.admit("c", Self.places(.push, ["t/c"], "b"))
        == Waiting(task: "c", reason: .place, detail: "a"))
  }
}
