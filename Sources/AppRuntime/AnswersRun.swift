import ReplicationEngine
public import ReplicationModel
public import ReplicationPlanner
public import ZferryApp

/// The wizard's flow without a terminal: the same checks, the same look at both sides, the same
/// saving and running as at the keys, in the same order.
public struct AnswersRun: Sendable {
  /// What is told on the way.
  public enum News: Hashable, Sendable {
    case paired(Connection, ProvedHost)
    case planned(Preview, FirstRun)
    case saved(TaskOrder)
    case run(RunNews)
  }
  /// How it ended.
  public enum Outcome: Hashable, Sendable {
    /// The answers are not valid; nothing was done, or nothing beside the connection.
    case invalid([Finding])
    /// The task is saved, and not run, because of these.
    case conflicts([Conflict])
    case saved
    case ran(RunResult)
  }

  private let runner: EffectRunner
  private let ports: AppPorts

  public init(ports: AppPorts) {
    self.ports = ports
    self.runner = EffectRunner(ports: ports, mailbox: Mailbox {})
  }

  /// Does what the answers say. `password` fetches the one that Generate New needs, once.
  ///
  /// Throws `Failure` where a host or a file does not do what it should.
  public func perform(
    _ given: Answers,
    password: @Sendable (GenerateAnswers.PasswordSource) throws -> Secret,
    tell: @escaping @Sendable (News) -> Void
  ) async throws(Failure) -> Outcome {
    do {
      let outcome = try await follow(given, password, tell)
      await runner.stop()
      return outcome
    } catch {
      await runner.stop()
      throw Failure(describing: error)
    }
  }

  private func follow(
    _ given: Answers, _ password: (GenerateAnswers.PasswordSource) throws -> Secret,
    _ tell: @escaping @Sendable (News) -> Void
  ) async throws -> Outcome {
    var answers = given
    var library = try await stored()
    if let generate = answers.generate {
      // Without the connection no other finding on it would make sense.
      let (connection, host) = try await pair(generate, password)
      tell(.paired(connection, host))
      library = try await stored()
    }
    answers.complete(in: library)
    let now = ports.clock.now()
    let findings = answers.findings(in: library, zone: ports.zone, now: now)
    if findings.contains(where: { $0.severity == .error }) { return .invalid(findings) }

    var order = Composer.compose(answers.choices, in: library)
    order.task.enabled = answers.isEnabled
    if !answers.isEnabled {
      _ = try await runner.save(order)
      tell(.saved(order))
      return .saved
    }
    let preview = try await ports.preview(order)
    if let trouble = await trouble(of: order) { throw Failure(trouble) }
    let first = FirstRun(order, preview, now: now, zone: ports.zone)
    tell(.planned(preview, first))
    _ = try await runner.save(order)
    tell(.saved(order))
    guard answers.ending == .saveAndRun else { return .saved }
    guard first.conflicts.isEmpty else { return .conflicts(first.conflicts) }
    let result = Latest<RunResult>()
    _ = try await runner.run(order.task.name, first: first.snapshots) { news in
      if case .finished(let end) = news { result.set(end) }
      tell(.run(news))
    }
    guard let end = result.value else { throw Failure("run.ended", subject: order.task.name) }
    return .ran(end)
  }

  /// Because of which no run can succeed: such a task is only saved as disabled.
  private func trouble(of order: TaskOrder) async -> CheckResult? {
    let question = CheckQuestion(order)
    guard question.connection != nil else { return nil }
    return await ports.doctor.examine(question).blocking
  }

  private func stored() async throws -> Library {
    guard case .loaded(let library)? = try await runner.load() else { return Library() }
    return library
  }

  /// Generate New, with a fingerprint in a person's place.
  private func pair(
    _ generate: GenerateAnswers, _ password: (GenerateAnswers.PasswordSource) throws -> Secret
  ) async throws -> (Connection, ProvedHost) {
    guard let source = generate.password else {
      throw Failure("answers.password", subject: generate.name)
    }
    guard case .hostKeys(let keys)? = try await runner.scan(generate.host, generate.port) else {
      throw Failure("handshake", subject: "\(generate.host):\(generate.port)")
    }
    guard let connection = generate.connection(with: keys) else {
      let shown = keys.map(\.fingerprint).joined(separator: ", ")
      throw Failure(
        "host_key.other", subject: "\(generate.host):\(generate.port)",
        detail: "shown: \(shown); expected: \(generate.hostKeyFingerprint)")
    }
    let reply = try await runner.pair(
      connection, OneTimeLogin(password: try password(source))
    ) { _ in }
    guard case .paired(let kept, let host)? = reply else { throw Failure("auth") }
    return (kept, host)
  }
}
