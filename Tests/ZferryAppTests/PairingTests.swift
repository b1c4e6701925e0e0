import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct PairingTests {
  /// At the form of Generate New, filled in.
  func filled(_ world: FakeWorld = FakeWorld(), user: String = "replica") -> Session {
    Session.atPairing(world, user: user)
  }

  @Test func `a closed port: code, host, port, cause and next step, then Retry works`() {
    var world = FakeWorld()
    world.failing["scanHostKey"] = Failure("connect.refused", subject: "vault:22")
    var session = filled(world)
    session.push("pair.scan")
    #expect(session.screen.id == "pairing.form")
    #expect(
      session.words.contains(
        "[ECONNREFUSED] vault, port 22: nothing listens there (connection refused). Start sshd"
          + " there or check the port, then try again."))
    #expect(session.screen.action("pair.scan")?.title == "Retry")
    session.push("pair.scan")
    #expect(session.screen.id == "pairing.confirm")
    #expect(!session.words.contains("ECONNREFUSED"))
  }

  @Test func `the key is shown with its fingerprint, and the default is No`() {
    var session = filled()
    session.push("pair.scan")
    #expect(session.words.contains("ssh-ed25519: SHA256:"))
    session.press(.enter)
    #expect(session.screen.id == "pairing.form")
    #expect(session.state.pairing.host == "vault.lan", "what was typed stays")
    #expect(session.effects.allSatisfy { $0.name != "pair" })
  }

  @Test func `the password goes into one effect, and nowhere else`() {
    var world = FakeWorld()
    world.silent = ["pair"]
    var session = filled(world)
    session.push("pair.scan")
    session.push("pair.trust")
    session.type("s3cret pw")
    session.push("pair.install")
    #expect(session.screen.id == "pairing.working")
    #expect(session.state.pairing.password.revealed.isEmpty)
    let order = session.effects.compactMap { effect -> (Connection, OneTimeLogin)? in
      if case .pair(_, let connection, let password) = effect { return (connection, password) }
      return nil
    }
    #expect(order.map(\.1) == [OneTimeLogin(password: Secret("s3cret pw"))])
    #expect(order.map(\.0.hostKey) == [["ssh-ed25519 AAAAC3Nza"]])
    #expect(order.map(\.0.name) == ["vault.lan"])
    #expect(!"\(session.effects)".contains("s3cret"))
  }

  @Test func `Esc on the password forgets it`() {
    var session = filled()
    session.push("pair.scan")
    session.push("pair.trust")
    session.type("pw")
    session.press(.escape)
    #expect(session.screen.id == "pairing.form")
    #expect(session.state.pairing.password.revealed.isEmpty)
    #expect(session.state.pairing.accepted.isEmpty, "the key is confirmed anew")
  }

  @Test func `a refused login leads back to the password, with the reason`() {
    var world = FakeWorld()
    world.failing["pair"] = Failure("auth", subject: "vault.lan:22", detail: "password")
    var session = filled(world)
    session.push("pair.scan")
    session.push("pair.trust")
    session.type("wrong")
    session.push("pair.install")
    #expect(session.screen.id == "pairing.password")
    #expect(session.words.contains("[EACCES] vault.lan, port 22: the login was refused"))
    #expect(session.state.wizard.choices.connection == nil)
  }

  @Test func `a host that asks for a code gets one, and nobody else is asked for it`() {
    var world = FakeWorld()
    world.failing["pair"] = Failure(
      "auth.code", subject: "vault.lan:22", detail: "Verification code:")
    var session = filled(world)
    session.push("pair.scan")
    session.push("pair.trust")
    #expect(!session.screen.focusOrder.contains("pair.code"))
    session.type("pw")
    session.push("pair.install")
    #expect(session.words.contains("asks for a one-time code (Verification code:)"))
    session.type("pw")
    session.tab(to: "pair.code")
    session.type("123456")
    #expect(!session.words.contains("123456"))
    session.push("pair.install")
    #expect(session.screen.id == "pairing.proved")
    let logins = session.effects.compactMap { effect -> OneTimeLogin? in
      if case .pair(_, _, let login) = effect { login } else { nil }
    }
    #expect(logins.map { $0.code?.revealed } == [nil, "123456"])
    #expect(!"\(session.state)".contains("123456"))
  }

  @Test func `stopping lets go of the work, and a late answer changes nothing`() {
    var world = FakeWorld()
    world.silent = ["scanHostKey"]
    var session = filled(world)
    session.push("pair.scan")
    guard case .scanning(let id) = session.state.pairing.stage else {
      Issue.record("not scanning")
      return
    }
    session.press(.enter, .enter)
    #expect(!session.effects.contains(.abandon(id)), "Enter once too often only waits")
    session.push("pair.back")
    #expect(session.effects.contains(.abandon(id)))
    let before = session.state
    #expect(update(&session.state, .reply(id, .hostKeys(world.keys))).isEmpty)
    #expect(session.state == before)
  }

  @Test func `what is missing or wrong is named before anything is asked`() {
    var session = filled()
    session.tab(to: "pair.port")
    session.press(.ctrl("u"))
    session.type("70000")
    session.push("pair.scan")
    #expect(session.state.focus == "pair.port")
    #expect(session.screen.status.text == "Port is a number from 1 to 65535.")
    session.tab(to: "pair.host")
    session.press(.ctrl("u"))
    session.push("pair.scan")
    #expect(session.screen.status.text == "Host is required.")
    #expect(session.effects.allSatisfy { $0.name != "scanHostKey" })
  }

  @Test func `a name that is taken is refused`() {
    var world = FakeWorld()
    world.library.connections = [WalkTests.vault]
    var session = filled(world)
    session.tab(to: "pair.name")
    session.press(.ctrl("u"))
    session.type("vault")
    session.push("pair.scan")
    #expect(session.state.focus == "pair.name")
    #expect(session.screen.status.text.contains("is taken"))
  }

  @Test func `sudo is asked for only where the user is not root`() {
    #expect(filled(user: "replica").state.fields.contains { $0.id == "pair.sudo" })
    #expect(!filled(user: "root").state.fields.contains { $0.id == "pair.sudo" })
  }

  @Test func `what was proved is shown, also what is missing`() {
    let state = AppState()
    func words(_ host: ProvedHost) -> String {
      Screen(id: "", title: "", purpose: "", blocks: state.proof(host), focus: "").words
    }
    #expect(
      words(ProvedHost(system: "Linux", user: "root", zfsVersion: nil, sudoWorks: nil))
        .contains("there is no zfs command"))
    #expect(
      words(ProvedHost(system: "Linux", user: "bob", zfsVersion: "zfs-2.2", sudoWorks: false))
        .contains("NOPASSWD"))
    #expect(
      words(ProvedHost(system: "Linux", user: "bob", zfsVersion: "zfs-2.2", sudoWorks: nil))
        .contains("zfs allow"))
    #expect(
      words(
        ProvedHost(
          system: "Linux", user: "root", zfsVersion: "z", sudoWorks: nil, clockSkew: -7_200)
      ).contains("2 h 0 min"))
  }
}
