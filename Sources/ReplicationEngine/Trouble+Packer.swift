internal import ReplicationModel
internal import ZFSText

extension Trouble {
  /// One end of a packed stream, of which a program failed: the cause, where the other's failure is
  /// only an echo of it. All ends are told.
  init(_ result: CommandResult, of command: Command, subject: String) {
    self.init(result, subject: subject)
    guard let filter = command.filter, let end = result.filter, end != .status(0) else { return }
    let echoes: Set<ZFSFailure> = [.incompleteStream, .streamUnreadable, .other, .interrupted]
    // What `zfs` names itself, as a lack of space, is why the packer's pipe broke.
    if result.exit != .status(0), !echoes.contains(ZFSFailure(result.errors)) { return }
    let ends = "\(filter.program.rawValue) \(end.words), \(command.tool) \(result.exit.words)"
    let said = result.errors.split(whereSeparator: \.isNewline).joined(separator: "; ")
    self = Trouble(
      RunFailure(
        code: FailureCode.packer, subject: subject, detail: said.isEmpty ? ends : "\(ends): \(said)"
      ),
      isTransient: true)
  }
}

extension CommandResult.Exit {
  /// `ended with status 1`, or `was ended by signal 9`.
  fileprivate var words: String {
    switch self {
    case .status(let status): "ended with status \(status)"
    case .signal(let signal): "was ended by signal \(signal)"
    }
  }
}
