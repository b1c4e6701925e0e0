internal import ReplicationModel

extension YAMLMapping {
  /// Who is told; without `on`, of what is usual.
  mutating func notify(_ key: String) -> Notify? {
    guard var inner = mapping(key) else { return nil }
    var notify = Notify()
    notify.on = inner.choices("on", Notify.Event.self) ?? notify.on
    notify.lagHours = inner.int("lag_hours")
    notify.mail = inner.texts("mail") ?? []
    notify.command = inner.texts("command") ?? []
    notify.ping = inner.text("ping").map(Secret.init)
    absorb(inner)
    return notify
  }
}

extension YAMLWriter {
  mutating func notify(_ key: String, _ notify: Notify?) {
    guard let notify else { return }
    var inner = YAMLWriter()
    inner.list("on", notify.on.map(\.rawValue))
    inner.int("lag_hours", notify.lagHours)
    inner.texts("mail", notify.mail)
    inner.texts("command", notify.command)
    inner.text("ping", notify.ping?.revealed)
    block(key, inner)
  }
}
