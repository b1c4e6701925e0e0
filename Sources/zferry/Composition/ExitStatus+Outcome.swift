internal import ReplicationEngine
internal import ReplicationPlanner
internal import ZferryApp

extension ExitStatus {
  /// What a run's end means for the caller.
  init(_ result: RunResult) {
    switch RunSummary.Outcome(rawValue: result.outcome) {
    case .done, .nothing: self = .done
    case .partial: self = .partial
    case .refused: self = .refused
    case .cancelled: self = .stopped
    case .pruned: self = Self.pruned(result)
    case .failed, nil: self = result.error.map(ExitStatus.init) ?? .failed
    }
  }

  /// What the end of `prune` means: in part where some went and some did not.
  private static func pruned(_ result: RunResult) -> ExitStatus {
    guard let error = result.error else { return .done }
    if error.code == FailureCode.cancelled { return .stopped }
    if result.destroyed > 0 { return .partial }
    return error.code == FailureCode.pruneTooMany ? .refused : ExitStatus(error)
  }

  /// What a failure means for the caller, by its code.
  init(_ failure: Failure) {
    self =
      switch failure.code {
      case "store.invalid", "store.notFound", "regex.invalid", "restore.place", "restore.unknown",
        "notify.none":
        .invalid
      case "store.exists", "store.inUse", "store.readOnly", "timer.foreign", FailureCode.changed,
        FailureCode.blocked:
        .refused
      case "store.locked", FailureCode.paused, FailureCode.placeTaken, "run.not_stopped",
        "run.not_running":
        .busy
      case "store.permission", "sudo", "zfs.permission_denied", "check.rights": .noRight
      case let code where code.hasPrefix("sudo."): .noRight
      case "cancelled": .stopped
      case let code where Conflict.Code(rawValue: code) != nil: .refused
      case let code where Self.isOfReaching(code): .unreachable
      default: .failed
      }
  }

  /// Codes of hosts that cannot be reached, logged in to, or used.
  private static func isOfReaching(_ code: String) -> Bool {
    let codes: [HostError.Code] = [
      .resolve, .refused, .unreachable, .connectTimeout, .banner, .bannerTimeout, .bannerClosed,
      .handshake, .handshakeTimeout, .handshakeClosed, .hostKeyUnknown, .hostKeyChanged,
      .authentication, .authMethod, .authTimeout, .authClosed, .keyFile, .channel, .exec, .shell,
      .nologin, .zfsMissing, .packerMissing, .linkTool, .linkPort, .linkFailed, .linkTimeout,
    ]
    return codes.contains { $0.rawValue == code } || code == "host_key.other"
      || code == "zfs.module_missing" || code == "check.shell_speaks"
  }
}
