import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct NotifyScreenTests {
  @Test func `who is told is entered on the advanced screen, and what is wrong is said there`() {
    var session = AdvancedGallery.editing()
    session.push("section.notify")
    #expect(session.state.advanced.raw.notify == nil)
    #expect(session.state.summary(of: .notify) == "nothing set")
    session.tab(to: "advanced.notify.mail")
    session.type("ops@example.org, root")
    session.tab(to: "advanced.notify.recovered")
    session.press(.space)
    session.tab(to: "advanced.notify.lag")
    session.press(.space)
    #expect(session.state.advanced.findings.contains { $0.field == "notify.lag_hours" })
    session.tab(to: "advanced.notify.lag_hours")
    session.type("26")
    var wanted = Notify()
    wanted.on = [.failure, .lag]
    wanted.lagHours = 26
    wanted.mail = ["ops@example.org", "root"]
    #expect(session.state.advanced.task.notify == wanted)
    #expect(!session.state.advanced.findings.contains { $0.field.hasPrefix("notify") })
    #expect(session.state.summary(of: .notify).hasPrefix("ops@example.org, root"))
    session.tab(to: "advanced.notify.ping")
    session.type("ftp://x")
    let finding = session.state.advanced.findings.first { $0.field == "notify.ping" }
    #expect(finding != nil)
    #expect(session.state.advancedHome(of: "notify.ping")?.field.id == "advanced.notify.ping")
    #expect(session.state.advancedHome(of: "notify.mail.0")?.field.id == "advanced.notify.mail")
  }

  @Test func `what stands in a file is what stands on the screen`() {
    var notify = Notify()
    notify.on = [.failure, .success]
    notify.command = ["/usr/local/bin/tell", "a, b", "c\\d"]
    notify.ping = Secret("https://hc.example.org/a")
    #expect(NotifyText(notify).notify == notify)
    #expect(NotifyText(nil).notify == nil)
  }
}
