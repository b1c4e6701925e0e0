internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// What the facts of both sides mean: a pure function, as far as the facts are there.
struct Diagnosis {
  let question: CheckQuestion
  var here: SideLook?
  var there: SideLook?
  /// Taken once both sides have answered.
  var rights: [RightsLook]?
  /// How the trial of a connection for the data ended.
  var link: Result<Netcat, HostError>?

  init(_ question: CheckQuestion) { self.question = question }

  /// The checks that can be decided now. Those that are missing hang on what failed.
  var results: [CheckResult] {
    var results: [CheckResult] = []
    if let here { results.append(localZFS(here)) }
    if let there, let found = there.inspection { results += reached(found, there.label) }
    if let task = question.task { results += needs(of: task) }
    if let rights { results.append(proved(rights)) }
    if let tools { results.append(tools) }
    if let linked { results.append(linked) }
    return results
  }

  private func localZFS(_ look: SideLook) -> CheckResult {
    if let error = look.error { return .bad(.localZFS, error) }
    let found = Version(look.versionText)
    guard let first = look.versionText.split(separator: "\n").first else {
      return .bad(.localZFS, "zfs.module_missing", subject: look.label)
    }
    return found.doubt(.localZFS, look.label, oldest: (2, 1)) ?? .good(.localZFS, String(first))
  }

  private func reached(_ found: Inspection, _ place: String) -> [CheckResult] {
    var results = [
      shell(found, place), home(found, place), remoteZFS(found, place), transfer(found, place),
      clock(found, place),
    ]
    if found.facts.zfsPath != nil {
      results.append(sudo(found, place))
      if let rights = rights(found, place) { results.append(rights) }
    }
    return results
  }

  /// A stream is packed on one side and unpacked on the other, so both need the program.
  private var tools: CheckResult? {
    guard !question.tools.isEmpty, let here, here.error == nil, let there, there.error == nil
    else { return nil }
    for look in [here, there] where !look.missingTools.isEmpty {
      return .bad(
        .tools, "check.tool_missing", subject: look.label,
        detail: look.missingTools.joined(separator: ", "))
    }
    return .good(.tools, question.tools.map(\.rawValue).joined(separator: ", ") + ", on both sides")
  }

  /// Nothing on the other side to make a connection with is known at once; all else is tried.
  private var linked: CheckResult? {
    guard let netcat = question.netcat, let there, let found = there.inspection else { return nil }
    if found.linkTool.isEmpty {
      return .bad(.link, HostError.Code.linkTool.rawValue, subject: there.label)
    }
    switch link {
    case nil: return nil
    case .failure(let error): return .bad(.link, error)
    case .success:
      let side = netcat.listener == .local ? "this host" : there.label
      return .good(.link, "by \(found.linkTool), \(side) listens; unencrypted")
    }
  }

  /// What is tried, where the other side can be asked for it.
  var trial: Netcat? {
    guard let found = there?.inspection, !found.linkTool.isEmpty, found.facts.zfsPath != nil
    else { return nil }
    return question.netcat
  }

  /// A shell that speaks first spoils what is read from it: listings, and streams of a pull.
  private func shell(_ found: Inspection, _ place: String) -> CheckResult {
    guard !found.chatter.isEmpty else { return .good(.shell, found.shell) }
    return .bad(
      .shell, "check.shell_speaks", subject: place, detail: String(found.chatter.prefix(100)))
  }

  /// Doubts only: whoever got here needs no home, but a key that is kept there will not be found.
  private func home(_ found: Inspection, _ place: String) -> CheckResult {
    let home = found.home
    func doubt(_ code: String, _ detail: String) -> CheckResult {
      .doubtful(.home, code, subject: place, detail: detail)
    }
    if ["", "/", "/var/empty", "/nonexistent", "/dev/null"].contains(home.path) {
      return doubt("check.home_unusable", home.path)
    }
    guard let mode = home.mode else { return doubt("check.home_missing", home.path) }
    if let owner = home.owner, owner != found.facts.userID, owner != 0 || !home.isWritable {
      return doubt("check.home_owner", home.path)
    }
    if !home.isWritable { return doubt("check.home_readonly", home.path) }
    let letters = Array(mode)
    if letters.count > 8, letters[5] == "w" || letters[8] == "w" {
      return doubt("check.home_mode", "\(home.path) \(mode)")
    }
    return .good(.home, home.path)
  }

  private func remoteZFS(_ found: Inspection, _ place: String) -> CheckResult {
    guard let path = found.facts.zfsPath else {
      return .bad(.remoteZFS, "zfs.missing", subject: place)
    }
    let version = Version(found.version)
    if let doubt = version.doubt(.remoteZFS, place, oldest: (0, 8)) { return doubt }
    if found.version.isEmpty, found.facts.sudoWorks != false {
      // Before 0.8 there was no such command; then `zfs` says what it knows instead.
      let kind = ZFSFailure(found.errors)
      if kind == .moduleMissing || kind == .permissionDenied {
        return .bad(.remoteZFS, kind.rawValue, subject: place, detail: found.errors)
      }
      return .doubtful(.remoteZFS, "check.zfs_version", subject: place, detail: found.errors)
    }
    return .good(.remoteZFS, "\(path)\(found.facts.zfsVersion.map { ", \($0)" } ?? "")")
  }

  private func transfer(_ found: Inspection, _ place: String) -> CheckResult {
    guard let error = found.transferError else { return .good(.transfer, "64 KiB") }
    return .bad(.transfer, "check.large_packets", subject: place, detail: error.detail)
  }

  /// What lifetimes and schedules can bear.
  private static let mostSkew: Int64 = 60

  private func clock(_ found: Inspection, _ place: String) -> CheckResult {
    let skew = abs(found.facts.clockSkew)
    guard skew > Self.mostSkew else { return .good(.clock) }
    return .doubtful(.clock, "check.clock", subject: place, detail: "\(skew)")
  }
}

extension CheckResult {
  static func bad(_ id: CheckID, _ error: HostError) -> CheckResult {
    .bad(id, error.code.rawValue, subject: error.subject, detail: error.detail)
  }
}

/// `zfs-2.1.11-1` and `zfs-kmod-2.1.11-1`, as `zfs version` prints them.
private struct Version {
  private var tool: String?
  private var module: String?

  init(_ text: String) {
    for word in text.split(whereSeparator: \.isWhitespace) {
      if word.hasPrefix("zfs-kmod-") {
        module = String(word.dropFirst("zfs-kmod-".count))
      } else if word.hasPrefix("zfs-") {
        tool = String(word.dropFirst("zfs-".count))
      }
    }
  }

  private static func numbers(_ text: String) -> (Int, Int)? {
    let parts = text.split { $0 == "." || $0 == "-" }.prefix(2).compactMap { Int($0) }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  func doubt(_ id: CheckID, _ place: String, oldest: (Int, Int)) -> CheckResult? {
    guard let tool else { return nil }
    if let numbers = Self.numbers(tool), numbers < oldest {
      return .doubtful(id, "check.zfs_old", subject: place, detail: tool)
    }
    if let module, module != tool {
      return .doubtful(
        id, "check.zfs_mixed", subject: place, detail: "zfs \(tool), kernel \(module)")
    }
    return nil
  }
}
