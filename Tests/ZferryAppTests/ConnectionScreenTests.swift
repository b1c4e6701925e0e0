import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Connections and key pairs.
@Suite struct ConnectionScreenTests {
  func list(_ change: (inout FakeWorld) -> Void = { _ in }) -> Session {
    var session = Session.managed(change)
    session.push("tasks.connections")
    return session
  }

  @Test func `one that a task uses, enabled or not, is not deleted`() {
    var session = list()
    session.press(.down)
    session.push("ssh.delete")
    #expect(session.screen.dialog == nil)
    #expect(session.screen.status.text.contains("vault is used by offsite, www"))
    session.tab(to: "ssh.list")
    session.press(.up)
    session.push("ssh.delete")
    session.push("question.go")
    #expect(session.world.library.connections.map(\.name) == ["vault"])
  }

  @Test func `a test shows what is there, and is let go of on the way out`() {
    var session = list()
    session.push("ssh.test")
    #expect(session.words.contains("The login works: root on Linux."))
    session.world.silent = ["prove"]
    session.push("ssh.test")
    #expect(session.words.contains("Logging in to lab"))
    session.press(.escape)
    #expect(session.effects.contains { $0.name == "abandon" })
    #expect(session.state.management.check == nil)
  }

  @Test func `one is added by hand: the key is discovered, confirmed, tested, and saved`() {
    var session = list()
    session.push("ssh.manual")
    session.push("conn.save")
    #expect(session.state.focus == "conn.name")
    #expect(session.screen.status.text.contains("is required"))
    session.type("offsite")
    session.tab(to: "conn.host")
    session.type("203.0.113.77")
    session.choose("conn.key", 2)
    session.push("conn.save")
    #expect(session.screen.status.text.contains("Scan it"), "a host is not taken on trust")
    session.push("conn.scan")
    #expect(session.words.contains("SHA256:Qn4M0Yb8"))
    session.press(.enter)
    #expect(session.state.management.connection.connection.hostKey.isEmpty, "the default is No")
    session.push("conn.scan")
    session.push("question.go")
    #expect(session.words.contains("ed25519 SHA256:Qn4M0Yb8"))
    session.push("conn.test")
    #expect(session.words.contains("The login works"))
    session.push("conn.save")
    #expect(session.screen.id == "ssh-connections")
    let saved = session.world.library.connection("offsite")
    #expect(saved?.key == "vault")
    #expect(saved?.hostKey == ["ssh-ed25519 AAAAC3NzaC1l"])
    #expect(saved?.port == 22 && saved?.connectTimeout == 10)
  }

  @Test func `the name of one in use is fixed, a wrong port is named, and leaving asks`() {
    var session = list()
    session.open(row: 1)
    session.tab(to: "conn.name")
    session.type("x")
    #expect(session.state.management.connection.connection.name == "vault")
    #expect(session.state.field("conn.name")?.off(session.state)?.contains("offsite, www") == true)
    session.tab(to: "conn.port")
    session.press(.ctrl("u"))
    session.type("70000")
    session.push("conn.save")
    #expect(session.state.focus == "conn.port")
    #expect(session.words.contains("is 70000"))
    session.press(.escape)
    #expect(session.screen.dialog?.title == "Leave without saving?")
    session.press(.escape)
    session.press(.ctrl("c"))
    #expect(session.screen.dialog?.title == "Quit?")
    session.press(.escape, .escape)
    session.push("question.go")
    #expect(session.screen.id == "ssh-connections")
    #expect(session.world.library.connection("vault")?.port == 22)
  }

  @Test func `without a key pair the form says where one is made`() {
    var session = list { $0.library.keys = [] }
    session.push("ssh.manual")
    session.tab(to: "conn.key")
    #expect("\(session.screen)".contains("Generate one under Keys"))
  }

  @Test func `a name that is taken is refused`() {
    var session = list()
    session.push("ssh.manual")
    session.type("lab")
    session.push("conn.save")
    #expect(session.state.connectionFindings.contains { $0.code == "name.taken" })
  }

  @Test func `a host that does not answer is told on the form`() {
    var session = list {
      $0.failing["scanHostKey"] = Failure("connect.refused", subject: "vault:22")
    }
    session.open(row: 1)
    session.push("conn.scan")
    #expect(session.words.contains("[ECONNREFUSED] vault, port 22"))
    session.world.keys = []
    session.push("conn.scan")
    #expect(session.words.contains("[EPROTO]"))
  }

  @Test func `a key pair is shown, copied, written out, and kept while it is used`() {
    var session = Session.managed()
    session.push("tasks.keys")
    #expect(
      session.screen.list("keys.list")?.rows.map(\.detail) == [
        "ssh-ed25519, not used", "ssh-ed25519, used by lab, vault",
      ])
    #expect(session.screen.status.text.hasPrefix("SHA256:s7K"))
    session.open(row: 1)
    session.push("key.copy")
    #expect(session.effects.last == .copy(FakeWorld.managed.library.keys[1].publicKey))
    session.push("key.delete")
    #expect(session.screen.status.text.contains("lab, vault"))
    session.push("key.write")
    #expect(session.state.management.entry.text == "vault.pub")
    session.push("entry.go")
    #expect(session.world.files == ["vault.pub"])
    #expect(session.screen.id == "key")
  }

  @Test func `a key pair is made under a name that is free, and deleted by its name`() {
    var session = Session.managed()
    session.push("tasks.keys")
    session.push("keys.new")
    session.push("entry.go")
    #expect(session.screen.status.text == "Name is required.")
    session.type("vault")
    session.push("entry.go")
    #expect(session.screen.status.text.contains("is taken"))
    session.tab(to: "entry.text")
    session.type("-2")
    session.push("entry.go")
    #expect(session.world.library.keys.map(\.name).contains("vault-2"))
    session.tab(to: "keys.list")
    session.open(row: 0)
    session.push("key.delete")
    session.tab(to: "question.typed")
    session.type("spare")
    session.push("question.go")
    #expect(!session.world.library.keys.map(\.name).contains("spare"))
    #expect(session.screen.id == "keys")
  }

  @Test func `a key that was made elsewhere is imported under its file's name`() {
    var session = Session.managed()
    session.push("tasks.keys")
    session.push("keys.import")
    session.type("/root/.ssh/vault")
    session.push("entry.go")
    #expect(session.screen.status.text.contains("Name is taken"))
    session.tab(to: "entry.text")
    session.type("-old")
    session.push("entry.go")
    #expect(session.world.library.keys.map(\.name).contains("vault-old"))
    #expect(session.screen.id == "keys")
  }

  @Test func `a locked key is unlocked, and its passphrase is nowhere afterwards`() {
    var session = Session.managed()
    session.push("tasks.keys")
    session.open(row: 0)
    session.push("key.unlock")
    session.type("open sesame")
    #expect(!"\(session.screen)".contains("sesame"))
    session.push("entry.go")
    #expect(session.effects.contains { $0.name == "unlockKey" })
    #expect(!"\(session.state)\(session.effects)".contains("sesame"))
    #expect(session.screen.status.text.contains("until zferry ends"))
  }
}
