import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// The rights of a task, and a key that is put in place by hand.
@Suite struct RightsScreenTests {
  func rights(row: Int = 2, _ change: (inout FakeWorld) -> Void = { _ in }) -> Session {
    var session = Session.managed(change)
    session.open(row: row)
    session.push("task.plan")
    session.push("plan.rights")
    return session
  }

  @Test func `both sides are told, and what is typed stands whole on its lines`() {
    let session = rights { $0.library.connections[1].sudo = false }
    let lines = session.screen.list("rights.list")?.rows.map(\.text) ?? []
    #expect(lines.contains("# Source: 203.0.113.9, user replica"))
    #expect(lines.contains("zfs allow -l -u replica send,hold,bookmark,destroy pool/www"))
    #expect(lines.contains("# Destination: this system, user root"))
    #expect(lines.contains("# root may do all of it: nothing to do here."))
    #expect(lines.contains { $0.hasPrefix("restrict,command=\"/bin/sh .ssh/zferry-www\"") })
  }

  @Test func `sudoers lines stand for zfs allow where the connection uses sudo`() {
    let text = rights().state.rightsText
    #expect(text.contains("replica ALL=(root) NOPASSWD: /usr/sbin/zfs ^send"))
    #expect(!text.contains("\nzfs allow"))
  }

  @Test func `proving names what is missing, and what is there`() {
    var session = rights { $0.missingRights = ["hold"] }
    #expect(!session.words.contains("All rights are there."))
    session.push("rights.prove")
    #expect(session.words.contains("1 right missing"))
    #expect(session.words.contains("[!!] hold on pool/www is missing"))
    #expect(session.words.contains("[ok] send on pool/www"))
    session.world.missingRights = []
    session.push("rights.prove")
    #expect(session.words.contains("All rights are there."))
  }

  @Test func `the text is copied, and written out as it is shown`() {
    var session = rights()
    let text = session.state.rightsText
    session.push("rights.copy")
    #expect(session.effects.last == .copy(text))
    session.push("rights.write")
    #expect(session.state.management.entry.text == "www-rights.txt")
    session.push("entry.go")
    #expect(session.world.files == ["www-rights.txt"])
    #expect(session.state.route == .rights)
  }

  @Test func `a failure is told, and can be tried again`() {
    var session = rights { $0.failing["rights"] = Failure("store.notFound", subject: "x") }
    #expect(session.state.rights?.result != nil)
    #expect(session.screen.action("rights.copy") == nil)
    session.push("rights.prove")
    #expect(session.screen.action("rights.copy") != nil)
    session.press(.escape)
    #expect(session.state.rights == nil)
    #expect(session.state.route == .plan)
  }

  @Test func `the review leads to the rights of what was chosen`() {
    var session = AdvancedGallery.atReview()
    session.push("rights")
    #expect(session.state.route == .rights)
    #expect(session.words.contains("Source: this system"))
  }

  @Test func `without a password the key is shown, and the login proved when it is in place`() {
    var session = Session.atPairing()
    session.push("pair.scan")
    session.push("pair.trust")
    session.push("pair.by_hand")
    #expect(session.words.contains("ssh-ed25519 AAAAnew zferry vault.lan"))
    session.push("pair.copy")
    #expect(session.effects.last == .copy("ssh-ed25519 AAAAnew zferry vault.lan"))
    session.world.failing["prove"] = Failure("auth", subject: "vault.lan:22")
    session.push("pair.try")
    #expect(session.words.contains("[EACCES]"))
    session.push("pair.try")
    #expect(session.screen.id == "pairing.proved")
    #expect(session.world.library.connections.map(\.name) == ["vault.lan"])
    #expect(session.world.library.connections.first?.hostKey == ["ssh-ed25519 AAAAC3Nza"])
  }

  @Test func `coming back by hand makes no second key`() {
    var session = Session.atPairing()
    session.push("pair.scan")
    session.push("pair.trust")
    session.push("pair.by_hand")
    session.press(.escape)
    #expect(session.screen.id == "pairing.password")
    session.push("pair.by_hand")
    #expect(session.screen.id == "pairing.by-hand")
    #expect(session.world.library.keys.count == 1)
  }
}
