import Glibc
import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("Drafts")
struct DraftStoreTests {
  let folder = TemporaryFolder()
  var store: DraftStore { DraftStore(folder.folders) }

  @Test("A draft comes back as it went in, for its owner only, and goes when it is deleted")
  func aDraft() throws {
    #expect(try store.drafts().isEmpty)
    let text = "destination: \"bk/ä\"\nrecursive: true\n"
    try store.saveDraft("wizard", text: text)
    #expect(try store.draft("wizard") == text)
    #expect(folder.mode(of: "var/drafts") == 0o700)
    #expect(folder.mode(of: "var/drafts/wizard.yaml") == 0o600)
    try store.saveDraft("wizard", text: "recursive: false\n")
    #expect(try store.draft("wizard") == "recursive: false\n")
    #expect(try store.drafts().map(\.name) == ["wizard"])
    try store.deleteDraft("wizard")
    #expect(try store.drafts().isEmpty)
  }

  @Test("The newest comes first")
  func order() throws {
    for name in ["a", "b", "c"] {
      try store.saveDraft(name, text: "x: 1\n")
      let seconds = ["a": 100, "b": 300, "c": 100][name] ?? 0
      var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
      #expect(utimensat(AT_FDCWD, "\(folder.path)/var/drafts/\(name).yaml", &times, 0) == 0)
    }
    #expect(try store.drafts().map(\.name) == ["b", "a", "c"])
    #expect(try store.drafts().map(\.saved) == [Instant(300), Instant(100), Instant(100)])
  }

  @Test("What is not there is a clear error")
  func missing() throws {
    #expect(try #require(throws: StoreError.self) { try store.draft("x") }.code == .notFound)
    #expect(try #require(throws: StoreError.self) { try store.deleteDraft("x") }.code == .notFound)
  }

  @Test("A name leads nowhere else", arguments: ["../x", "a/b", "", ".hidden", "a\nb"])
  func names(name: String) throws {
    let error = try #require(throws: StoreError.self) { try store.saveDraft(name, text: "x") }
    #expect(error.code == .invalid)
    #expect(throws: StoreError.self) { try store.draft(name) }
    #expect(throws: StoreError.self) { try store.deleteDraft(name) }
  }

  @Test("A broken file harms no other draft")
  func broken() throws {
    try store.saveDraft("good", text: "x: 1\n")
    let path = "\(folder.path)/var/drafts"
    mkdir("\(path)/folder.yaml", 0o700)
    symlink("/nowhere", "\(path)/link.yaml")
    try folder.write("half", to: "var/drafts/good.yaml.77.part")
    let file = open("\(path)/bytes.yaml", O_WRONLY | O_CREAT, 0o600)
    var bytes: [UInt8] = [0xFF, 0xFE, 0x00]
    #expect(write(file, &bytes, 3) == 3)
    close(file)
    #expect(Set(try store.drafts().map(\.name)) == ["good", "bytes"])
    #expect(try #require(throws: StoreError.self) { try store.draft("bytes") }.code == .invalid)
    #expect(try store.draft("good") == "x: 1\n")
    try store.deleteDraft("bytes")
  }

  @Test("A draft larger than any that can be read again is not written")
  func size() throws {
    let text = String(repeating: "x", count: AtomicFile.largestFile + 1)
    #expect(
      try #require(throws: StoreError.self) { try store.saveDraft("big", text: text) }.code
        == .invalid)
    #expect(try store.drafts().isEmpty)
  }
}
