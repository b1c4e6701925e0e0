import Foundation
import Glibc

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

  static func freePort() -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    return Loopback.bind(descriptor)
  }

  static func answers(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    return Loopback.with(port) { connect(descriptor, $0, $1) == 0 }
  }
}

/// Addresses on 127.0.0.1.
enum Loopback {
  static func with<Result>(
    _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  /// Binds to a port that is free, and tells which.
  static func bind(_ descriptor: CInt) -> Int {
    _ = with(0) { Glibc.bind(descriptor, $0, $1) }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
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
