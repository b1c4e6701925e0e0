import Foundation
import ReplicationModel
import ReplicationPlanner
import Testing

@testable import SSHTransport

/// The script that confines a key, in the shells that may be `/bin/sh` somewhere.
@Suite("Forced command")
struct ForcedCommandTests {
  let folder: String
  let request = ReplicationRequest(
    task: "off site",
    sources: [DatasetName(trusted: "tank/my data"), DatasetName(trusted: "tank/b")],
    target: DatasetName(trusted: "bk/a"),
    propertiesOverride: ["com.example:a": "it's \"$(touch /tmp/zferry-pwned)\" `x` \\ |;"],
    compression: .pigz)

  static let shells = [
    ["/bin/dash"], ["/bin/bash"], ["/bin/bash", "--posix"], ["/bin/busybox", "sh"], ["/bin/ksh"],
    ["/bin/mksh"],
  ].filter { FileManager.default.isExecutableFile(atPath: $0[0]) }

  init() throws {
    folder = try TestServer.temporaryFolder()
    let bin = "\(folder)/bin"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    // Tells its words; a token that begins with 1 is for a dataset of the task.
    let zfs = """
      #!/bin/sh
      case "$1 $2" in
      "send -nvt") echo "	toname = $(case $3 in 1-*) echo 'tank/my data/x@s';; *) echo tank/other@s;; esac)"; exit;;
      esac
      printf '<%s>' "$@"
      cat
      exit 3
      """
    for (name, text) in [
      ("zfs", zfs), ("id", "#!/bin/sh\necho uid=7\n"),
      // Packs by a letter before and behind, so that it is seen.
      (
        "pigz",
        "#!/bin/sh\ncase \"$*\" in *-d*) echo '['; cat; echo ']';; *) printf '{'; cat; printf '}'; exit 9;; esac\n"
      ),
      ("sudo", "#!/bin/sh\nshift; [ \"$3\" = -nvt ] || printf 'sudo:'; exec \"$@\"\n"),
    ] {
      try text.write(toFile: "\(bin)/\(name)", atomically: false, encoding: .utf8)
      chmod("\(bin)/\(name)", 0o755)
    }
  }

  func script(_ side: TaskRights.Side, sudo: Bool = false) throws -> String {
    let confinement = ForcedCommand.confinement(
      of: "ssh-ed25519 AAAA zferry", to: request.task,
      TaskCommands.patterns(request, side, facts: .init(isTargetEmpty: true)), sudo: sudo)
    #expect(confinement.path == ".ssh/zferry-off_site")
    #expect(
      confinement.line
        == "restrict,command=\"/bin/sh .ssh/zferry-off_site\" ssh-ed25519 AAAA zferry")
    #expect(!confinement.script.utf8.contains(9), "a tab would not survive a paste")
    let path = "\(folder)/script-\(side.rawValue)-\(sudo)"
    try confinement.script.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  func run(_ shell: [String], _ script: String, _ line: String, input: String = "") throws -> (
    output: String, errors: String, status: Int32
  ) {
    let process = Process()
    let (output, errors, inlet) = (Pipe(), Pipe(), Pipe())
    process.executableURL = URL(filePath: shell[0])
    process.arguments = shell.dropFirst() + [script]
    process.environment = [
      "PATH": "\(folder)/bin:/usr/bin:/bin", "SSH_ORIGINAL_COMMAND": line, "IFS": "x/",
    ]
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = inlet
    try process.run()
    try inlet.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try inlet.fileHandleForWriting.close()
    let told = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (
      String(decoding: told, as: UTF8.self), String(decoding: complaint, as: UTF8.self),
      process.terminationStatus
    )
  }

  static let source: [[String]] = [
    ["list", "-Hp", "-r", "-t", "filesystem,volume", "-o", "name,type", "tank/b", "tank/my data"],
    ["send", "-w", "-L", "-c", "-p", "-I", "@auto-1", "tank/my data/x y@auto-2"],
    ["send", "-nP", "-p", "-i", "#zferry_00_ff", "tank/b@s"], ["send", "-t", "1-ab-c0"],
    ["send", "-nvt", "1-ab-c0"], ["bookmark", "tank/b@s", "tank/b#zferry_00_ff"],
    ["destroy", "tank/my data#zferry_00_ff"], ["allow", "tank/b"],
  ]
  static let target: [[String]] = [
    ["list", "-Hp", "-d", "0", "-t", "filesystem,volume", "-o", "name", "bk/a", "bk"],
    [
      "receive", "-s", "-u", "-F", "-x", "mountpoint", "-x", "sharenfs", "-o",
      "com.example:a=it's \"$(touch /tmp/zferry-pwned)\" `x` \\ |;", "-o", "readonly=on",
      "bk/a/my data",
    ],
    ["receive", "-s", "-u", "bk/a"], ["create", "-u", "bk/a"], ["set", "readonly=on", "bk/a"],
    ["userspace", "-Hp", "-o", "objused", "bk/a"],
  ]

  /// A stream with its packer beside it.
  static func packed(_ side: TaskRights.Side) -> Command {
    var command = Command.zfs(side == .source ? ["send", "tank/b@s"] : target[2])
    let packer = Packer(.pigz, level: 6)
    command.filter = side == .source ? packer.packing : packer.unpacking
    return command
  }

  @Test(
    "All that a run sends goes through byte for byte, with its stream and its status",
    arguments: shells)
  func letThrough(shell: [String]) throws {
    for (side, commands) in [(TaskRights.Side.source, Self.source), (.target, Self.target)] {
      for sudo in [false, true] {
        let script = try script(side, sudo: sudo)
        for words in commands {
          let line = RemoteLine.text(.zfs(words), sudo: sudo)
          let end = try run(shell, script, line, input: "stream")
          if words.starts(with: ["send", "-nvt"]) { continue }
          let told = words.map { "<\($0)>" }.joined() + "stream"
          #expect(end.output == (sudo ? "sudo:" : "") + told, "\(words) \(end)")
          #expect(end.status == 3 && end.errors == "\(RemoteLine.mark)3\n", "\(words) \(end)")
        }
        let stream = Self.packed(side)
        let packed = try run(shell, script, RemoteLine.text(stream, sudo: sudo), input: "stream")
        let told = (sudo ? "sudo:" : "") + stream.arguments.map { "<\($0)>" }.joined()
        #expect(
          packed.output == (side == .source ? "{\(told)stream}" : "\(told)[\nstream]\n"),
          "\(packed)")
        #expect(
          packed.errors
            == "\(RemoteLine.filterMark)\(side == .source ? 9 : 0)\n\(RemoteLine.mark)3\n",
          "\(packed)")
        let identity = try run(shell, script, RemoteLine.text(Command("id", []), sudo: sudo))
        #expect(identity.output == "uid=7\n" && identity.status == 0)
        let questions = try run(
          shell, script, RemoteLine.script(HostQuestions.script(sudo: sudo)))
        #expect(questions.status == 0 && questions.output.contains("uid=uid=7"), "\(questions)")
      }
    }
    #expect(!FileManager.default.fileExists(atPath: "/tmp/zferry-pwned"))
  }

  static let hostile: [String] = {
    func good(_ words: String...) -> String { RemoteLine.text(.zfs(words), sudo: false) }
    let list = good("list", "tank/b")
    let body = String(list.dropFirst("/bin/sh -c '".count).dropLast())
    var other = packed(.source)
    other.filter = Packer(.pigz, level: 9).packing
    var foreign = Command.zfs("send", "tank/b2@s")
    foreign.filter = Packer(.pigz, level: 6).packing
    let pipe = RemoteLine.text(packed(.source), sudo: false)
    return [
      RemoteLine.text(other, sudo: false), RemoteLine.text(foreign, sudo: false),
      pipe.replacing("pigz", with: "sh"), pipe.replacing(">&3; } |", with: ">&3; id; } |"),
      pipe.replacing("-q -c", with: "-q -c -k"), pipe.replacing("tank/b@s", with: "tank/b@s | id"),
      "", "id", "sh", "/bin/sh", "/bin/sh -c id", "scp -t /", "/usr/lib/sftp-server",
      "zfs list tank/b", list + "; id", list + "\nid", list + " && id", "id; " + list,
      list + " | id",
      list + " id", list.replacing("tank/b", with: "tank/b; id"),
      list.replacing("tank/b", with: "$(id)"), list.replacing("tank/b", with: "`id`"),
      list.replacing("tank/b", with: "tank/b\nid"), list.replacing("tank/b", with: "tank/b > /x"),
      list.replacing("tank/b", with: "tank/*"), list.replacing("tank/b", with: "~/x"),
      list.replacing("tank/b", with: "'\\''\\''"), list.replacing("tank/b", with: "\"tank/b\""),
      list.replacing("command -v zfs", with: "command -v zfs; id"),
      list.replacing("command -v zfs", with: "command -v sh"),
      list.replacing("command -v zfs", with: "command -v 'zfs'; id; true"),
      list.replacing("\"$t\"", with: "\"$t\" sudo -n \"$t\""),
      list.replacing("{ \"$t\"", with: "{ sudo -n \"$t\""),
      list.replacing("LC_ALL=C;", with: "id;"),
      list.replacing("exit $s", with: "id"), "/bin/sh -c '" + body, "'" + list, list + "'",
      "/bin/sh -c '\(body)' sh '\\0151\\0144'",
      "/bin/sh -c 'eval \"$(IFS=; printf %b \"$*\")\"' sh '\\0151\\0144'",
      "/bin/sh -c 'eval \"$(IFS=; printf %b \"$*\")\"' sh 'id'",
      "/bin/sh -c 'eval \"$(IFS=; printf %b \"$*\")\"' sh '\\0000'",
      good("list", "tank/b2"), good("send", "tank/b2@s"), good("send", "tank/my dataset@s"),
      good("send", "tank/my@s"), good("send", "-R", "tank/b@s"), good("send", "tank/b@s\nid"),
      good("send", "tank/b@s\ttank/other@s"), good("send", "-t", "2-ab"),
      good("send", "-nP", "-t", "2-a"),
      good("destroy", "tank/b"), good("destroy", "tank/b@s"), good("destroy", "tank/b#mine"),
      good("receive", "-s", "-u", "tank/b"), good("rollback", "tank/b@s"), good("list", ""),
      good("allow", "-u", "me", "send", "tank/b"), good(), RemoteLine.script("id"),
      RemoteLine.script(KeyInstallation.script),
      RemoteLine.text(Command("sh", ["-c", "id"]), sudo: false),
      RemoteLine.text(Command("id", ["-u"]), sudo: false),
      RemoteLine.text(.zfs("list", "tank/b"), sudo: true),
      String(repeating: "'", count: 4_001), String(repeating: "a ", count: 2_000),
    ]
  }()

  @Test("All else is refused with a word and a status, and nothing of it is run", arguments: shells)
  func refuses(shell: [String]) throws {
    let script = try script(.source)
    for line in Self.hostile {
      let end = try run(shell, script, line)
      #expect(end.status == 77 && end.output.isEmpty, "\(line.debugDescription) \(end)")
      #expect(
        end.errors.hasPrefix("permission denied: this key may run only what the zferry task")
          && end.errors.hasSuffix("\(RemoteLine.mark)77\n"), "\(line.debugDescription) \(end)")
    }
  }
}
