internal import Glibc
public import ReplicationEngine

/// Listings in the state folder, a file for each side of a task. They may be deleted at any time.
public struct ListingFiles: ListingMemoryPort {
  private let folder: String

  public init(_ folders: StoreFolders) { folder = folders.listings }

  public func listing(_ name: String) -> [UInt8]? {
    let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var about = stat()
    guard fstat(descriptor, &about) == 0, about.st_size > 0 else { return nil }
    return [UInt8](unsafeUninitializedCapacity: Int(about.st_size)) { buffer, count in
      while count < buffer.count {
        let more = read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if more <= 0 { break }
        count += more
      }
    }
  }

  /// Without a sync: what a power cut tears has a checksum that says so.
  public func keep(_ bytes: [UInt8], as name: String) {
    guard (try? AtomicFile.makeFolder(folder, mode: 0o700)) != nil else { return }
    let part = "\(folder)/\(name).\(getpid()).part"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let isWritten = (try? AtomicFile.writeAll(bytes, to: descriptor, path: part)) != nil
    close(descriptor)
    guard isWritten, rename(part, "\(folder)/\(name)") == 0 else {
      unlink(part)
      return
    }
  }
}
