import ReplicationEngine
import Testing

@testable import TaskStore

@Suite struct DraftStoreTests {
  @Test func `a draft is kept for its owner alone, replaced, and deleted`() throws {
    let folder = TemporaryFolder()
    let store = DraftStore(folder.folders)
    #expect(try store.names() == [])
    try store.save("a: 1\n", as: "wizard")
    try store.save("a: 2\n", as: "wizard")
    try store.save("b: 1\n", as: "edit-offsite")
    #expect(try store.names() == ["edit-offsite", "wizard"])
    #expect(try store.text("wizard") == "a: 2\n")
    #expect(folder.mode(of: "var/drafts/wizard.yaml") == 0o600)
    #expect(folder.mode(of: "var/drafts") == 0o700)
    try store.delete("wizard")
    #expect(try store.names() == ["edit-offsite"])
    #expect(throws: StoreError.self) { try store.delete("wizard") }
  }

  @Test(arguments: ["", "../x", ".hidden", "a/b"])
  func `a name that leads out of the folder is refused`(name: String) throws {
    let store = DraftStore(TemporaryFolder().folders)
    #expect(throws: StoreError.self) { try store.save("x", as: name) }
  }
}
