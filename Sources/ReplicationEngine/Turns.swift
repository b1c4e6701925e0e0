internal import ReplicationModel
internal import ReplicationPlanner

/// The datasets of a plan in the order they are sent, and which of them may go beside which.
///
/// A dataset waits for those above it and, as a clone, for its origin: of two receives at the same time
/// none stands inside the other, and nothing comes before what it hangs on.
struct Turns {
  /// All steps of one dataset, by their places in the plan.
  struct Turn {
    fileprivate let number: Int
    let steps: Range<Int>
  }
  private var turns: [Turn] = []
  /// For how many each one waits still,
  private var waiting: [Int]
  /// and who waits for it.
  private var followers: [[Int]]
  /// Those that wait for nobody: the first of the plan at the end.
  private var ready: [Int] = []

  init(_ steps: [Step]) {
    var begin = 0
    for end in 1..<(steps.count + 1)
    where end == steps.count || steps[end].source != steps[begin].source {
      turns.append(Turn(number: turns.count, steps: begin..<end))
      begin = end
    }
    waiting = Array(repeating: 0, count: turns.count)
    followers = Array(repeating: [], count: turns.count)
    let firsts = turns.map { steps[$0.steps.lowerBound] }
    let bySource = Self.numbers(firsts.map(\.source))
    let byTarget = Self.numbers(firsts.map(\.target))
    for (number, step) in firsts.enumerated() {
      let above = step.target.ancestors.lazy.compactMap { byTarget[$0] }.first
      for other in [above, step.origin.flatMap { bySource[$0] }] {
        // The plan's order decides who is first, so that nobody waits in a circle.
        guard let other, other != number else { continue }
        followers[min(other, number)].append(max(other, number))
        waiting[max(other, number)] += 1
      }
    }
    ready = turns.indices.reversed().filter { waiting[$0] == 0 }
  }

  private static func numbers(_ names: [DatasetName]) -> [DatasetName: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// How many could begin now.
  var readyCount: Int { ready.count }

  /// The next one whose turn it is; nil where all that are left wait for one that runs.
  mutating func next() -> Turn? { ready.popLast().map { turns[$0] } }

  /// It has come to its end, well or not: who waited for it may go.
  mutating func end(_ turn: Turn) {
    var freed: [Int] = []
    for follower in followers[turn.number] {
      waiting[follower] -= 1
      if waiting[follower] == 0 { freed.append(follower) }
    }
    guard !freed.isEmpty else { return }
    ready += freed
    ready.sort(by: >)
  }
}
