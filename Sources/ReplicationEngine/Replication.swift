public import ReplicationModel
public import ReplicationPlanner

/// A task's replication between two hosts: what it would do, and doing it.
public struct Replication: Sendable {
  let request: ReplicationRequest
  let source: any HostPort
  let target: any HostPort
  let pump: any PumpPort
  let clock: any ClockPort
  let records: any RunRecordPort
  let policy: RunPolicy
  let speed: SpeedDial
  let zone: Zone
  let listings: (any ListingMemoryPort)?

  /// With `listings` a run lists anew only what has changed since the last one.
  public init(
    _ request: ReplicationRequest, from source: any HostPort, to target: any HostPort,
    pump: any PumpPort, clock: any ClockPort, records: any RunRecordPort,
    policy: RunPolicy = RunPolicy(), speed: SpeedDial = SpeedDial(), zone: Zone,
    listings: (any ListingMemoryPort)? = nil
  ) {
    self.request = request
    self.source = source
    self.target = target
    self.pump = pump
    self.clock = clock
    self.records = records
    self.policy = policy
    self.speed = speed
    self.zone = zone
    self.listings = listings
  }

  /// What a run would do now. Writes nothing anywhere.
  ///
  /// `estimates` says whether the size of each stream is asked for, a process each; with `now` the plan
  /// says what retention lets go.
  public static func preview(
    _ request: ReplicationRequest, from source: any HostPort, to target: any HostPort, zone: Zone,
    estimates: Bool, now: Instant? = nil
  ) async throws(RunFailure) -> Plan {
    try await look(
      request, from: source, to: target, zone: zone, estimates: estimates, now: now
    ).plan
  }

  /// Runs the task to its end: done, refused, failed, or cancelled with the Swift task.
  ///
  /// Throws only where no run began: another one holds the lock, or no record can be kept.
  public func run(onEvent: @escaping @Sendable (RunEvent) -> Void) async throws(StoreError)
    -> RunSummary
  {
    let id = try records.runStarted(
      task: request.task, kind: request.restoration == nil ? .run : .restore, at: clock.now())
    let run = Run(self, id: id, onEvent: onEvent)
    let summary = await run.toTheEnd()
    run.telling.note(.finished(summary))
    try records.runFinished(id, summary)
    onEvent(.finished(summary))
    return summary
  }

  /// `remembers` is for those who only send: what is destroyed is decided by a look at everything.
  func survey(refused: Set<String>, _ retention: RetentionQuery, remembers: Bool = false) -> Survey
  {
    Survey(
      request: request, source: source, target: target, zone: zone, refused: refused,
      retention: retention,
      memory: remembers ? listings.map { SurveyMemory(port: $0, clock: clock) } : nil,
      day: CivilTime(clock.now(), in: zone))
  }
}
