public import ReplicationModel

/// Looks at all that a task needs, on both sides at the same time, and changes nothing.
///
/// One that fails or takes its time stops no other. What the facts mean is decided in `Diagnosis`.
public struct Doctor: Sendable {
  let host: @Sendable (Connection?) async throws(HostError) -> any HostPort
  private let inspection: any InspectionPort
  private let clock: any ClockPort
  /// The file of a private key, by the key's name.
  private let keyPath: @Sendable (String) -> String
  /// Seconds that each side has, in place of what its connection allows for.
  var limit: Double?

  /// `host` opens this system for nil; the other one is only reached through `inspection`.
  public init(
    inspection: any InspectionPort, clock: any ClockPort,
    keyPath: @escaping @Sendable (String) -> String,
    host: @escaping @Sendable (Connection?) async throws(HostError) -> any HostPort
  ) {
    self.inspection = inspection
    self.clock = clock
    self.keyPath = keyPath
    self.host = host
  }

  /// Tells each check of the question once, in the order they end, and returns them in the list's.
  /// Cancelling ends it early, and what was not reached is then skipped.
  @discardableResult
  public func examine(
    _ question: CheckQuestion, tell: @escaping @Sendable (CheckResult) -> Void = { _ in }
  ) async -> [CheckResult] {
    let ledger = Ledger(question, clock, tell)
    let staying = StayingHost()
    await withTaskGroup(of: (here: SideLook?, there: SideLook?).self) { group in
      group.addTask {
        let look = await self.limited(seconds: 60) { await self.lookHere(question) }
        return (Task.isCancelled ? nil : look ?? .unanswering(self.label), nil)
      }
      if let connection = question.connection {
        group.addTask {
          let seconds = Double(max(connection.connectTimeout, 15)) * 2 + 60
          let look = await self.limited(seconds: seconds) {
            await self.lookThere(connection, question, staying) { ledger.tell($0) }
          }
          let place = "\(connection.host):\(connection.port)"
          let there = Task.isCancelled ? nil : look ?? .unanswering(place)
          if let error = there?.error { ledger.fail(error) }
          return (nil, there)
        }
      }
      var diagnosis = Diagnosis(question)
      for await look in group {
        if let here = look.here { diagnosis.here = here }
        if let there = look.there { diagnosis.there = there }
        for result in diagnosis.results { ledger.tell(result) }
      }
      if !Task.isCancelled, let netcat = diagnosis.trial, let connection = question.connection {
        diagnosis.link = await self.limited(seconds: 90) { await self.tryLink(connection, netcat) }
        for result in diagnosis.results { ledger.tell(result) }
      }
      guard !Task.isCancelled, let request = diagnosis.rightsRequest else { return }
      diagnosis.rights = await self.limited(seconds: 60) {
        await self.lookForRights(request, question, staying)
      }
      for result in diagnosis.results { ledger.tell(result) }
    }
    await staying.take()?.close()
    return ledger.close()
  }

  private var label: String { "this host" }

  private func lookHere(_ question: CheckQuestion) async -> SideLook {
    do throws(HostError) {
      let system = try await host(nil)
      let asked = question.asked(of: .here)
      async let version = Self.text(.zfs("version"), on: system)
      async let datasets = Self.text(
        asked.datasets.isEmpty ? nil : DatasetLook.command(asked.datasets), on: system)
      async let features = Self.features(of: asked.pools, on: system)
      async let missing = Self.missing(question.tools, on: system)
      let (told, listed, known, tools) = await (version, datasets, features, missing)
      await system.close()
      var look = SideLook(label: system.label, versionText: told.output)
      look.error = told.error
      look.datasets = DatasetLook(listed.output + listed.errors)
      look.features = known
      look.missingTools = tools
      return look
    } catch {
      return SideLook(label: label, error: error)
    }
  }

  private func lookThere(
    _ connection: Connection, _ question: CheckQuestion, _ staying: StayingHost,
    _ told: @escaping @Sendable (CheckResult) -> Void
  ) async -> SideLook {
    let place = "\(connection.username)@\(connection.host)"
    do throws(HostError) {
      let (found, host) = try await inspection.inspectStaying(
        connection, keyPath: keyPath(connection.key), question.asked(of: .there), told: told)
      await staying.keep(host)
      var look = SideLook(label: place, versionText: found.version)
      look.datasets = found.datasets
      look.features = found.features
      look.missingTools = found.missingTools
      look.inspection = found
      return look
    } catch {
      return SideLook(label: place, error: error)
    }
  }

  private func tryLink(_ connection: Connection, _ netcat: Netcat) async
    -> Result<Netcat, HostError>
  {
    do throws(HostError) {
      try await inspection.tryLink(connection, keyPath: keyPath(connection.key), netcat)
      return .success(netcat)
    } catch {
      return .failure(error)
    }
  }

  private typealias Answer = (output: String, errors: String, error: HostError?)

  private static func text(_ command: Command?, on host: any HostPort) async -> Answer {
    guard let command else { return ("", "", nil) }
    do {
      let result = try await host.run(command)
      return (String(decoding: result.output, as: UTF8.self), result.errors, nil)
    } catch {
      return ("", "", error)
    }
  }

  /// The programs that cannot be started there.
  private static func missing(_ tools: [Packer.Program], on host: any HostPort) async -> [String] {
    var missing: [String] = []
    for tool in tools {
      let answer = try? await host.run(tool.proof)
      if answer == nil || answer?.exit == .status(127) { missing.append(tool.rawValue) }
    }
    return missing
  }

  private static func features(of pools: [String], on host: any HostPort) async -> PoolFeatures {
    var text = ""
    for pool in pools { text += await Self.text(PoolFeatures.command(pool), on: host).output }
    return PoolFeatures(text)
  }

  /// Nil where the time is up first: also a wait that heeds no cancelling, as a resolver's, then
  /// holds nobody up.
  private func limited<Look: Sendable>(
    seconds: Double, _ body: @escaping @Sendable () async -> Look
  ) async -> Look? {
    let seconds = limit ?? seconds
    let work = Task { await body() }
    let (ends, end) = AsyncStream.makeStream(of: Look?.self)
    let watch = Task {
      try? await Task.sleep(for: .seconds(seconds))
      if !Task.isCancelled { end.yield(nil) }
    }
    let wait = Task { end.yield(await work.value) }
    defer {
      watch.cancel()
      wait.cancel()
      work.cancel()
    }
    return await withTaskCancellationHandler {
      for await look in ends { return look }
      return nil
    } onCancel: {
      work.cancel()
      end.yield(nil)
    }
  }
}
