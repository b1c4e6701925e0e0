import Foundation
import ZFSContract

// Runs the contract against the `zfs` of this machine, in two pools that the caller made for it.
let words = CommandLine.arguments
guard words.count == 4 || words.count == 5 else {
  print("usage: zfs-contract ZFS SOURCE_POOL TARGET_POOL [WORDS_OF_A_NAME]")
  exit(2)
}
let subject = ProcessSubject(
  program: URL(filePath: words[1]), source: words[2], target: words[3])
let cases = contract.enumerated().filter { words.count < 5 || $1.name.contains(words[4]) }

/// At once, not when a buffer is full: someone may be watching.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

// Commands wait for transaction groups most of the time: several cases share the wait.
let failed = await withTaskGroup(of: Bool.self) { group in
  var waiting = cases[...]
  var failed = 0
  for running in 0..<cases.count + 4 {
    if running >= 4, await group.next() == false { failed += 1 }
    guard let (index, one) = waiting.popFirst() else { continue }
    group.addTask {
      let start = ContinuousClock.now
      do {
        try await one.run(on: subject, in: "case\(index)")
        say("passed  \(one.name) (\((ContinuousClock.now - start).components.seconds) s)")
        return true
      } catch {
        say("FAILED  \(one.name): \(error)")
        return false
      }
    }
  }
  return failed
}
say("\(cases.count - failed) passed, \(failed) failed")
exit(failed == 0 && !cases.isEmpty ? 0 : 1)
