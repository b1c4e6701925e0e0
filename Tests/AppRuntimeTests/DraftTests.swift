import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import Testing

@testable import AppRuntime
@testable import ZferryApp

/// Drafts, from the effect to the port and back.
@Suite struct DraftTests {
  final class MemoryDrafts: DraftsPort {
    let kept = Mutex<[String: KeptDraft]>([:])
    let isFull: Bool
    init(isFull: Bool = false) { self.isFull = isFull }
    func drafts() throws(StoreError) -> [KeptDraft] {
      if isFull { throw StoreError(.permission, subject: "drafts") }
      return kept.withLock { Array($0.values) }
    }
    func keep(_ draft: KeptDraft) throws(StoreError) {
      if isFull { throw StoreError(.full, subject: "drafts/\(draft.name).yaml") }
      kept.withLock { $0[draft.name] = draft }
    }
    func drop(_ name: String) throws(StoreError) {
      kept.withLock { _ = $0.removeValue(forKey: name) }
    }
  }

  /// Runs the effects one after the other, each to its end.
  func replies(_ effects: [Effect], _ drafts: MemoryDrafts) async -> [Reply] {
    let mailbox = Mailbox {}
    var ports = AppPorts(
      files: MemoryFiles(), pairing: FakePairing(), inspection: FakeInspection(),
      records: FakeRecords(),
      host: { _ throws(HostError) in ScriptedHost(answers: [:]) },
      preview: { Preview(plan: Plan(task: $0.task.name, direction: .push)) },
      run: { _, _, _ in }, clock: StepClock(step: 0.1))
    ports.drafts = drafts
    let runner = EffectRunner(ports: ports, mailbox: mailbox)
    for effect in effects {
      runner.start(effect)
      await runner.idle()
    }
    await runner.stop()
    return mailbox.take().compactMap { message in
      if case .reply(_, let reply) = message { return reply }
      return nil
    }
  }

  static var draft: KeptDraft {
    var answers = Answers()
    answers.choices.sources = ["tank/data"]
    return KeptDraft(.wizard(answers))
  }

  @Test func `a draft is kept, read with the tasks, and deleted`() async {
    let drafts = MemoryDrafts()
    let id = RequestID(1)
    let replies = await replies(
      [.keepDraft(id, Self.draft), .load(id), .dropDraft(id, "wizard"), .load(id)], drafts)
    let libraries = replies.compactMap {
      if case .loaded(let library) = $0 { library } else { nil }
    }
    #expect(libraries.map(\.drafts) == [[Self.draft], []])
    #expect(replies.filter { $0 == .saved }.count == 2)
  }

  @Test func `one that is kept while the program ends is written all the same`() async {
    let drafts = MemoryDrafts()
    var ports = AppPorts(
      files: MemoryFiles(), pairing: FakePairing(), inspection: FakeInspection(),
      records: FakeRecords(),
      host: { _ throws(HostError) in ScriptedHost(answers: [:]) },
      preview: { Preview(plan: Plan(task: $0.task.name, direction: .push)) },
      run: { _, _, _ in }, clock: StepClock(step: 0.1))
    ports.drafts = drafts
    let runner = EffectRunner(ports: ports, mailbox: Mailbox {})
    runner.start(.keepDraft(RequestID(1), Self.draft))
    await runner.stop()
    #expect(drafts.kept.withLock { $0.keys.sorted() } == ["wizard"])
  }

  @Test func `drafts that cannot be read or written keep nobody from the tasks`() async {
    let id = RequestID(1)
    let replies = await replies(
      [.keepDraft(id, Self.draft), .load(id)], MemoryDrafts(isFull: true))
    #expect(replies.first == .failed(Failure("store.full", subject: "drafts/wizard.yaml")))
    guard case .loaded(let library)? = replies.last else {
      Issue.record("not loaded")
      return
    }
    #expect(library.failures.map(\.code) == ["store.permission"])
  }

  @Test func `a draft never holds an encryption key`() {
    var task = TaskDraft()
    task.encryptionKey = Secret("deadbeef")
    let draft = KeptDraft(.advanced(task, snapshotTasks: [], was: nil))
    #expect(draft.leftOutSecret)
    guard case .advanced(let kept, _, _) = draft.content else { return }
    #expect(kept.encryptionKey == nil)
  }
}
