import ReplicationModel
import ReplicationPlanner
import Testing

/// What the lifetimes of snapshot tasks let go where no task copies; `d3` is three days old.
@Suite("Retention of what nobody copies")
struct SnapshotTaskRetentionTests {
  typealias Bench = RetentionPlanTests

  static func use(
    _ source: String, to target: String = "bk/x", change: (inout TaskDraft) -> Void = { _ in }
  ) -> TaskDraft {
    var task = TaskDraft()
    task.name = "push"
    task.sourceDatasets = [source]
    task.targetDataset = target
    task.recursive = true
    change(&task)
    return task
  }

  /// `dataset@name` of what goes, with a task that keeps for three days.
  static func goes(
    _ states: [String], among others: [SnapshotTask] = [], uses: [TaskDraft] = [],
    many: Bool = false, change: (inout SnapshotTask) -> Void = { _ in }
  ) -> [String] {
    var task = Bench.task()
    task.recursive = true
    change(&task)
    let inventory = Inventory(
      states.map { text in
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        return dataset("\(parts[0]): " + Bench.words(parts[1]))
      })
    return task.retention(
      in: inventory, among: [task] + others, uses: uses, at: Bench.now, allowsMany: many, zone: .utc
    ).destroys
  }

  static func named(_ name: String, _ days: Int...) -> [String] {
    days.map { "\(name)@\(Bench.name($0))" }
  }

  static let six = ["tank/a: d6 d5 d2 d1 d0 other"]

  @Test("What has outlived its time goes, and nothing that is not the task's")
  func lifetime() {
    #expect(Self.goes(Self.six) == Self.named("tank/a", 6, 5))
    #expect(Self.goes(Self.six) { $0.enabled = false }.isEmpty)
    #expect(Self.goes(Self.six) { $0.namingSchema = "x-%Y-%m-%d_%H-%M" }.isEmpty)
  }

  @Test("The longest lifetime of all tasks that name it counts")
  func longest() {
    var longer = Bench.task(Lifetime(1, .week))
    longer.name = "longer"
    #expect(Self.goes(Self.six, among: [longer]).isEmpty)
  }

  @Test("The newest of a schema stays, and more than half does not go at once")
  func protection() {
    #expect(Self.goes(["tank/a: d9"]).isEmpty)
    #expect(Self.goes(["tank/a: d9 d8 d7 d6"]).isEmpty)
    #expect(Self.goes(["tank/a: d9 d8 d7 d6"], many: true) == Self.named("tank/a", 9, 8, 7))
  }

  @Test("What a bookmark remembers stays, whoever made it")
  func bookmarks() {
    let marked = Self.goes(["tank/a: d6 #d6 d5 d2 d1 d0"])
    #expect(marked == Self.named("tank/a", 5))
  }

  @Test("What a task copies or writes to is its own affair, enabled or not")
  func uses() {
    let tree = ["tank/a: d6 d5 d2 d1 d0", "tank/a/b: d6 d5 d2 d1 d0"]
    let both = Self.named("tank/a", 6, 5) + Self.named("tank/a/b", 6, 5)
    #expect(Self.goes(tree) == both)
    #expect(Self.goes(tree, uses: [Self.use("tank/a")]).isEmpty)
    #expect(Self.goes(tree, uses: [Self.use("tank/a") { $0.enabled = false }]).isEmpty)
    #expect(Self.goes(tree, uses: [Self.use("tank/ab")]) == both)
    let top = Self.use("tank/a") { $0.recursive = false }
    #expect(Self.goes(tree, uses: [top]) == Self.named("tank/a/b", 6, 5))
    let partly = Self.use("tank/a") { $0.exclude = ["tank/a/b"] }
    #expect(Self.goes(tree, uses: [partly]) == Self.named("tank/a/b", 6, 5))
    // A pull copies from elsewhere, and writes here.
    let pull = Self.use("tank/a", to: "tank/a/b") { $0.direction = .pull }
    #expect(Self.goes(tree, uses: [pull]) == Self.named("tank/a", 6, 5))
    let local = Self.use("tank/z", to: "tank/a") { $0.transport = .local }
    #expect(Self.goes(tree, uses: [local]).isEmpty)
  }

  @Test("Where tasks concern all of it, nobody has to look")
  func all() {
    var task = Bench.task()
    task.recursive = true
    #expect(task.isAllOf([Self.use("tank")]))
    #expect(!task.isAllOf([Self.use("tank") { $0.exclude = ["tank/a/b"] }]))
    #expect(!task.isAllOf([Self.use("tank/a") { $0.recursive = false }]))
    #expect(!task.isAllOf([]))
    task.recursive = false
    #expect(task.isAllOf([Self.use("tank/a") { $0.recursive = false }]))
  }
}
