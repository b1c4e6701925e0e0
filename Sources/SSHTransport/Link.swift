internal import CSSH2
internal import Glibc

/// What goes through libssh2's hands on its way in, and how much of it may.
///
/// libssh2 reads a greeting line by line for as long as lines come, and each packet that it has no
/// use for stays in its queue. Until a host is known, both are bounded here: by time, and by bytes.
final class Link {
  /// A greeting, a key exchange and a login are some 10 KiB; banners of lawyers are longer.
  private static let mostBeforeLogin = 1 << 20
  /// As much of the beginning as holds the greeting and what the host offers.
  private static let longestBeginning = 16 << 10

  /// What the host said first, in the clear.
  private(set) var beginning: [UInt8] = []
  private(set) var isFlooded = false
  /// The answers to a host's questions while a password login runs.
  var answers: LoginAnswers?
  private var isTrusted = false
  private var deadline: Deadline
  private var count = 0

  init(deadline: Deadline) { self.deadline = deadline }

  /// After the login the bounds are those of the commands.
  func trust() { isTrusted = true }

  func allow(until deadline: Deadline) { self.deadline = deadline }

  /// Takes the place of recv(2) in a session whose `abstract` points to this.
  func install(in session: OpaquePointer) {
    libssh2_session_abstract(session)?.pointee = Unmanaged.passUnretained(self).toOpaque()
    typealias Receive =
      @convention(c) (
        CInt, UnsafeMutableRawPointer?, Int, CInt, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
      ) -> Int
    let receive: Receive = { socket, buffer, length, flags, abstract in
      guard let place = abstract?.pointee else { return Int(-EAGAIN) }
      return Link.at(place).receive(socket, buffer, length, flags)
    }
    libssh2_session_callback_set(
      session, LIBSSH2_CALLBACK_RECV, unsafeBitCast(receive, to: UnsafeMutableRawPointer.self))
  }

  static func at(_ place: UnsafeMutableRawPointer) -> Link {
    Unmanaged<Link>.fromOpaque(place).takeUnretainedValue()
  }

  private func receive(
    _ socket: CInt, _ buffer: UnsafeMutableRawPointer?, _ length: Int, _ flags: CInt
  ) -> Int {
    if !isTrusted {
      if count >= Self.mostBeforeLogin { isFlooded = true }
      if isFlooded || deadline.hasPassed { return Int(-EAGAIN) }
    }
    let received = recv(socket, buffer, length, flags)
    if received < 0 { return Int(-errno) }
    if !isTrusted {
      count += received
      if let buffer, beginning.count < Self.longestBeginning {
        beginning += UnsafeRawBufferPointer(start: buffer, count: received)
      }
    }
    return received
  }
}
