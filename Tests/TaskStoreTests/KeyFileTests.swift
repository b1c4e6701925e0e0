import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("Key files")
struct KeyFileTests {
  let folder = TemporaryFolder()
  var store: FileStore { FileStore(folder.folders) }

  @Test("A private key is readable by its owner only, and a pair is never replaced")
  func modes() throws {
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
