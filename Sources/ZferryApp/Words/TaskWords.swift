import FormKit
import ReplicationModel

extension Words {
  /// `5 s`, `3 min`, `2 h`, `4 d`: the largest unit alone, for a line that has no room.
  static func about(_ seconds: Int64) -> String {
    let seconds = max(0, seconds)
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3_600 { return "\(seconds / 60) min" }
    if seconds < 86_400 { return "\(seconds / 3_600) h" }
    return "\(seconds / 86_400) d"
  }

  /// Names in a row, escaped; `nothing` where there are none.
  static func names(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : escaped(names.joined(separator: ", "))
  }
}

extension TaskState {
  /// What it is at, in one or two words.
  var words: String {
    switch self {
    case .pending: "has not run yet"
    case .waiting: "waiting"
    case .running: "running"
    case .finished: "finished"
    case .error: "failed"
    case .hold: "on hold"
    case .cancelled: "stopped"
    }
  }

  var tone: Tone {
    switch self {
    case .pending, .waiting, .running, .finished: .plain
    case .error: .error
    case .hold, .cancelled: .warning
    }
  }
}

extension TaskDraft {
  /// `Push`, `Pull` or `Local`.
  var directionWords: String {
    transport == .local ? "Local" : direction == .push ? "Push" : "Pull"
  }

  /// `Push: tank/data -> backup/a on vault`.
  var route: String {
    let sources = sourceDatasets.joined(separator: ", ")
    let there = connection.map { " on \($0)" } ?? ""
    let text =
      direction == .pull && transport != .local
      ? "\(sources)\(there) -> \(targetDataset)" : "\(sources) -> \(targetDataset)\(there)"
    return "\(directionWords): \(Words.escaped(text))"
  }

  var transportWords: String {
    switch transport {
    case .local: "within this system"
    case .ssh: "SSH"
    case .sshNetcat: "SSH, data unencrypted (netcat)"
    }
  }

  /// When it runs by itself.
  var scheduleWords: String {
    guard auto else { return "only when someone starts it" }
    if let schedule { return schedule.words }
    guard !periodicSnapshotTasks.isEmpty else { return "no schedule" }
    return "after its snapshot tasks: \(Words.names(periodicSnapshotTasks))"
  }

  /// How long snapshots stay on the destination.
  var retentionWords: String {
    switch retentionPolicy {
    case .source: return "as long as on the source"
    case .none: return "for ever"
    case .custom:
      guard let lifetimeValue, let lifetimeUnit else { return "custom" }
      let more =
        lifetimes.isEmpty ? "" : ", with \(Amount.count(lifetimes.count, "longer lifetime"))"
      return Lifetime(lifetimeValue, lifetimeUnit).words + more
    }
  }
}

extension RunFacts {
  /// `done`, `failed`, … in words.
  var outcomeWords: String {
    guard let result else { return isRunning ? "running" : "ended without a word" }
    return switch result.outcome {
    case "done": "done"
    case "nothing": "nothing to send"
    case "partial": "done in part"
    case "refused": "refused"
    case "cancelled": "stopped"
    case "pruned": result.error == nil ? "pruned" : "pruned in part"
    default: "failed"
    }
  }
}
