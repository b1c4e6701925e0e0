import FormKit
import ReplicationModel

extension FieldSpec {
  /// Who is told how the task fares, and of what.
  static let advancedNotify: [FieldSpec] = [
    told(
      "mail", "Mail to", "Addresses that get a mail, as ops@example.org, root.",
      .text(\.advanced.form.notify.mail)),
    told(
      "command", "Command", "A program to run, as /usr/local/bin/tell, --loud.",
      .text(\.advanced.form.notify.command)),
    told(
      "ping", "Ping URL", "An address that hears of each run, as https://hc.example.org/a1b2.",
      .text(\.advanced.form.notify.ping, refuses: Refusal.space)),
    event(
      .failure, "Tell of failures", "Each run that fails, is refused, or leaves something out."),
    event(.recovered, "Tell of recovery", "The first run that does well after one that did not."),
    event(.success, "Tell of each success", "Each run that leaves the copy up to date."),
    event(.lag, "Tell of lag", "When the copy falls further behind than the limit below."),
    told(
      "lag_hours", "Lag limit in hours", "How old the copy's newest snapshot may be, as 26.",
      .text(\.advanced.form.notify.lagHours, refuses: Refusal.notDigit), columns: 6),
  ]

  private static func told(
    _ part: String, _ label: String, _ help: String, _ kind: Kind, columns: Int? = nil
  ) -> FieldSpec {
    FieldSpec(
      id: FocusID("advanced.notify.\(part)"), label: label, help: help,
      paths: ["notify", "notify.\(part)"], kind: kind, columns: columns)
  }

  private static func event(_ event: Notify.Event, _ label: String, _ help: String) -> FieldSpec {
    FieldSpec(
      id: FocusID("advanced.notify.\(event.rawValue.lowercased())"), label: label, help: help,
      paths: ["notify.on", "notify"],
      kind: .check(
        get: { $0.advanced.form.notify.on.contains(event) },
        set: { state, isWanted in
          if isWanted {
            state.advanced.form.notify.on.insert(event)
          } else {
            state.advanced.form.notify.on.remove(event)
          }
        }))
  }
}
