internal import Glibc
internal import ReplicationEngine

/// A client that runs beside us, with its standard error at our end of a pipe. Used on one thread.
final class ClientProcess: @unchecked Sendable {
  private let process: pid_t
  private let errors: CInt
  private var heard = ErrorText()
  private var status: CInt?

  /// Starts it, in a session of its own: what the terminal's keys end is not a stream of ours.
  init(_ words: [String], input: CInt, output: CInt) throws(HostError) {
    let ends = try LocalPipe.ends()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (ours, theirs) in [(input, CInt(0)), (output, 1), (ends.writing, 2)] {
      posix_spawn_file_actions_adddup2(&actions, ours, theirs)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // No signal is blocked or ignored in it because some thread of ours does so.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let ownSession: CInt = 0x80  // POSIX_SPAWN_SETSID, which Glibc's module leaves out.
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | ownSession))
    var arguments = words.map { strdup($0) } + [nil]
    let settings: [String] = ["LC_ALL=C", "SHELL=/bin/sh", "PATH=/usr/local/bin:/usr/bin:/bin"]
    var environment = settings.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var child: pid_t = 0
    let failed = posix_spawn(&child, words[0], &actions, &attributes, &arguments, &environment)
    close(ends.writing)
    guard failed == 0 else {
      close(ends.reading)
      throw HostError(
        .system, subject: words[0], errno: failed, detail: String(cString: strerror(failed)))
    }
    process = child
    errors = ends.reading
    _ = fcntl(errors, F_SETFL, O_NONBLOCK)
  }

  deinit {
    end()
    close(errors)
  }

  /// What it said so far, and what was told by our line, also of a packer.
  var said: (text: String, told: Int32?, filter: Int32?) { heard.end }

  /// Waits until it has said a text, which is then forgotten with all before it. False where it ended
  /// instead, or the time is up, or it was stopped.
  func says(_ text: String, until deadline: Deadline, _ stop: StopSignal) -> Bool {
    while true {
      if heard.forget(through: text) { return true }
      guard !stop.isRaised, !deadline.hasPassed, listen(deadline.milliseconds, stop) else {
        return false
      }
    }
  }

  /// Waits for its end, and tells the status. Once stopped it is ended.
  func wait(_ stop: StopSignal) -> CInt {
    while !stop.isRaised, listen(-1, stop) {}
    if stop.isRaised { end() }
    return reap()
  }

  /// Takes what it says; false where its end is near: it has closed standard error.
  private func listen(_ milliseconds: CInt, _ stop: StopSignal) -> Bool {
    var waiting = [
      pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    poll(&waiting, 2, milliseconds)
    return withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 16) { buffer in
      while true {
        let count = read(errors, buffer.baseAddress, buffer.count)
        if count > 0 {
          heard.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
          return false
        } else if errno == EAGAIN {
          return true
        }
      }
    }
  }

  /// Ends it: asks, and after two seconds insists.
  private func end() {
    guard status == nil else { return }
    kill(process, SIGTERM)
    let deadline = Deadline(seconds: 2)
    while !isGone, !deadline.hasPassed { usleep(5_000) }
    guard status == nil else { return }
    kill(process, SIGKILL)
    _ = reap()
  }

  private var isGone: Bool {
    var ended: CInt = 0
    if waitpid(process, &ended, WNOHANG) == process { status = ended }
    return status != nil
  }

  private func reap() -> CInt {
    var ended: CInt = 0
    while status == nil {
      if waitpid(process, &ended, 0) == process || errno != EINTR { status = ended }
    }
    return status ?? 0
  }
}
