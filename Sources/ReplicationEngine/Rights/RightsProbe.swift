internal import ZFSText
public import ReplicationModel
public import ReplicationPlanner

/// Proves a task's rights on one side by questions that change nothing: `id`, `zfs list`,
/// `zfs allow DATASET`, and `sudo -l` of the command where zfs runs through sudo.
public struct RightsProbe: Sendable {
  let request: ReplicationRequest
  let side: TaskRights.Side
  let host: any HostPort
  let sudo: Bool
  let snapshotTasks: [SnapshotTask]
  let properties: Set<String>
  let resolves: Bool

  /// `sudo` says whether the host runs zfs through it, `snapshotTasks` are those that zferry runs on
  /// this side, and `properties` what the other side's `sentProperties` told, where this is the target.
  /// `resolves` asks for what deciding conflicts needs as well.
  public init(
    request: ReplicationRequest, side: TaskRights.Side, host: any HostPort, sudo: Bool = false,
    snapshotTasks: [SnapshotTask] = [], properties: Set<String> = [], resolves: Bool = false
  ) {
    self.request = request
    self.side = side
    self.host = host
    self.sudo = sudo
    self.snapshotTasks = snapshotTasks
    self.properties = properties
    self.resolves = resolves
  }

  /// Who a host runs commands as; nil where it does not say.
  public static func user(of host: any HostPort) async throws(HostError) -> (
    name: String, isRoot: Bool
  )? {
    let result = try await host.run(Command("id", []))
    return Delegation.Person(id: String(decoding: result.output, as: UTF8.self)).map {
      ($0.user, $0.userID == 0)
    }
  }

  /// Each right that the task needs here, and whether it is there. Throws where the host cannot be asked.
  public func look() async throws(HostError) -> [RightFinding] {
    let needs = TaskRights(
      request, side, facts: try await facts(), snapshotTasks: snapshotTasks, resolves: resolves
    ).needs
    if sudo { return try await askSudo(needs) }
    let result = try await host.run(Command("id", []))
    guard let person = Delegation.Person(id: String(decoding: result.output, as: UTF8.self)) else {
      return needs.map { finding($0, .unknown, result.errors) }
    }
    if person.userID == 0 { return needs.map { finding($0, .have) } }
    return try await askZFS(needs, person)
  }

  /// What the rights depend on: what is there of the destination.
  public func facts() async throws(HostError) -> TaskRights.Facts {
    var facts = TaskRights.Facts(properties: properties)
    if side == .target {
      let names = [request.target] + request.target.ancestors
      let result = try await host.run(Listing.datasets(names, recursive: false))
      let missing = ZFSFailure.missingDatasets(result.errors)
      // Where nobody may look, as without /dev/zfs, nothing is known.
      guard result.succeeded || !missing.isEmpty else { return facts }
      facts.existing = Set(names.filter { !missing.contains($0.text) })
      guard facts.existing?.contains(request.target) == true else { return facts }
      let held = try await host.run(Listing.snapshots([request.target], recursive: false))
      facts.isTargetEmpty = held.succeeded && held.output.isEmpty
    }
    return facts
  }

  /// Properties that are set on the source's datasets: what a stream with properties brings along.
  public func sentProperties() async throws(HostError) -> Set<String> {
    guard side == .source, request.properties else { return [] }
    let result = try await host.run(
      .zfs(
        ["get", "-Hp"] + (request.recursive ? ["-r"] : [])
          + ["-s", "local,received", "-o", "property", "all"] + request.sources.map(\.text)))
    return Set(
      String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init))
  }

  private func askZFS(_ needs: [TaskRights.Need], _ person: Delegation.Person)
    async throws(HostError) -> [RightFinding]
  {
    var answers: [DatasetName: Result<Delegation, ProbeFailure>] = [:]
    var findings: [RightFinding] = []
    for need in needs {
      let answer: Result<Delegation, ProbeFailure>
      if let known = answers[need.dataset] {
        answer = known
      } else {
        answer = try await delegation(of: need.dataset)
        answers[need.dataset] = answer
      }
      switch answer {
      case .success(let rights):
        findings.append(finding(need, has(need, person, rights) ? .have : .missing))
      case .failure(let failure):
        findings.append(finding(need, failure.isMissing ? .missing : .unknown, failure.words))
      }
    }
    return findings
  }

  private struct ProbeFailure: Error {
    var words: String
    /// Whether it says that the right is not there, rather than that it cannot be told.
    var isMissing: Bool
  }

  private func delegation(of dataset: DatasetName) async throws(HostError)
    -> Result<Delegation, ProbeFailure>
  {
    let result = try await host.run(.zfs("allow", dataset.text))
    guard result.succeeded else {
      return .failure(
        ProbeFailure(
          words: result.errors, isMissing: ZFSFailure(result.errors) == .permissionDenied))
    }
    let switched = try await host.run(
      Command("zpool", ["get", "-Hp", "-o", "value", "delegation", dataset.pool]))
    if switched.output.starts(with: "off".utf8) {
      return .failure(
        ProbeFailure(words: "the pool's property delegation is off", isMissing: true))
    }
    return .success(Delegation(String(decoding: result.output, as: UTF8.self)))
  }

  private func has(
    _ need: TaskRights.Need, _ person: Delegation.Person, _ rights: Delegation
  ) -> Bool {
    let name = need.dataset.text
    let isHere = rights.allows(need.right, to: person, on: name)
    let isBelow = rights.allows(need.right, to: person, below: name)
    // A dataset that the user makes may get its rights in that moment instead.
    let isGiven = rights.givesCreator(need.right, below: name)
    return switch need.scope {
    case .here: isHere
    case .created: isBelow || isGiven
    // What is below a source was made by others.
    case .tree: isHere && (isBelow || side == .target && isGiven)
    }
  }

  /// `sudo -l COMMAND` says whether it would run the command, and does not.
  private func askSudo(_ needs: [TaskRights.Need]) async throws(HostError) -> [RightFinding] {
    var findings: [RightFinding] = []
    for need in needs {
      guard let sample = sample(need) else { continue }
      let result = try await host.run(Command("sudo", ["-n", "-l", "zfs"] + sample))
      findings.append(finding(need, result.succeeded ? .have : .missing, result.errors))
    }
    return findings
  }

  /// A command that uses the right, as a run would give it; nil where root may in any case.
  private func sample(_ need: TaskRights.Need) -> [String]? {
    let name = need.dataset.text
    let target = request.target.text
    return switch need.use {
    case .send: ["send", "\(name)@zferry-probe"]
    case .holdsWhileSending: ["send", "-I", "@zferry-probe", "\(name)@zferry-probe"]
    case .keepBase: ["bookmark", "\(name)@zferry-probe", "\(name)#zferry_0"]
    case .dropBase: ["destroy", "\(name)#zferry_0"]
    case .prune: ["destroy", "\(side == .target ? target : name)@zferry-probe"]
    case .takeSnapshots:
      ["snapshot"] + (need.scope == .tree ? ["-r"] : []) + ["\(name)@zferry-probe"]
    case .receive where need.right == "receive": ["receive", "-s", "-u", target]
    case .receive where need.right == "create": ["create", "-u", target]
    case .readonly: ["set", "readonly=on", target]
    case .seeEmpty where need.right == "userobjused":
      ["userspace", "-Hp", "-o", "objused", target]
    case .resolve where need.right == "rollback": ["rollback", "\(target)@zferry-probe"]
    case .resolve where need.right == "destroy": ["destroy", "\(target)@zferry-probe"]
    case .resolve where need.right == "rename", .move where need.right == "rename":
      ["rename", target, target + BesideName.mark + "probe"]
    case .encryption where need.right == "load-key": ["load-key", "-L", "prompt", target]
    case .receive, .seeEmpty, .property, .resolve, .move, .encryption: nil
    }
  }

  private func finding(
    _ need: TaskRights.Need, _ state: RightFinding.State, _ detail: String = ""
  ) -> RightFinding {
    RightFinding(
      side: side, right: need.right, dataset: need.dataset, use: need.use, state: state,
      detail: detail)
  }
}
