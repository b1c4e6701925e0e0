internal import ReplicationModel
internal import ReplicationPlanner
internal import Synchronization
internal import ZFSText

/// Looks at both sides: two commands each, whatever the number of datasets, all at the same time.
struct Survey {
  let request: ReplicationRequest
  let source: any HostPort
  let target: any HostPort
  let zone: Zone
  /// Resume tokens that ZFS refused to go on with.
  var refused: Set<String> = []
  /// Sources whose copies ZFS refused to add to, because they had been changed.
  var refusals: Set<DatasetName> = []
  /// Whether and how the plan says what retention lets go.
  var retention: RetentionQuery?
  /// What earlier surveys found, where that may be used.
  var memory: SurveyMemory?
  /// The day that what makes way is named by; nil where nothing may.
  var day: CivilTime?
  /// What was told already, by those who are asked first whether anything has changed.
  var told: Glance?

  /// Whether a copy may make way: then all below the destination and beside it is looked at.
  private var mayMakeWay: Bool {
    day != nil && request.fromScratch != .refuse && request.restoration == nil
  }

  /// The plan for what both sides hold now. Writes nothing anywhere.
  func plan() async throws(Trouble) -> Plan { try await look().plan }

  /// What may be remembered here. Where a copy may make way, nothing is believed that was not seen now.
  private var usable: SurveyMemory? { request.recursive && !mayMakeWay ? memory : nil }

  /// What both sides hold now, and the plan for it; no more than the plan where both stand still. Writes
  /// nothing anywhere.
  func look() async throws(Trouble) -> Look {
    guard let usable else { return try await closeLook() }
    let glance = await glance(usable)
    if let plan = glance.plan { return Look(plan: plan, source: Inventory(), target: Inventory()) }
    var survey = self
    survey.told = glance.told
    return try await survey.closeLook()
  }

  private func closeLook() async throws(Trouble) -> Look {
    let mapping = SourceMapping(sources: request.sources, target: request.target)
    // Recursion sees all below the destination; without it the names are asked for one by one.
    let copies = request.sources.map { mapping.target(of: $0) }
    let isDeep = request.recursive || mayMakeWay
    let targets =
      isDeep ? [request.target] : Set(copies + copies.flatMap(\.ancestors)).sorted()
    async let sourceSide = listing(
      request.sources, on: source, isSource: true, recursive: request.recursive)
    async let targetSide = listing(targets, on: target, isSource: false, recursive: isDeep)
    let (ours, ourFace) = try await taken(sourceSide)
    let (found, theirFace) = try await taken(targetSide)
    var theirs = found
    if mayMakeWay || isDeep && theirs[request.target] == nil {
      // What exists above decides what has to be made, and on which pool.
      for state in try await datasets(request.target.ancestors, on: target, recursive: false) {
        theirs[state.name] = state
      }
    }
    let neighbours = try await neighbours()
    for state in try await beside(neighbours).datasets.values { theirs[state.name] = state }
    let tokens = try await tokens(in: theirs, of: Set(ours.names.map { mapping.target(of: $0) }))
    for name in copiesWithoutSnapshots(ours, theirs, mapping) {
      theirs[name]?.isEmpty = try await isEmpty(name)
    }
    var plan = Planner.plan(
      request, source: ours, target: theirs, tokens: tokens, refusals: refusals,
      way: mayMakeWay ? day.map { MakingWay(day: $0, neighbours: neighbours) } : nil,
      retention: retention, zone: zone)
    await checkMarks(of: &plan)
    if let usable { remember(plan, ourFace, theirFace, usable) }
    return Look(plan: plan, source: ours, target: theirs, tokens: tokens)
  }

  /// Leaves out of what goes all that is held or cloned. Without an answer nothing goes, and sending is
  /// none the worse for it.
  private func checkMarks(of plan: inout Plan) async {
    guard !plan.retention.pruned.isEmpty else { return }
    do throws(Trouble) {
      plan.retention = try await Marks.checked(plan.retention, source: source, target: target)
    } catch {
      plan.retention = RetentionPlan()
      plan.warnings.append(
        PlanWarning(
          code: FailureCode.pruneUnlisted, subject: error.failure.subject,
          detail: error.failure.detail.isEmpty ? error.failure.code : error.failure.detail))
    }
  }

  private typealias Side = (inventory: Inventory, face: Standstill.Face?)

  private func taken(_ result: Result<Side, Trouble>) throws(Trouble) -> Side { try result.get() }

  /// A result, because `async let` forgets which error a function throws.
  private func listing(
    _ roots: [DatasetName], on host: any HostPort, isSource: Bool, recursive: Bool
  ) async -> Result<Side, Trouble> {
    do throws(Trouble) {
      if let usable {
        return .success(try await remembered(roots, on: host, isSource: isSource, usable))
      }
      return .success((try await whole(roots, on: host, recursive: recursive), nil))
    } catch {
      return .failure(error)
    }
  }

  /// Both listings of a side, at the same time.
  func whole(_ roots: [DatasetName], on host: any HostPort, recursive: Bool) async throws(Trouble)
    -> Inventory
  {
    async let rows = points(Listing.snapshots(roots, recursive: recursive), on: host)
    let states = try await datasets(roots, on: host, recursive: recursive)
    return ListingText.inventory(states, try await rows.get())
  }

  private func datasets(_ roots: [DatasetName], on host: any HostPort, recursive: Bool)
    async throws(Trouble) -> [DatasetState]
  {
    guard !roots.isEmpty else { return [] }
    let bytes = try await output(Listing.datasets(roots, recursive: recursive), on: host).get()
    do { return try ListingText.datasets(bytes) } catch { throw unreadable(error, host) }
  }

  /// A listing's output. Datasets that are not there are an answer; anything else is a failure.
  func output(_ command: Command, on host: any HostPort) async -> Result<[UInt8], Trouble> {
    do {
      let result = try await host.run(command)
      return Self.isAnswer(result)
        ? .success(result.output) : .failure(Trouble(result, subject: host.label))
    } catch {
      return .failure(Trouble(error))
    }
  }

  private static func isAnswer(_ result: CommandResult) -> Bool {
    if result.succeeded { return true }
    guard case .status = result.exit else { return false }
    let missing = ZFSFailure.missingDatasets(result.errors).count
    return missing > 0 && missing == result.errors.split(separator: "\n").count
  }

  /// The narrow listing, read while it comes.
  func points(_ command: Command, on host: any HostPort) async
    -> Result<[DatasetPoints], Trouble>
  {
    let desk = ReaderDesk()
    do {
      let result = try await host.run(command) { piece in desk.reader.withLock { $0.take(piece) } }
      guard Self.isAnswer(result) else {
        return .failure(Trouble(result, subject: host.label))
      }
    } catch {
      return .failure(Trouble(error))
    }
    do throws(ListingProblem) {
      return .success(try desk.finish())
    } catch {
      return .failure(unreadable(error, host))
    }
  }

  func unreadable(_ problem: ListingProblem, _ host: any HostPort) -> Trouble {
    Trouble(
      RunFailure(code: FailureCode.listing, subject: host.label, detail: problem.line),
      isTransient: false)
  }

  /// Asks the source what each token on its copies stands for. A token it cannot read has no facts.
  private func tokens(in inventory: Inventory, of copies: Set<DatasetName>)
    async throws(Trouble) -> [DatasetName: TokenFacts]
  {
    var tokens: [DatasetName: TokenFacts] = [:]
    for name in inventory.names where copies.contains(name) || BesideName.isBeside(name) {
      guard let token = inventory[name]?.resumeToken else { continue }
      let result: CommandResult
      do { result = try await source.run(ResumeFacts.command(token: token)) } catch {
        throw Trouble(error)
      }
      let text = String(decoding: result.output, as: UTF8.self) + result.errors
      if let facts = ResumeFacts(text) {
        tokens[name] = TokenFacts(
          toGUID: facts.toGUID, toName: facts.toName, fromGUID: facts.fromGUID,
          isRefused: refused.contains(token))
      } else if !result.succeeded, ZFSFailure(result.errors) != .tokenInvalid {
        // That the question failed says nothing of the token.
        throw Trouble(result, subject: source.label)
      }
    }
    return tokens
  }

  /// What stands beside the destination, where anything may make way.
  private func neighbours() async throws(Trouble) -> Set<DatasetName> {
    guard mayMakeWay, let parent = request.target.parent else { return [] }
    let names = TiesText.names(
      try await output(Listing.names(parent, recursive: false), on: target).get())
    return Set(names).subtracting([parent])
  }

  /// The copies of this destination that make way, or take its place: they stand beside it.
  private func beside(_ neighbours: Set<DatasetName>) async throws(Trouble) -> Inventory {
    let mark = request.target.text + BesideName.mark
    let names = neighbours.filter { $0.text.hasPrefix(mark) }.sorted()
    guard !names.isEmpty, request.fromScratch == .replace else { return Inventory() }
    return try await whole(names, on: target, recursive: true)
  }

  private func copiesWithoutSnapshots(
    _ ours: Inventory, _ theirs: Inventory, _ mapping: SourceMapping
  ) -> [DatasetName] {
    ours.names.map { mapping.target(of: $0) }.filter { name in
      guard let state = theirs[name] else { return false }
      return state.snapshots.isEmpty && state.resumeToken == nil && state.kind == .filesystem
    }
  }

  /// Whether a filesystem holds nothing but its root folder: ZFS counts the objects of each user.
  /// Nil where it does not say, and then nothing is taken for empty.
  private func isEmpty(_ name: DatasetName) async throws(Trouble) -> Bool? {
    do {
      let result = try await target.run(.zfs("userspace", "-Hp", "-o", "objused", name.text))
      guard result.succeeded else { return nil }
      let counts = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
        .map { UInt64($0.drop { $0 == " " }) }
      guard !counts.isEmpty, counts.allSatisfy({ $0 != nil }) else { return nil }
      return counts.reduce(0) { $0 + ($1 ?? 0) } <= 1
    } catch {
      throw Trouble(error)
    }
  }
}

/// Where a listing is read that comes on another thread.
private final class ReaderDesk: Sendable {
  let reader = Mutex(SnapshotReader())

  func finish() throws(ListingProblem) -> [DatasetPoints] {
    let result = reader.withLock { reader -> Result<[DatasetPoints], ListingProblem> in
      do throws(ListingProblem) { return .success(try reader.finish()) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
