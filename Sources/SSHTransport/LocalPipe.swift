internal import CLinux
internal import Glibc
internal import ReplicationEngine

/// Pipes that no child inherits.
enum LocalPipe {
  /// As large as the system allows, for fewer wake-ups on both sides.
  static func ends(isLarge: Bool = false) throws(HostError) -> (reading: CInt, writing: CInt) {
    var ends: [CInt] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      throw HostError(
        .system, subject: "pipe", errno: errno, detail: String(cString: strerror(errno)))
    }
    if isLarge { _ = fcntl(ends[1], CInt(LINUX_F_SETPIPE_SZ), 1 << 20) }
    return (ends[0], ends[1])
  }

  /// Moves so many bytes from pipe to pipe, page by page. False where they ended before that, or nobody
  /// reads any more.
  static func move(_ length: Int, from source: CInt, to target: CInt) -> Bool {
    var left = length
    while left > 0 {
      let count = splice(source, nil, target, nil, left, UInt32(LINUX_SPLICE_F_MOVE))
      if count > 0 {
        left -= count
      } else if count == 0 || errno != EINTR {
        return false
      }
    }
    return true
  }
}
