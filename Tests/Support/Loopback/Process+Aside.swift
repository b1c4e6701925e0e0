public import Foundation
import Glibc

extension Process {
  /// Starts a server of a test, with nothing of the tests' own in its hands.
  ///
  /// Who waits for the end of the tests' output waits for all who hold it. Threads of the runtime
  /// block all signals, and a child inherits that: it could not be ended, and dropbear would never
  /// hear that a command has.
  public func runAside() throws {
    standardInput = FileHandle.nullDevice
    standardOutput = FileHandle.nullDevice
    standardError = FileHandle.nullDevice
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }

  /// For a shell: succeeds while this program runs, also where nobody takes note of its end.
  public static let testsAlive = "readlink /proc/\(getpid())/exe >/dev/null"
}
