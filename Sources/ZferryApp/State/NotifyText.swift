import ReplicationModel

/// Who is told, as it is marked and typed on the advanced screen.
struct NotifyText: Hashable, Sendable {
  var on: Set<Notify.Event>
  var lagHours: String
  var mail: String
  var command: String
  var ping: String

  init(_ notify: Notify?) {
    let notify = notify ?? Notify()
    on = Set(notify.on)
    lagHours = notify.lagHours.map { "\($0)" } ?? ""
    mail = ListText.join(notify.mail)
    command = ListText.join(notify.command)
    ping = notify.ping?.revealed ?? ""
  }

  /// What was entered; nil where it is nothing.
  var notify: Notify? {
    guard self != NotifyText(nil) else { return nil }
    var notify = Notify()
    notify.on = Notify.Event.allCases.filter(on.contains)
    notify.lagHours = lagHours.isEmpty ? nil : Int(lagHours) ?? .max
    notify.mail = ListText.split(mail)
    notify.command = ListText.split(command)
    notify.ping = ping.isEmpty ? nil : Secret(ping)
    return notify
  }
}
