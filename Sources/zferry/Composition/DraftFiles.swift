internal import AppRuntime
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// Drafts as files: the wizard's as its answers, the advanced screen's as the text of a task's file.
struct DraftFiles: DraftsPort {
  private let store: DraftStore
  private let files: FileStore

  init(_ folders: StoreFolders) {
    store = DraftStore(folders)
    files = FileStore(folders)
  }

  /// One that cannot be read is left out: it must not keep anybody from the others.
  func drafts() throws(StoreError) -> [KeptDraft] {
    try store.names().compactMap { name in
      (try? store.text(name)).flatMap(AnswersFile.document).flatMap(read)
    }
  }

  func keep(_ draft: KeptDraft) throws(StoreError) {
    guard let text = AnswersFile.text(of: document(draft)) else {
      throw StoreError(.system, subject: draft.name, detail: "it cannot be written as YAML")
    }
    try store.save(text, as: draft.name)
  }

  func drop(_ name: String) throws(StoreError) {
    guard try store.names().contains(name) else { return }
    try store.delete(name)
  }

  private func document(_ draft: KeptDraft) -> [String: AnswerValue] {
    switch draft.content {
    case .wizard(let answers): return ["answers": .map(answers.document)]
    case .advanced(let task, let snapshotTasks, let was):
      var document: [String: AnswerValue] = [
        "name": .text(task.name), "task": .text(files.encode(task)),
        "snapshot_tasks": .map(
          Dictionary(snapshotTasks.map { ($0.name, .text(files.encode($0))) }) { $1 }),
      ]
      document["was"] = was.map { .text($0) }
      return document
    }
  }

  private func read(_ document: [String: AnswerValue]) -> KeptDraft? {
    if case .map(let answers)? = document["answers"] {
      return KeptDraft(.wizard(Answers.read(answers).answers))
    }
    guard case .text(let name)? = document["name"], case .text(let text)? = document["task"],
      let task = try? files.decodeTask(text, name: name)
    else { return nil }
    var was: String?
    if case .text(let name)? = document["was"] { was = name }
    var snapshotTasks: [SnapshotTask] = []
    if case .map(let texts)? = document["snapshot_tasks"] {
      for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
        guard case .text(let text) = text,
          let task = try? files.decodeSnapshotTask(text, name: name)
        else { continue }
        snapshotTasks.append(task)
      }
    }
    return KeptDraft(.advanced(task, snapshotTasks: snapshotTasks, was: was))
  }
}
