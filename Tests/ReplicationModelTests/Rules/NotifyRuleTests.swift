import ReplicationModel
import Testing

@Suite("Rules of notify")
struct NotifyRuleTests {
  static func codes(_ change: (inout Notify) -> Void) -> [String] {
    var draft = RuleBench.good
    var notify = Notify()
    notify.mail = ["ops@example.org"]
    change(&notify)
    draft.notify = notify
    return RuleBench.findings(draft).map { "\($0.field) \($0.code)" }
  }

  @Test("What can be delivered is accepted")
  func good() {
    #expect(Self.codes { _ in }.isEmpty)
    #expect(Self.codes { $0.mail = ["root", "a.b+c@mail.example.org"] }.isEmpty)
    #expect(Self.codes { $0.command = ["/bin/tell", "$(id)", "-x", ""] }.isEmpty)
    #expect(Self.codes { $0.ping = Secret("http://[::1]:8000/a?b=c") }.isEmpty)
    #expect(Self.codes { ($0.on, $0.lagHours) = ([.lag], 26) }.isEmpty)
    // A ping hears of every run.
    #expect(
      Self.codes {
        $0 = Notify()
        ($0.on, $0.ping) = ([], Secret("https://hc.example/x"))
      }.isEmpty)
  }

  @Test(
    "Addresses that mean more than one receiver are refused",
    arguments: [
      "", "a b@c", "a@b\nBcc: c@d", "a@b,c@d", "<a@b>", "-oQ/tmp", "a@b@c", "@b", "a@", "\"a\"@b",
      "|/bin/sh", "a@b;c",
    ])
  func mail(address: String) {
    #expect(Self.codes { $0.mail = [address] } == ["notify.mail.0 notify.mail"])
  }

  @Test(
    "Addresses that are not of the web are refused",
    arguments: [
      "", "ftp://x", "file:///etc/passwd", "https://", "https:///x", "https://x y", "https://x\n",
      "https://x\"", "HTTPS", "https://ü",
    ])
  func ping(address: String) {
    #expect(Self.codes { $0.ping = Secret(address) } == ["notify.ping notify.ping"])
  }

  @Test("The rest that cannot be meant")
  func rest() {
    #expect(Self.codes { $0 = Notify() } == ["notify notify.nobody"])
    #expect(Self.codes { $0.on = [] } == ["notify.on notify.nothing"])
    #expect(Self.codes { $0.on = [.failure, .failure] } == ["notify.on notify.twice"])
    #expect(Self.codes { $0.command = ["tell"] } == ["notify.command.0 notify.command"])
    #expect(Self.codes { $0.command = ["/a", "b\0c"] } == ["notify.command notify.command"])
    #expect(Self.codes { $0.on = [.lag] } == ["notify.lag_hours notify.lag_required"])
    #expect(Self.codes { $0.lagHours = 3 } == ["notify.lag_hours notify.lag_needless"])
    #expect(
      Self.codes { ($0.on, $0.lagHours) = ([.lag], 0) } == ["notify.lag_hours notify.lag_range"])
  }
}
