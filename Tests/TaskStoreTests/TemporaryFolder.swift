import Foundation
import Glibc

@testable import TaskStore

/// A folder that is gone with the test.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/zferry-store-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  var folders: StoreFolders { StoreFolders(config: "\(path)/etc", state: "\(path)/var") }

  func write(_ text: String, to name: String) throws {
    let file = "\(path)/\(name)"
    let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? path
    try AtomicFile.makeFolder(folder, mode: 0o700)
    try AtomicFile.write(text, to: file, mode: 0o600)
  }

  func mode(of name: String) -> mode_t {
    var information = stat()
    stat("\(path)/\(name)", &information)
    return information.st_mode & 0o777
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
