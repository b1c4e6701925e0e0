import Foundation
import Glibc
import Loopback

extension TestServer {
  static func run(_ program: String, _ arguments: [String], input: String = "") throws {
    let process = Process()
    let pipe = Foundation.Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  static func output(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let pipe = Foundation.Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  static func temporaryFolder() throws -> String {
    var template = Array("/tmp/zferry-ssh-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw CocoaError(.fileWriteUnknown) }
    let folder = String(cString: made)
    chmod(folder, 0o755)
    return folder
  }
}

/// Something that listens and is no sshd: says its text over and over to each who connects.
final class Impostor {
  let port: Int
  private let listener: CInt

  /// Sends the text so many times; then the line is held, or closed.
  init(_ text: [UInt8], repeating: Int = 1, closes: Bool = false) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    port = Loopback.bind(listener)
    listen(listener, 8)
    Thread.detachNewThread {
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        Thread.detachNewThread {
          var count = 0
          while count < repeating, !text.isEmpty,
            send(client, text, text.count, Int32(MSG_NOSIGNAL)) > 0
          {
            count += 1
          }
          var byte: UInt8 = 0
          while !closes, read(client, &byte, 1) > 0 {}
          close(client)
        }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
