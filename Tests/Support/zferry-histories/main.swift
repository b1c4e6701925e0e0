import Glibc
import Histories

// Goes through many histories in an optimised build, on all cores, and prints the ones that break a promise.
let usage = """
  usage: zferry-histories seeds COUNT [FIRST]   each seed in the kind whose turn it is
         zferry-histories seed SEED             this one in every kind
         zferry-histories days COUNT [SEED]     days of hourly snapshots, faults and people's mistakes
  """

let words = Array(CommandLine.arguments.dropFirst())
guard let mode = words.first, words.count >= 2, let number = UInt64(words[1]) else {
  print(usage)
  exit(2)
}
let further = words.count > 2 ? UInt64(words[2]) : nil
let began = ContinuousClock.now
let problems: [String]
switch mode {
case "seeds": problems = try await seeds(further ?? 0, number)
case "seed": problems = try await every([number], History.allCases)
case "days": problems = try await days(Int(number), seed: further ?? 7)
default:
  print(usage)
  exit(2)
}
for problem in problems { print(problem) }
let seconds = (ContinuousClock.now - began).components.seconds
print("\(words.joined(separator: " ")): \(problems.count) problems, \(seconds) s")
exit(problems.isEmpty ? 0 : 1)

/// Parts of the seeds, one after the other on each core.
func seeds(_ first: UInt64, _ count: UInt64) async throws -> [String] {
  let workers = UInt64(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  return try await withThrowingTaskGroup(of: [String].self) { group in
    for worker in 0..<workers {
      let part = stride(from: first + worker, to: first + count, by: Int(workers))
      group.addTask {
        var problems: [String] = []
        for seed in part { problems += try await every([seed], [.ofTurn(seed)]) }
        return problems
      }
    }
    return try await group.reduce(into: []) { $0 += $1 }
  }
}

func every(_ seeds: [UInt64], _ kinds: [History]) async throws -> [String] {
  var problems: [String] = []
  for seed in seeds {
    for kind in kinds {
      problems += try await kind.problems(of: seed).map { "seed \(seed), \(kind): \($0)" }
    }
  }
  return problems
}

func days(_ count: Int, seed: UInt64) async throws -> [String] {
  var problems: [String] = []
  for weather in Days.Weather.allCases {
    let days = try Days(seed: seed, weather)
    for day in 0..<count { await days.day(day) }
    await days.rest()
    problems += days.problems.map { "seed \(seed), \(weather): \($0)" }
    print("\(weather): \(days.destroyed) snapshots let go, \(days.decided) conflicts decided")
  }
  return problems
}
