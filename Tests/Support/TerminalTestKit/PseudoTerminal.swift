import Glibc
public import TerminalCore

/// Both ends of a pseudo-terminal, and the picture of what was written to it.
public final class PseudoTerminal {
  /// A call of the system that was refused.
  public struct Refused: Error {
    public let call: String
    public let code: Int32
  }

  public let path: String
  public private(set) var picture: MiniTerminal
  /// All that programs have written.
  public private(set) var bytes: [UInt8] = []
  private var master: Int32
  /// Held open, so that the settings outlive the program and can be looked at.
  private var own: Int32

  public init(size: Size) throws {
    // As posix_openpt, grantpt, unlockpt and ptsname do it, which the module of the C library hides.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    guard master >= 0 else { throw Refused(call: "open /dev/ptmx", code: errno) }
    var isLocked: Int32 = 0
    var number: UInt32 = 0
    guard ioctl(master, UInt(0x4004_5431), &isLocked) == 0,
      ioctl(master, UInt(0x8004_5430), &number) == 0
    else { throw Refused(call: "ioctl TIOCSPTLCK, TIOCGPTN", code: errno) }
    path = "/dev/pts/\(number)"
    own = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard own >= 0 else { throw Refused(call: "open", code: errno) }
    picture = MiniTerminal(size: Size(columns: max(1, size.columns), rows: max(1, size.rows)))
    setSize(size)
  }

  deinit { hangUp() }

  /// Cuts the line, as a lost connection does.
  public func hangUp() {
    for descriptor in [master, own] where descriptor >= 0 { close(descriptor) }
    master = -1
    own = -1
  }

  /// Another size, which the kernel tells the program of.
  public func resize(_ size: Size) {
    picture.resize(size)
    setSize(size)
  }

  /// Another size of the picture alone: what a serial line has, whose kernel knows of none.
  public func resizePicture(_ size: Size) { picture.resize(size) }

  private func setSize(_ size: Size) {
    var window = winsize(
      ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
  }

  /// Sends what a keyboard would.
  public func send(_ bytes: [UInt8]) {
    write(master, bytes, bytes.count)
  }

  /// The settings of the line: equal before and after a program that behaves.
  public var settings: [UInt8] {
    var settings = termios()
    guard tcgetattr(own, &settings) == 0 else { return [] }
    return withUnsafeBytes(of: settings) { Array($0) }
  }

  /// Reads what has come, for up to so long; returns whether anything has.
  @discardableResult
  public func read(milliseconds: Int32) -> Bool {
    guard master >= 0 else { return false }
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    picture.feed(buffer[..<count])
    return true
  }
}
