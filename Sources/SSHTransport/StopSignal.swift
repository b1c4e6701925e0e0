internal import CLinux
internal import Glibc
internal import Synchronization

/// Wakes a thread that waits in poll(2), from any other. Once raised it stays raised.
final class StopSignal: Sendable {
  let descriptor = eventfd(0, O_CLOEXEC | O_NONBLOCK)
  private let raised = Atomic<Bool>(false)

  var isRaised: Bool { raised.load(ordering: .acquiring) }

  func raise() {
    raised.store(true, ordering: .releasing)
    var one: UInt64 = 1
    write(descriptor, &one, 8)
  }

  deinit { close(descriptor) }
}

/// What a host has under way, so that closing it ends all of it.
final class OpenWork: Sendable {
  private let signals = Mutex<[ObjectIdentifier: StopSignal]>([:])

  func add(_ stop: StopSignal) { signals.withLock { $0[ObjectIdentifier(stop)] = stop } }
  func remove(_ stop: StopSignal) { signals.withLock { $0[ObjectIdentifier(stop)] = nil } }

  func stopAll() {
    for stop in signals.withLock({ Array($0.values) }) { stop.raise() }
  }
}
