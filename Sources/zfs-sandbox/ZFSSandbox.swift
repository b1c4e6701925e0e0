internal import Foundation
internal import Glibc
internal import SandboxZFS

/// `zfs` and `zpool` for practice: the name it is called by says which. Never a host's real `zfs`.
@main
struct ZFSSandbox {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    let environment = ProcessInfo.processInfo.environment
    guard let root = environment["ZFS_SANDBOX"], !root.isEmpty else {
      fail(
        """
        This is zferry's practice sandbox, not OpenZFS. It works only in a folder that
        ZFS_SANDBOX names, as: ZFS_SANDBOX=/tmp/practice zfs-sandbox world source
        """, status: 2)
    }
    var words = CommandLine.arguments
    let own = words.removeFirst().split(separator: "/").last.map(String.init) ?? ""
    if own == "zfs" || own == "zpool" { words.insert(own, at: 0) }
    log(words, to: environment["ZFS_SANDBOX_LOG"])
    do {
      let machine = try FolderMachine.open(root)
      if words.first == "world" {
        try World.make(words.dropFirst().first ?? "", on: machine, root: root)
        return
      }
      guard let tool = words.first, ["zfs", "zpool"].contains(tool) else {
        fail(
          """
          usage: zfs-sandbox zfs|zpool COMMAND …
                 zfs-sandbox world source|target     pools to practise with
          """, status: 2)
      }
      let output = StandardOutput(
        bytesPerSecond: environment["ZFS_SANDBOX_RATE"].flatMap(Double.init))
      let status = machine.run(words, input: StandardInput.read, output: output.write)
      FileHandle.standardError.write(Data(machine.errors.utf8))
      exit(status)
    } catch {
      fail("zfs-sandbox: \(root): \(error)", status: 1)
    }
  }

  private static func fail(_ text: String, status: Int32) -> Never {
    FileHandle.standardError.write(Data((text + "\n").utf8))
    exit(status)
  }

  /// Every call as one line, for those who count them.
  private static func log(_ words: [String], to path: String?) {
    guard let path else { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let line = Array((words.joined(separator: " ") + "\n").utf8)
    write(descriptor, line, line.count)
    close(descriptor)
  }
}

enum StandardInput {
  static func read(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      repeat {
        filled = max(0, Glibc.read(STDIN_FILENO, buffer.baseAddress, count))
      } while filled == 0 && errno == EINTR
    }
  }
}

/// Writes all, slowed down where a demo wants to be watched.
final class StandardOutput {
  private let bytesPerSecond: Double?

  init(bytesPerSecond: Double?) { self.bytesPerSecond = bytesPerSecond }

  /// Whether anyone still reads.
  func write(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(STDOUT_FILENO, buffer.baseAddress?.advanced(by: start), buffer.count - start)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      start += count
    }
    if let bytesPerSecond, bytesPerSecond > 0 {
      usleep(UInt32(min(5e6, Double(bytes.count) / bytesPerSecond * 1e6)))
    }
    return true
  }
}
