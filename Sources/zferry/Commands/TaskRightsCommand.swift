internal import AppRuntime
internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import SSHTransport
internal import TaskStore
internal import ZFSCommand
internal import ZferryApp

/// `zferry task rights TASK`: what both sides have to allow, shown, written, proved or applied.
struct TaskRightsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rights",
    abstract: "Shows, proves or gives the least rights that a task needs on both sides.",
    discussion: """
      Without an option it prints what fits each side: zfs allow lines, or sudoers lines where the \
      connection uses sudo, and what confines the key to this task. All of it may be pasted into a \
      root shell but the files' contents.

      --prove changes nothing, and ends with 77 where a right is missing. --apply runs the zfs \
      allow lines: on this system as root, for --local-user; on the other one with --as, a user who \
      may give rights, and their password or key. A task's own runs are all that is asked for; \
      --resolve adds what zferry resolve needs, and --restore what zferry restore does.

      EXAMPLES
        zferry task rights offsite
        zferry task rights offsite --prove
        zferry task rights offsite --resolve --restore --prove
        zferry task rights offsite --apply --as root --password-file /root/password
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Flag(help: "Only the zfs allow lines.") var allow = false
  @Flag(help: "Only the sudoers lines.") var sudo = false
  @Flag(help: "Only what confines the key: its line and the script.") var forcedCommand = false
  @Flag(help: "Also what deciding conflicts needs.") var resolve = false
  @Flag(help: "Also what bringing the copy back needs.") var restore = false
  @Option(
    help: ArgumentHelp("With --restore: where to, if not beside it.", valueName: "dataset"))
  var to: String?
  @Flag(help: "Look for each right; 77 where one is missing.") var prove = false
  @Flag(help: "Run the zfs allow lines.") var apply = false
  @Flag(help: "With --apply: only print what would be run.") var dryRun = false
  @Option(help: ArgumentHelp("Who runs zferry here, if not you.", valueName: "user"))
  var localUser: String?
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("With --apply: who gives the rights on the other system.", valueName: "user")
  )
  var administrator: String?
  @Option(
    help: ArgumentHelp("A file that holds that user's password.", valueName: "file"))
  var passwordFile: String?
  @Option(help: ArgumentHelp("That user's key pair, instead of a password.", valueName: "name"))
  var key: String?
  @Option(help: ArgumentHelp("Write it to this file instead.", valueName: "file"))
  var write: String?
  @Flag(help: "Replace a file that is there already.") var force = false
  @Flag(help: "Print it as JSON.") var json = false

  func validate() throws {
    if prove && apply { throw ValidationError("Give either --prove or --apply.") }
    if dryRun && !apply { throw ValidationError("--dry-run goes with --apply.") }
    if to != nil && !restore { throw ValidationError("--to goes with --restore.") }
    if administrator != nil && !apply { throw ValidationError("--as goes with --apply.") }
  }

  private var kinds: [RightsWords.Kind] {
    (allow ? [.allow] : []) + (sudo ? [.sudo] : []) + (forcedCommand ? [.forcedCommand] : [])
  }

  func run() async throws {
    let place = Workplace(global)
    let extras = RightsWork.Extras(resolves: resolve, restores: restore, place: to)
    let sheet = try await reporting {
      let ports = try place.ports()
      let order = try TaskOrder(stored: task, in: place.store)
      return try await interruptible {
        try await RightsWork(ports).sheet(
          order, localUser: localUser, extras: extras, proving: prove)
      }
    }
    if apply { return try await give(sheet, place) }
    let text =
      json
      ? JSONOutput.text(RightsJSON(sheet)) + "\n"
      : (prove && kinds.isEmpty
        ? RightsReport.proof(sheet) : RightsWords.lines(sheet, kinds: kinds))
        .map { $0 + "\n" }.joined()
    try await reporting {
      guard let write else { return Report.part(text) }
      try global.requireChanging("task rights --write")
      try place.store.writeOut(text, to: write, replacing: force)
    }
    guard prove else { return }
    for side in sheet.places {
      if let failure = side.failure {
        Report.explain(code: failure.code, subject: failure.subject, detail: failure.detail)
      }
    }
    if sheet.places.contains(where: { !$0.missing.isEmpty }) { throw ExitStatus.noRight.code }
    if let failure = sheet.places.lazy.compactMap(\.failure).first {
      throw ExitStatus(failure).code
    }
  }

  /// Runs the `zfs allow` lines of each side that needs any.
  private func give(_ sheet: RightsSheet, _ workplace: Workplace) async throws {
    try await reporting {
      if !dryRun { try global.requireChanging("task rights --apply") }
      for side in sheet.places where !side.isRoot {
        for command in side.allow { Report.line("\(side.host): \(command.shellText)") }
        guard !dryRun else { continue }
        let host = try administration(of: side, workplace)
        for command in side.allow {
          let result = try await host.run(command)
          guard result.succeeded else {
            await host.close()
            throw Failure("zfs.permission_denied", subject: host.label, detail: result.errors)
          }
        }
        await host.close()
      }
    }
  }

  /// A login that may give rights.
  private func administration(of side: RightsSheet.Place, _ workplace: Workplace) throws
    -> any HostPort
  {
    guard side.confinement != nil else { return LocalHost() }
    let store = workplace.store
    let order = try TaskOrder(stored: task, in: store)
    guard var connection = order.connection, let administrator else {
      throw Failure(
        "zfs.permission_denied", subject: side.host,
        detail: "--as USER says who may give rights there")
    }
    connection.username = administrator
    connection.sudo = administrator != "root"
    if let key { return SSHHost(connection, keyPath: store.privateKeyPath(key)) }
    let password =
      try passwordFile.map(Prompt.secret(fromFile:))
      ?? Prompt.secret("Password of \(administrator)@\(connection.host): ")
    return SSHHost(connection, password: password)
  }
}

/// What `--prove` prints.
private enum RightsReport {
  static func proof(_ sheet: RightsSheet) -> [String] {
    sheet.places.flatMap { place in
      place.findings.map { finding in
        let mark =
          switch finding.state {
          case .have: "have     "
          case .missing: "missing  "
          case .unknown: "unknown  "
          }
        return mark + "\(place.side.rawValue)  \(finding.right)  "
          + "\(Words.escaped(finding.dataset.text))  \(finding.use.words)"
      }
    }
  }
}
