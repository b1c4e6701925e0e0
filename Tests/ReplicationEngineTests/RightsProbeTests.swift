import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import Testing

/// A host that says what it is told to, and remembers what it was asked.
final class SpokenHost: HostPort {
  let label = "replica@vault"
  private let answers: @Sendable (Command) -> CommandResult
  private let heard = Mutex<[Command]>([])

  init(_ answers: @escaping @Sendable (Command) -> CommandResult) { self.answers = answers }

  var commands: [Command] { heard.withLock { $0 } }

  func run(_ command: Command) async throws(HostError) -> CommandResult {
    heard.withLock { $0.append(command) }
    return answers(command)
  }

  func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
    throw HostError(.system, subject: label)
  }

  func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
    throw HostError(.system, subject: label)
  }

  func close() async {}

  static func said(_ text: String) -> CommandResult {
    CommandResult(exit: .status(0), output: Array(text.utf8))
  }

  static func refused(_ words: String, _ status: Int32 = 1) -> CommandResult {
    CommandResult(exit: .status(status), errors: words)
  }

  /// A user with these rights on `tank/a` and what is below.
  static func allowing(
    _ rights: String, delegation: String = "on", user: String = "uid=7(replica) gid=7(replica)"
  ) -> SpokenHost {
    SpokenHost { command in
      switch (command.tool, command.arguments.first) {
      case ("id", _): said(user)
      case ("zpool", _): said("\(delegation)\n")
      case ("zfs", "allow"):
        said(
          "---- Permissions on tank/a ---\nLocal+Descendent permissions:\n\tuser replica \(rights)\n"
        )
      default: said("")
      }
    }
  }
}

@Suite("Rights probe")
struct RightsProbeTests {
  let request = ReplicationRequest(
    task: "t", sources: [DatasetName(trusted: "tank/a")], target: DatasetName(trusted: "bk/a"))

  func missing(_ host: SpokenHost, sudo: Bool = false) async throws -> [String] {
    let findings = try await RightsProbe(
      request: request, side: .source, host: host, sudo: sudo
    ).look()
    #expect(findings.count == 4)
    return findings.filter { $0.state == .missing }.map(\.right)
  }

  @Test("Each right that is taken away is named, and no other")
  func each() async throws {
    let all = ["send", "hold", "bookmark", "destroy"]
    #expect(try await missing(.allowing(all.joined(separator: ","))) == [])
    for right in all {
      let left = all.filter { $0 != right }.joined(separator: ",")
      #expect(try await missing(.allowing(left)) == [right])
    }
  }

  @Test("Root has them all, a pool without delegation gives none")
  func extremes() async throws {
    #expect(try await missing(.allowing("diff", user: "uid=0(root) gid=0(root)")) == [])
    #expect(
      try await missing(.allowing("send,hold,bookmark,destroy", delegation: "off")).count == 4)
  }

  @Test("What cannot be told is not called missing")
  func unknown() async throws {
    let mute = SpokenHost { _ in SpokenHost.refused("oops") }
    let findings = try await RightsProbe(request: request, side: .source, host: mute).look()
    #expect(findings.allSatisfy { $0.state == .unknown && $0.detail == "oops" })
  }

  @Test("sudo is asked about the commands, and none is run")
  func sudo() async throws {
    let host = SpokenHost { command in
      command.arguments.contains("bookmark") ? SpokenHost.refused("no") : SpokenHost.said("")
    }
    #expect(try await missing(host, sudo: true) == ["bookmark"])
    #expect(
      host.commands.allSatisfy {
        $0.tool == "sudo" && $0.arguments.starts(with: ["-n", "-l", "zfs"])
      })
  }

  @Test("A destination that is not there needs rights above it, and on what is made there")
  func target() async throws {
    let host = SpokenHost { command in
      switch (command.tool, command.arguments.first) {
      case ("id", _): SpokenHost.said("uid=7(replica) gid=7(replica)")
      case ("zfs", "list"):
        SpokenHost.refused("cannot open 'bk/a': dataset does not exist\n")
      case ("zfs", "allow"):
        SpokenHost.said(
          "---- Permissions on bk ---\nCreate time permissions:\n\tcreate,mount,receive\n"
            + "Local permissions:\n\tuser replica create,mount,receive\n")
      default: SpokenHost.said("on")
      }
    }
    let findings = try await RightsProbe(request: request, side: .target, host: host).look()
    #expect(findings.allSatisfy { $0.dataset.text == "bk" })
    #expect(findings.filter { $0.state == .missing }.map(\.right) == ["readonly"])
  }

  @Test("An empty destination is known by its snapshots, the source's properties by zfs get")
  func facts() async throws {
    let host = SpokenHost { command in
      command.arguments.first == "get"
        ? SpokenHost.said("quota\nquota\natime\n") : SpokenHost.said("")
    }
    let facts = try await RightsProbe(request: request, side: .target, host: host).facts()
    #expect(facts.isTargetEmpty)
    let source = RightsProbe(request: request, side: .source, host: host)
    #expect(try await source.sentProperties() == ["quota", "atime"])
  }
}
