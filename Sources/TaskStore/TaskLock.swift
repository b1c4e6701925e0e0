internal import Glibc
internal import ReplicationEngine

/// A lock by name: held by an open file, so that it is gone with its process, however that ends.
final class TaskLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, or throws `.locked` at once, unless it waits for it.
  init(task: String, in folder: String, waits: Bool = false) throws(StoreError) {
    try AtomicFile.makeFolder(folder, mode: 0o700)
    let path = "\(folder)/\(try FileStore.fileName(task)).lock"
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw AtomicFile.systemError(path) }
    var answer = flock(file, waits ? LOCK_EX : LOCK_EX | LOCK_NB)
    while answer != 0, errno == EINTR { answer = flock(file, LOCK_EX | (waits ? 0 : LOCK_NB)) }
    if answer != 0 {
      let error =
        errno == EWOULDBLOCK
        ? StoreError(.locked, subject: task, detail: Self.holder(path))
        : AtomicFile.systemError(path)
      close(file)
      throw error
    }
    descriptor = file
    // For people: who holds it is said by the lock itself, not by this number.
    let number = Array("\(getpid())\n".utf8)
    ftruncate(file, 0)
    _ = Glibc.write(file, number, number.count)
  }

  /// Whether some process holds it now.
  static func isHeld(task: String, in folder: String) -> Bool {
    guard let name = try? FileStore.fileName(task) else { return false }
    let file = open("\(folder)/\(name).lock", O_RDWR | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_SH | LOCK_NB) != 0
  }

  /// `process 1234`, as far as the lock's file tells.
  private static func holder(_ path: String) -> String {
    guard let text = try? AtomicFile.read(path),
      let number = Int32(text.split(separator: "\n").first ?? "")
    else { return "" }
    return "process \(number)"
  }

  deinit { close(descriptor) }
}
