import FormKit
import ReplicationModel

/// A change of a connection that tasks run over, while nobody said yet that it is kept: who cannot
/// answer any more gets the old one back (ux.md 40).
struct ConnectionTrial: Hashable, Sendable {
  var before: Connection
  var after: Connection
  /// When it is put back; set once the change is stored.
  var until = Instant(0)

  /// Seconds that one has to answer.
  static let seconds: Int64 = 60
}

extension Connection {
  /// Whether another host, door or login is meant, so that a mistake would lock tasks out.
  func leadsElsewhere(than other: Connection) -> Bool {
    (host, port, username, key) != (other.host, other.port, other.username, other.key)
      || hostKey != other.hostKey || sudo != other.sudo
  }
}

extension AppState {
  /// What the form's change would put to the test; nil where no enabled task runs over it.
  var trialOfForm: ConnectionTrial? {
    let form = management.connection
    guard let was = form.was, form.composed.leadsElsewhere(than: form.before),
      library.tasks.contains(where: { $0.connection == was && $0.enabled })
    else { return nil }
    return ConnectionTrial(before: form.before, after: form.composed)
  }

  /// The change is stored: it is tried, and kept only where a person says so in time.
  mutating func begin(_ trial: ConnectionTrial) -> [Effect] {
    var trial = trial
    trial.until = now + ConnectionTrial.seconds
    management.trial = trial
    notice = nil
    ask(.keepConnection)
    let check = newRequest()
    management.check = Management.Check(connection: trial.after.name, id: check)
    return [.prove(check, trial.after)]
  }

  fileprivate mutating func keepConnection() -> [Effect] {
    let name = management.trial?.after.name ?? ""
    management.trial = nil
    notice = Note(.success, "The connection \(Words.escaped(name)) is kept as it is now.")
    return []
  }

  /// Puts the old connection back.
  mutating func takeBackConnection() -> [Effect] {
    guard let trial = management.trial, management.change == nil else { return [] }
    management.trial = nil
    if question == .keepConnection { question = nil }
    return stopChecking()
      + change(
        .connection(trial.before, was: trial.after.name), done: Self.takenBackWords(trial.before))
  }

  static func takenBackWords(_ connection: Connection) -> String {
    "The connection \(Words.escaped(connection.name)) is as it was; the change was not kept."
  }
}

extension Question {
  static func keepingConnection(_ state: AppState) -> QuestionSpec {
    guard let trial = state.management.trial else {
      return QuestionSpec("Keep the change?", "", [])
    }
    let users = state.library.tasks(usingConnection: trial.before.name)
    let seconds = max(0, trial.until - state.now)
    return QuestionSpec(
      "Keep the change?",
      [
        .paragraph(
          "The connection \(Words.escaped(trial.after.name)) is changed, and"
            + " \(Words.names(users)) \(users.count == 1 ? "runs" : "run") over it.", .plain), .gap,
        proofLine(state), .gap,
        .paragraph("Without your word the old one is back in \(seconds) s.", .plain),
      ],
      [
        QuestionSpec.Answer(
          id: "question.stay", title: "Put the old one back", act: { $0.takeBackConnection() }),
        .go("Keep it", danger: false) { $0.keepConnection() },
      ])
  }

  private static func proofLine(_ state: AppState) -> Block {
    switch state.management.check?.result {
    case .success(let host):
      .paragraph(
        "The login works: \(Words.escaped(host.user)) on \(Words.escaped(host.system)).", .success)
    case .failure(let failure): .paragraph(Words.explain(failure).text, .error)
    case nil: .paragraph("Logging in with it…", .dim)
    }
  }
}
