import Foundation
import Glibc

/// A folder with a shell script called `zfs`, which is gone with the test. A fake, and only of a process.
final class FakeTool {
  let folder: String

  init(_ script: String) throws {
    var template = Array("/tmp/zferry-tool-XXXXXX".utf8CString)
    folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    try plant("zfs", script)
  }

  /// Puts another script beside it, or in place of one.
  func plant(_ name: String, _ script: String) throws {
    let path = "\(folder)/\(name)"
    try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
    chmod(path, 0o755)
  }

  func text(_ name: String) -> String? {
    try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}

func openDescriptors() -> Int {
  (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? -1
}
