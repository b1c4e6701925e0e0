internal import ArgumentParser
internal import ReplicationEngine

/// The exit codes of the contract.
enum ExitStatus: Int32 {
  case done = 0
  case failed = 1
  case partial = 2
  case usage = 64
  case invalid = 65
  case unreachable = 69
  case refused = 73
  case busy = 75
  case noRight = 77
  case stopped = 130

  var code: ExitCode { ExitCode(rawValue) }

  /// What a failure in the store means for the caller.
  init(_ error: StoreError) {
    self =
      switch error.code {
      case .invalid, .notFound: .invalid
      case .exists, .inUse, .readOnly: .refused
      case .locked: .busy
      case .permission: .noRight
      case .full, .system: .failed
      }
  }

  /// What a host that cannot be used means for the caller.
  init(_ error: HostError) {
    self =
      switch error.code {
      case .sudo: .noRight
      case .cancelled: .stopped
      default: .unreachable
      }
  }
}
