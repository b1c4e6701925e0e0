internal import Glibc
internal import SandboxZFS

/// `zfs` and `zpool` for practice: the name it is called by says which. Never a host's real `zfs`.
@main
struct ZFSSandbox {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    guard let root = variable("ZFS_SANDBOX") else {
      fail(
        """
        This is zferry's practice sandbox, not OpenZFS. It works only in a folder that
        ZFS_SANDBOX names, as: ZFS_SANDBOX=/tmp/practice zfs-sandbox world source
        """, status: 2)
    }
    var words = CommandLine.arguments
    let own = words.removeFirst().split(separator: "/").last.map(String.init) ?? ""
    if own == "zfs" || own == "zpool" { words.insert(own, at: 0) }
    log(words, to: variable("ZFS_SANDBOX_LOG"))
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
      let output = Output(
        STDOUT_FILENO, bytesPerSecond: variable("ZFS_SANDBOX_RATE").flatMap(Double.init))
      let status = machine.run(words, input: Input.read, output: output.write)
      say(machine.errors)
      exit(status)
    } catch {
      fail("zfs-sandbox: \(root): \(error)", status: 1)
    }
  }

  /// A variable of the environment that is not empty.
  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func say(_ text: String) {
    _ = Output(STDERR_FILENO, bytesPerSecond: nil).write(Array(text.utf8))
  }

  private static func fail(_ text: String, status: Int32) -> Never {
    say(text + "\n")
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
