internal import CLinux
import Glibc
import TerminalCore

/// What ended a wait for the terminal.
public enum TerminalEvent: Hashable, Sendable {
  /// Keys may be waiting.
  case keys
  /// `Waker.wake` was called.
  case woken
  /// The terminal has another size, or what it showed is gone.
  case resized
  /// The terminal is gone, or a signal asks the program to end.
  case hangUp
}

/// Ends a wait, from any thread.
public final class Waker: Sendable {
  let descriptor: Int32

  public init() throws(TerminalProblem) {
    descriptor = eventfd(0, O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno) }
  }

  public func wake() {
    var one: UInt64 = 1
    write(descriptor, &one, 8)
  }

  func drain() {
    var count: UInt64 = 0
    read(descriptor, &count, 8)
  }

  deinit { close(descriptor) }
}

/// Waits on the keyboard, the signals and the waker at once. To be used on the terminal's thread.
public final class TerminalEvents {
  private let terminal: CursesTerminal
  private let waker: Waker

  public init(_ terminal: CursesTerminal, _ waker: Waker) {
    self.terminal = terminal
    self.waker = waker
  }

  /// Returns as soon as something is there, and after `seconds` at the latest; nil waits for ever.
  ///
  /// A stop by Ctrl-Z happens in here: it ends as `.resized`, when the program goes on.
  public func wait(seconds: Double?) -> Set<TerminalEvent> {
    guard terminal.reader.isEmpty else { return [.keys] }
    var polled = [terminal.options.input, CrashGuard.signals, waker.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let milliseconds = seconds.map { Int32(max(0, min($0 * 1000, 2_000_000_000)).rounded(.up)) }
    let count = poll(&polled, nfds_t(polled.count), milliseconds ?? -1)
    var events: Set<TerminalEvent> = []
    // A signal interrupts the poll; its byte is in the pipe all the same.
    if count < 0 { polled[1].revents = Int16(POLLIN) }
    if polled[0].revents != 0 { events.insert(isGone(polled[0]) ? .hangUp : .keys) }
    if polled[1].revents & Int16(POLLIN) != 0 { events.formUnion(signals()) }
    if polled[2].revents != 0 {
      waker.drain()
      events.insert(.woken)
    }
    return events
  }

  /// Whether no key will ever come again: a line that was cut, or the end of input.
  private func isGone(_ polled: pollfd) -> Bool {
    if polled.revents & Int16(POLLERR | POLLNVAL) != 0 { return true }
    var waiting: Int32 = 0
    guard ioctl(polled.fd, UInt(FIONREAD), &waiting) == 0 else { return false }
    return waiting == 0
  }

  private func signals() -> Set<TerminalEvent> {
    var events: Set<TerminalEvent> = []
    var number: UInt8 = 0
    while read(CrashGuard.signals, &number, 1) == 1 {
      switch Int32(number) {
      case SIGINT:
        terminal.reader.insert(.ctrl("c"))
        events.insert(.keys)
      case SIGWINCH:
        terminal.measure()
        events.insert(.resized)
      case SIGTSTP:
        terminal.suspend()
        events.insert(.resized)
      case SIGCONT:
        terminal.resume()
        events.insert(.resized)
      default: events.insert(.hangUp)
      }
    }
    return events
  }
}
