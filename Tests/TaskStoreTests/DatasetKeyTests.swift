import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("The keys of encrypted copies")
struct DatasetKeyTests {
  let folder = TemporaryFolder()
  var store: FileStore { FileStore(folder.folders) }

  func task(_ change: (inout TaskDraft) -> Void = { _ in }) -> TaskDraft {
    var task = TaskDraft()
    task.name = "safe"
    task.encryption = true
    task.encryptionKeyFormat = .hex
    change(&task)
    return task
  }

  @Test("One is made where a task has none, and stays the same")
  func made() throws {
    try store.save(task())
    let key = try #require(try store.task("safe").encryptionKey).revealed
    #expect(key.count == 64 && key.allSatisfy(\.isHexDigit))
    try store.save(task())
    #expect(try store.task("safe").encryptionKey?.revealed == key)
    // Another task has another one.
    try store.save(task { $0.name = "other" })
    #expect(try store.task("other").encryptionKey?.revealed != key)
  }

  @Test("A passphrase is never made")
  func passphrase() throws {
    try store.save(task { $0.encryptionKeyFormat = .passphrase })
    #expect(try store.task("safe").encryptionKey == nil)
  }

  @Test("The old one stays beside a new one, and after the task")
  func kept() throws {
    for key in ["first key", "second key", "third key"] {
      try store.save(task { $0.encryptionKey = Secret(key) })
    }
    try store.deleteTask("safe")
    #expect(try store.datasetKey("safe") == Secret("third key"))
    for number in 1...2 {
      #expect(folder.mode(of: "etc/dataset-keys/safe.key.\(number)") == 0o600)
    }
  }

  @Test("A task that inherits has none, and no file is read for it")
  func inherited() throws {
    try store.save(task { $0.encryptionKey = Secret("first key") })
    try store.save(task { $0.encryptionInherit = true })
    #expect(try store.task("safe").encryptionKey == nil)
  }

  @Test("A task's text from elsewhere may hold one, and what is written does not")
  func imported() throws {
    let text = """
      direction: PUSH
      transport: LOCAL
      encryption: true
      encryption_key: correct horse
      encryption_key_format: PASSPHRASE
      """
    let task = try store.decodeTask(text, name: "safe")
    #expect(task.encryptionKey == Secret("correct horse"))
    #expect(!store.encode(task).contains("correct"))
    try store.save(task)
    // And one that was exported takes the key that is here.
    #expect(try store.decodeTask(store.encode(task), name: "safe").encryptionKey != nil)
  }

  @Test(
    "What may be begun from scratch: three words, and TrueNAS' two",
    arguments: [
      ("false", TaskDraft.FromScratch.refuse), ("true", .keepAside), ("REFUSE", .refuse),
      ("aside", .keepAside), ("REPLACE", .replace),
    ])
  func fromScratch(text: String, policy: TaskDraft.FromScratch) throws {
    let whole = "direction: PUSH\ntransport: LOCAL\nallow_from_scratch: \(text)"
    #expect(try store.decodeTask(whole, name: "t").allowFromScratch == policy)
  }

  @Test("Any other word is a finding")
  func unknownWord() throws {
    let error = try #require(throws: StoreError.self) {
      try store.decodeTask(
        "direction: PUSH\ntransport: LOCAL\nallow_from_scratch: maybe", name: "t")
    }
    #expect(error.findings.map(\.field) == ["allow_from_scratch"])
  }
}
