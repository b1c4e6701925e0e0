internal import AppRuntime
internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import SSHTransport
internal import TaskStore
internal import ZFSCommand
internal import ZferryApp

/// The demo without a terminal: the wizard's flow from an answers file, a second run, and a look at
/// both sides.
struct DemoPlay {
  private let ground: DemoGround

  init(_ ground: DemoGround) { self.ground = ground }

  func play() async throws {
    Report.line("This is practice: two pretend hosts in \(ground.folder), with the sandbox's zfs.")
    Report.line(
      "This host has the pool tank; vault has backup, behind a real sshd on port \(ground.port).")
    Report.line()
    let answers = try await writeAnswers()
    Report.line("$ zferry wizard --answers \(answers)")
    try await WizardCommand.follow(try AnswersFile.read(answers), ground.place)
    try await verify()

    Report.line()
    Report.line("A file is added and a snapshot taken; a second run sends only what is new:")
    try ground.addFile(bytes: 700_000)
    try DemoProcess.run("\(ground.bin)/zfs", ["snapshot", "-r", "tank@auto-2026-01-04_00-00"])
    Report.line("$ zferry run practice")
    let ports = try ground.place.ports()
    let teller = RunTeller(task: Self.task, mode: .plain, clock: ports.clock)
    try await ports.run(Self.task, .person) { teller.tell($0) }
    guard teller.outcome == .done else { throw Failure("run.ended", subject: Self.task) }
    try await verify()
    let plan = try await ports.preview(try ground.place.runnable(Self.task)).plan
    guard plan.isUpToDate else { throw Failure("verify.missing", subject: "backup/tank") }
    for line in PlanText.lines(plan) { Report.line(line) }
    farewell()
  }

  private static let task = "practice"

  /// The answers a person would give; the host key's fingerprint is read from the host's own file.
  private func writeAnswers() async throws -> String {
    var lines = [
      "source_location: local", "source_datasets: [tank/data, tank/home, tank/vm]",
      "recursive: true", "naming_schema: auto-%Y-%m-%d_%H-%M", "destination_location: remote",
      "destination: backup/tank", "task_name: \(Self.task)", "schedule: hourly",
      "run: save_and_run",
    ]
    if ground.hasPassword {
      try ground.write(DemoGround.password + "\n", to: "password")
      lines += [
        "generate:", "  name: vault", "  host: 127.0.0.1", "  port: \(ground.port)",
        "  username: \(ground.user)", "  host_key_fingerprint: \(try ground.fingerprint())",
        "  password_file: \(ground.folder)/password",
      ]
    } else {
      try await ground.connectWithoutPassword()
      lines.append("connection: vault")
    }
    try ground.write(lines.joined(separator: "\n") + "\n", to: "answers.yaml")
    return "\(ground.folder)/answers.yaml"
  }

  /// Lists the snapshots of both sides and compares their GUIDs.
  private func verify() async throws {
    let connection = try ground.place.store.connection("vault")
    let vault = SSHHost(connection, keyPath: ground.place.store.privateKeyPath("vault"))
    var ours: [String] = []
    for name in ["tank/data", "tank/home", "tank/vm"] {
      ours += try await guids(LocalHost(), below: name, dropping: "tank/")
    }
    let theirs = try await guids(vault, below: "backup/tank", dropping: "backup/tank/")
    await vault.close()
    let missing = ours.filter { !theirs.contains($0) }
    guard !ours.isEmpty, missing.isEmpty else {
      throw Failure("verify.missing", subject: "backup/tank", detail: missing.first ?? "")
    }
    Report.line(
      "Compared: all \(Amount.count(ours.count, "snapshot")) are on vault, with the same GUIDs.")
  }

  private func guids(_ host: any HostPort, below name: String, dropping prefix: String)
    async throws -> [String]
  {
    let result = try await host.run(
      .zfs(["list", "-Hp", "-r", "-t", "snapshot", "-o", "name,guid", name]))
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map {
      $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : String($0)
    }
  }

  private func farewell() {
    Report.line()
    Report.line("Done: a connection was set up, a task saved, and two runs were verified.")
    Report.line("What to try next, in the same practice ground (its sshd ends with this command):")
    Report.line("  export \(ground.shellEnvironment)")
    Report.line("  zfs list -t all -r tank; zferry status; zferry history practice --log")
    Report.line("  zferry demo          the wizard itself, on a terminal")
    Report.line("On real pools: zferry")
  }
}
