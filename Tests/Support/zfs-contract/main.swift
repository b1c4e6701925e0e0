import Foundation
import ZFSContract

// Runs the contract against the `zfs` of this machine, in two pools that the caller made for it.
let words = CommandLine.arguments
guard words.count == 4 else {
  print("usage: zfs-contract ZFS SOURCE_POOL TARGET_POOL")
  exit(2)
}
let subject = ProcessSubject(
  program: URL(filePath: words[1]), source: words[2], target: words[3])
var failed = 0
for (index, one) in contract.enumerated() {
  do {
    try await one.run(on: subject, in: "case\(index)")
    print("passed  \(one.name)")
  } catch {
    failed += 1
    print("FAILED  \(one.name): \(error)")
  }
}
print("\(contract.count - failed) passed, \(failed) failed")
exit(failed == 0 ? 0 : 1)
