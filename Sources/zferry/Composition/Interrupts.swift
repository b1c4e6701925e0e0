internal import Dispatch
internal import Glibc
internal import Synchronization

/// Ctrl-C and SIGTERM as a wish to stop: the first ends the work in order, the second at once.
final class Interrupts {
  private var sources: [any DispatchSourceSignal] = []

  /// Calls `stop` with the first signal, from another thread.
  init(_ stop: @escaping @Sendable () -> Void) {
    let seen = SignalCount()
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler {
        if seen.isFirst() {
          stop()
        } else {
          exit(ExitStatus.stopped.rawValue)
        }
      }
      source.resume()
      sources.append(source)
    }
  }

  deinit { for source in sources { source.cancel() } }
}

private final class SignalCount: Sendable {
  private let count = Mutex(0)

  func isFirst() -> Bool {
    count.withLock {
      $0 += 1
      return $0 == 1
    }
  }
}

/// Runs `body` as a task that a signal cancels.
func interruptible<Value: Sendable>(
  _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let work = Task { try await body() }
  let interrupts = Interrupts { work.cancel() }
  defer { withExtendedLifetime(interrupts) {} }
  return try await work.value
}
