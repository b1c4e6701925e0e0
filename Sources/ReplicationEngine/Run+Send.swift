internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

extension Run {
  /// Sends the datasets of a plan, as many at a time as the task says.
  ///
  /// Where one ends the attempt, those that run come to their end and none begins any more; where one is
  /// stopped, all are. Whatever arrived stays, with its token.
  func sendAll(_ plan: Plan) async throws(Trouble) {
    let keepsakes = Keepsakes(plan)
    var turns = Turns(plan.steps)
    var trouble: Trouble?
    await withTaskGroup(of: (turn: Turns.Turn, end: Trouble?).self) { group in
      var running = 0
      while true {
        while trouble == nil, running < job.policy.parallel, let turn = turns.next() {
          guard !givesUp(plan.steps[turn.steps.lowerBound], plan) else {
            turns.end(turn)
            continue
          }
          running += 1
          let sharers = min(job.policy.parallel, running + turns.readyCount)
          group.addTask { (turn, await self.send(turn, of: plan, keepsakes, sharers: sharers)) }
        }
        guard let (turn, end) = await group.next() else { break }
        running -= 1
        turns.end(turn)
        if let end {
          trouble = trouble ?? end
          if end.failure.code == FailureCode.cancelled { group.cancelAll() }
        } else if trouble == nil {
          do throws(Trouble) { try settleWhatIsDue() } catch { trouble = error }
        }
      }
    }
    if let trouble { throw trouble }
  }

  /// Whether a dataset is left alone, because one that it hangs on failed.
  private func givesUp(_ step: Step, _ plan: Plan) -> Bool {
    guard let failed = failedParent(of: step, plan) else { return false }
    let failure = RunFailure(
      code: FailureCode.parentFailed, subject: step.source.text, detail: failed.text)
    givenUp[step.source] = failure
    tell(.warning(code: failure.code, subject: failure.subject, detail: failure.detail))
    return true
  }

  /// The dataset above a new one that could not be made; one that is there already holds nobody up.
  private func failedParent(of step: Step, _ plan: Plan) -> DatasetName? {
    guard step.kind == .full || step.origin != nil, !givenUp.isEmpty else { return nil }
    if let origin = step.origin, givenUp[origin] != nil { return origin }
    let there = Set(plan.mapping.filter(\.targetExists).map(\.source))
    return givenUp.keys.sorted().first {
      $0 != step.source && step.source.isWithin($0) && !there.contains($0)
    }
  }

  /// One dataset: planned, sending, verifying, done; or failed, which the next run goes on from.
  ///
  /// Returns what ends the attempt.
  private func send(
    _ turn: Turns.Turn, of plan: Plan, _ keepsakes: Keepsakes, sharers: Int
  ) async -> Trouble? {
    let steps = plan.steps[turn.steps]
    guard let first = steps.first, let last = steps.last else { return nil }
    do throws(Trouble) {
      try record(first.source, "planned")
      for index in steps.indices {
        let step = packed(steps[index])
        try await send(step, index, of: plan.steps.count, sharers: sharers)
        if index < steps.endIndex - 1, let keepsake = keepsakes[step] {
          await keep(keepsake, replacing: false)
        }
      }
      try record(first.source, "verifying")
      arrivals.append(
        Arrival(steps: Array(steps), keepsake: keepsakes[last], at: job.clock.uptime()))
    } catch {
      do throws(Trouble) { try failed(first.source, error) } catch { return error }
    }
    return nil
  }

  private func send(_ step: Step, _ index: Int, of count: Int, sharers: Int)
    async throws(Trouble)
  {
    try checkCancelled(step.source.text)
    try record(step.source, "sending")
    log("\(step.send.shellText) | \(step.receive.shellText)")
    tell(.stepStarted(index: index, of: count, step))
    let stream = StreamRun(
      source: job.source, target: job.target, pump: job.pump, limit: job.speed,
      outlook: StreamOutlook(
        bytes: step.bytes, connections: job.policy.connections, sharers: sharers))
    let began = job.clock.uptime()
    let number = meter.begin(at: began)
    let outcome = await stream.run(step) { [weak self] count in
      guard let self else { return }
      Task { await self.progress(number, index, count) }
    }
    let (bytes, trouble) = (outcome.bytes, outcome.trouble)
    if bytes > 0, trouble?.failure.code != HostError.Code.stalled.rawValue {
      budget.streamed(since: began, at: job.clock.uptime())
    }
    meter.end(number, with: bytes)
    if let packed = outcome.packed { self.packed = (self.packed ?? 0) + packed }
    if !outcome.turnedAway.isEmpty {
      tell(
        .warning(
          code: FailureCode.strangers, subject: step.source.text,
          detail: outcome.turnedAway.joined(separator: ", ")))
    }
    if let trouble {
      tell(.stepFailed(index: index, bytes: bytes))
      // The next attempt looks again. A token that has changed meanwhile was that of a receiver
      // which was still writing; one that has not is given up, as that attempt's plan says.
      guard case .resume(let token) = step.kind, trouble.refusesToResume else { throw trouble }
      refusedTokens.insert(token)
      throw Trouble(trouble.failure, isTransient: true)
    }
    tell(.stepFinished(index: index, bytes: bytes, packed: outcome.packed))
  }

  private func progress(_ stream: Int, _ index: Int, _ count: UInt64) {
    try? settleWhatIsDue()
    guard meter.advance(stream, to: count, at: job.clock.uptime()) else { return }
    let total = expected.map { max($0, meter.bytes) }
    tell(
      .progress(
        index: index, bytes: meter.bytes, total: total, rate: meter.rate,
        etaSeconds: meter.timeLeft(of: total)))
  }
}
