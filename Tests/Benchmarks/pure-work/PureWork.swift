import FormKit
import Glibc
import ReplicationModel
import ReplicationPlanner
import TerminalCore
import ZFSText
import ZferryApp

/// The pure parts of zferry, each without `zfs`, files or a terminal: what is measured beside `awk`, and
/// whose instructions and allocations are counted.
@main enum PureWork {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    let count = words.dropFirst().first.flatMap(Int.init) ?? 0
    switch words.first {
    case "listing": listing()
    case "plan": plan(datasets: count)
    case "retention": retention(snapshots: count)
    case "names": names(count)
    case "frames": frames(count)
    default:
      print("pure-work listing < LISTING | plan N | retention N | names N | frames N")
      exit(64)
    }
  }

  /// Reads a narrow listing from standard input as a run does, and says how many snapshots it had.
  private static func listing() {
    var reader = SnapshotReader()
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(STDIN_FILENO, &piece, piece.count)
      if count <= 0 { break }
      reader.take(piece[..<count])
    }
    do {
      print(try reader.finish().reduce(0) { $0 + $1.snapshots.count })
    } catch {
      print("This line is none of a listing: \(error.line)")
      exit(1)
    }
  }

  /// Plans one new snapshot for each of so many datasets, which hold ten on either side.
  private static func plan(datasets count: Int) {
    let request = ReplicationRequest(
      task: "pure", sources: [World.source], target: World.target, selection: .all)
    let plan = Planner.plan(
      request, source: World.inventory(World.source, datasets: count, snapshots: 11),
      target: World.inventory(World.target, datasets: count, snapshots: 10), zone: .utc)
    print(plan.steps.count)
  }

  /// Decides what three lifetimes let go of so many hourly snapshots of one dataset.
  private static func retention(snapshots count: Int) {
    guard let schema = try? NamingSchema(World.schema) else { exit(70) }
    let request = ReplicationRequest(
      task: "pure", sources: [World.source], target: World.target, selection: .schemas([schema]),
      retention: Retention(
        policy: .custom(
          Lifetime(1, .year),
          further: [
            ScheduledLifetime(schedule: .daily, lifetimeValue: 3, lifetimeUnit: .year),
            ScheduledLifetime(
              schedule: Schedule(minute: "0", hour: "0", dow: "1"), lifetimeValue: 5,
              lifetimeUnit: .year),
          ])))
    let both = World.inventory(World.source, datasets: 1, snapshots: count)
    let plan = Planner.plan(
      request, source: both,
      target: World.inventory(World.target, datasets: 1, snapshots: count),
      retention: RetentionQuery(
        now: World.begin + Int64(count) * 3600, afterSending: true, allowsMany: true), zone: .utc)
    print(plan.retention.shares.reduce(0) { $0 + $1.destroys.count })
  }

  /// Reads the time out of so many names.
  private static func names(_ count: Int) {
    guard let schema = try? NamingSchema(World.schema) else { exit(70) }
    let snapshots = World.snapshots(count)
    print(snapshots.count { schema.instant(of: $0.name, in: .utc) == $0.creation })
  }

  /// Draws the first screens of the task list and of the wizard, so many times at 80x24.
  private static func frames(_ count: Int) {
    let states = [Opening.tasks, .wizard].map { AppState(opening: $0) }
    var drawn = 0
    for _ in 0..<count {
      for state in states {
        let frame = FrameRenderer.frame(
          of: screen(state), size: state.size, capabilities: state.capabilities)
        drawn += frame.cells.count
      }
    }
    print(drawn)
  }
}
