import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("Key files")
struct KeyFileTests {
  let folder = TemporaryFolder()
  var store: FileStore { FileStore(folder.folders) }

  @Test("must_not_B17: a private key is readable by its owner only, and a pair is never replaced")
  func must_not_B17() throws {
    try store.saveKey("vault", privateKey: Secret("PRIVATE\n"), publicKey: "ssh-ed25519 AAAA a")
    #expect(folder.mode(of: "etc/keys/vault") == 0o600)
    #expect(folder.mode(of: "etc/keys") == 0o700)
    #expect(try store.keyNames() == ["vault"])
    #expect(try store.publicKey("vault") == "ssh-ed25519 AAAA a")
    let error = try #require(throws: StoreError.self) {
      try store.saveKey("vault", privateKey: Secret("OTHER"), publicKey: "ssh-ed25519 BBBB b")
    }
    #expect(error.code == .exists)
    #expect(try AtomicFile.read(store.privateKeyPath("vault")) == "PRIVATE\n")
  }

  @Test("What is written out is for its owner only, and replaces nothing unasked")
  func writeOut() throws {
    let path = "\(folder.folders.state)/out.txt"
    try AtomicFile.makeFolder(folder.folders.state, mode: 0o700)
    try store.writeOut("one\n", to: path, replacing: false)
    let error = try #require(throws: StoreError.self) {
      try store.writeOut("two\n", to: path, replacing: false)
    }
    #expect(error.code == .exists)
    #expect(try AtomicFile.read(path) == "one\n")
    try store.writeOut("two\n", to: path, replacing: true)
    #expect(try AtomicFile.read(path) == "two\n")
    let lost = try #require(throws: StoreError.self) {
      try store.writeOut("", to: "\(folder.folders.state)/no/such/file", replacing: false)
    }
    #expect(lost.code == .notFound)
  }

  @Test("A file that must not be there yet is written whole or not at all")
  func whole() throws {
    let path = "\(folder.folders.state)/new"
    try AtomicFile.makeFolder(folder.folders.state, mode: 0o700)
    try AtomicFile.create("one", at: path, mode: 0o600)
    let error = try #require(throws: StoreError.self) {
      try AtomicFile.create("two", at: path, mode: 0o644)
    }
    #expect(error.code == .exists)
    #expect(try AtomicFile.read(path) == "one" && folder.mode(of: "var/new") == 0o600)
    #expect(try AtomicFile.names(in: folder.folders.state) == ["new"], "no part is left")
  }

  @Test("How the screens are drawn and how much is asked are kept beside each other")
  func settings() throws {
    let modes = ScreenModes(folder.folders)
    #expect(modes.isBasic(on: "xterm") == nil && !modes.asksLess)
    try modes.keep(isBasic: true, on: "xterm")
    try modes.keep(asksLess: true)
    try modes.keep(isBasic: false, on: "linux")
    #expect(modes.isBasic(on: "xterm") == true && modes.isBasic(on: "linux") == false)
    #expect(modes.asksLess)
    try modes.keep(asksLess: false)
    #expect(!modes.asksLess && modes.isBasic(on: "xterm") == true)
  }

  @Test("A secret prints as dots")
  func secret() {
    let secret = Secret("hunter2")
    #expect("\(secret)" == "••••")
    #expect(String(reflecting: secret) == "••••")
    var shown = ""
    dump(secret, to: &shown)
    #expect(!shown.contains("hunter2"))
  }
}
