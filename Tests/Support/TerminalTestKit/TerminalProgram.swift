import Glibc
public import TerminalCore

/// A program that runs on a terminal of its own, as if a person sat in front of it.
public final class TerminalProgram {
  public let terminal: PseudoTerminal
  /// The settings of the line before the program could change them.
  public let settingsBefore: [UInt8]
  private let process: pid_t
  private var status: Int32?
  private var mark = 0

  /// Starts a program as the leader of a session on a new terminal.
  ///
  /// The environment is this process's own with `environment` laid over it; an empty value removes
  /// a variable.
  public init(
    _ program: String, _ arguments: [String] = [], term: String = "xterm-256color",
    size: Size = Size(columns: 80, rows: 24), environment: [String: String] = [:]
  ) throws {
    terminal = try PseudoTerminal(size: size)
    settingsBefore = terminal.settings
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A session leader that opens a terminal gets it as its controlling one.
    posix_spawn_file_actions_addopen(&actions, 0, terminal.path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    // A pipe of a test beside this one would never end while the program holds it, nor would its
    // sshd, which Foundation watches through a socket that every child inherits.
    for descriptor in CInt(3)..<1024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // POSIX_SPAWN_SETSID, SETSIGDEF and SETSIGMASK; the C library hides the first.
    posix_spawnattr_setflags(&attributes, 0x80 | 0x04 | 0x08)
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    var started: pid_t = 0
    let code = Self.withCStrings([program] + arguments) { argv in
      Self.withCStrings(Self.variables(term, environment)) { envp in
        posix_spawn(&started, program, &actions, &attributes, argv, envp)
      }
    }
    guard code == 0 else { throw PseudoTerminal.Refused(call: "posix_spawn", code: code) }
    process = started
  }

  deinit {
    if exitStatus(seconds: 0) == nil {
      Glibc.kill(process, SIGKILL)
      _ = exitStatus(seconds: 5)
    }
  }

  /// What is on the screen, as text.
  public var screen: String {
    while terminal.read(milliseconds: 0) {}
    return terminal.picture.text
  }

  /// Presses keys one after the other, as fast as a person could, so that none is taken for a paste.
  public func press(_ keys: Key...) {
    for key in keys {
      terminal.send(KeyScript.bytes(key))
      settle(milliseconds: 15)
    }
  }

  /// Types a text, a key at a time.
  public func type(_ text: String) {
    for character in text { press(character == " " ? .space : .character(character)) }
  }

  /// Waits until a text is on the screen; returns whether it came.
  public func wait(for text: String, seconds: Double = 10) -> Bool {
    wait(seconds: seconds) { $0.text.contains(text) }
  }

  /// Waits until the picture is as wanted; returns whether it came to be.
  public func wait(seconds: Double = 10, until isThere: (MiniTerminal) -> Bool) -> Bool {
    let end = Self.now() + seconds
    repeat {
      if isThere(terminal.picture) { return true }
      terminal.read(milliseconds: 20)
    } while Self.now() < end
    return isThere(terminal.picture)
  }

  /// Reads until nothing has come for so long.
  public func settle(milliseconds: Int32 = 150) {
    while terminal.read(milliseconds: milliseconds) {}
  }

  /// How many bytes came since the last call.
  public func countBytes() -> Int {
    settle()
    defer { mark = terminal.bytes.count }
    return terminal.bytes.count - mark
  }

  public func signal(_ number: Int32) { Glibc.kill(process, number) }

  /// Whether the program is stopped, as by Ctrl-Z.
  public func isStopped(seconds: Double = 5) -> Bool {
    let end = Self.now() + seconds
    repeat {
      var raw: Int32 = 0
      if waitpid(process, &raw, WNOHANG | WUNTRACED) == process {
        if raw & 0xFF == 0x7F { return true }
        status = raw
        return false
      }
      terminal.read(milliseconds: 10)
    } while Self.now() < end
    return false
  }

  /// How it ended: the exit code, or minus the signal; nil while it runs after so many seconds.
  public func exitStatus(seconds: Double = 10) -> Int32? {
    let end = Self.now() + seconds
    while status == nil {
      var raw: Int32 = 0
      if waitpid(process, &raw, WNOHANG) == process { status = raw }
      if status == nil, Self.now() >= end { return nil }
      if status == nil { terminal.read(milliseconds: 10) }
    }
    while terminal.read(milliseconds: 20) {}
    return status.map { $0 & 0x7F == 0 ? ($0 >> 8) & 0xFF : -($0 & 0x7F) }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func variables(_ term: String, _ changes: [String: String]) -> [String] {
    var all: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1)
      if let name = parts.first { all[String(name)] = parts.count > 1 ? String(parts[1]) : "" }
      entry += 1
    }
    for name in ["LINES", "COLUMNS", "ESCDELAY", "NO_COLOR", "ACCESSIBLE"] { all[name] = nil }
    all["TERM"] = term
    all["LC_ALL"] = "C.UTF-8"
    for (name, value) in changes { all[name] = value.isEmpty ? nil : value }
    return all.map { "\($0.key)=\($0.value)" }
  }

  private static func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
