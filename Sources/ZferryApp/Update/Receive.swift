import FormKit
import ReplicationModel

extension AppState {
  /// A reply to work that was asked for; dropped where nobody waits for it any more (ux.md 31).
  mutating func receive(_ id: RequestID, _ reply: Reply) -> [Effect] {
    if let effects = receiveManaged(id, reply) { return effects }
    if let effects = receiveConflicts(id, reply) { return effects }
    if receiveRetention(id, reply) { return [] }
    switch reply {
    case .loaded(let library) where id == loading:
      loading = nil
      return receive(library)
    case .someDatasets(let rows): receivePart(id, rows)
    case .datasets(let rows):
      _ = receiveListing(id, .success(rows))
    case .hostKeys, .pairing, .paired:
      _ = receivePairing(id, reply)
    case .proved(let host) where id == wizard.proving:
      wizard.proving = nil
      wizard.proof = .success(host)
    case .counted(let count) where id == wizard.counting:
      wizard.counting = nil
      wizard.counted = .success(count)
    case .planned(let preview) where id == wizard.planning:
      wizard.planning = nil
      // Who has not moved yet is led to what came, for it stands above the rest.
      let hasNotMoved = route == .wizard(.review) && view.focusOrder.first == place.focus
      wizard.preview = .success(preview)
      if hasNotMoved { focusFirst() }
    case .planned(let preview) where id == advanced.planning:
      advanced.planning = nil
      advanced.preview = .success(preview)
      if route == .advancedPlan { focusFirst() }
    case .planned(let preview): _ = receivePlan(id, .success(preview))
    case .saved where id == wizard.saving:
      wizard.saving = nil
      return taskSaved()
    case .saved where id == advanced.saving:
      advanced.saving = nil
      return advancedSaved()
    case .saved where id == keeping: keeping = nil
    case .saved, .proved: return receiveByHand(id, reply)
    case .checked(let result): return receiveCheck(id, result)
    case .rights(let sheet) where id == rights?.request: receiveRights(.success(sheet))
    case .snapshots(let rows): _ = receiveSnapshots(id, .success(rows))
    case .run(let news):
      let wasRunning = run.isRunning
      guard receiveRun(id, news), wasRunning, !run.isRunning else { return [] }
      let load = newRequest()
      loading = load
      return [.load(load)]
    case .failed(let failure): receive(failure, for: id)
    default: break
    }
    return []
  }

  private mutating func receive(_ library: Library) -> [Effect] {
    let isFirst = !isLoaded
    isLoaded = true
    management.loadedAt = now
    self.library = library
    if let failure = library.failures.first {
      notice = Note(.warning, Words.explain(failure).text)
    }
    if isFirst, stack.count > 1 || opensOnceLoaded != nil || !library.drafts.isEmpty {
      openFirst()
      return []
    }
    guard isFirst, library.tasks.isEmpty, stack.count == 1, route == .tasks, notice == nil else {
      return []
    }
    openWizard()
    // Someone new sees first what copying needs; the wizard is behind it.
    return library.connections.isEmpty ? openCheckup(CheckQuestion()) : []
  }

  private mutating func receive(_ failure: Failure, for id: RequestID) {
    switch id {
    case loading:
      loading = nil
      isLoaded = true
      management.loadedAt = now
      notice = Note(.error, Words.explain(failure).text)
    case wizard.proving:
      wizard.proving = nil
      wizard.proof = .failure(failure)
    case wizard.counting:
      wizard.counting = nil
      wizard.counted = .failure(failure)
    case wizard.planning:
      wizard.planning = nil
      wizard.preview = .failure(failure)
    case wizard.saving:
      wizard.saving = nil
      wizard.saveFailure = failure
      notice = Note(.error, Words.explain(failure).text)
    case advanced.planning:
      advanced.planning = nil
      advanced.preview = .failure(failure)
    case advanced.saving:
      advanced.saving = nil
      advanced.saveFailure = failure
      notice = Note(.error, Words.explain(failure).text)
    case saveGate?.checkup.request:
      saveGate = nil
      notice = Note(.error, Words.explain(failure).text)
    case rights?.request: receiveRights(.failure(failure))
    case keeping:
      keeping = nil
      notice = Note(.error, Words.explain(failure).text)
    case run.request where run.result == nil:
      finishRun(
        RunResult(outcome: "failed", sentBytes: run.bytes, snapshots: 0, seconds: 0, error: failure)
      )
    default:
      if receiveListing(id, .failure(failure)) || receivePlan(id, .failure(failure))
        || receiveSnapshots(id, .failure(failure))
      {
        return
      }
      _ = receivePairing(id, .failed(failure))
    }
  }
}
