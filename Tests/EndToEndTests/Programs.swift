import Foundation
import Glibc

/// What a program printed and how it ended.
struct Ended {
  var status: Int32
  var output: String
  var errors: String
}

/// The built programs, and the running of them.
enum Programs {
  /// The folder that holds the test program, and beside it `zferry` and `zfs-sandbox`.
  static let folder: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: own).deletingLastPathComponent().path
  }()

  static var zferry: String { "\(folder)/zferry" }
  static var sandbox: String { "\(folder)/zfs-sandbox" }

  /// A program that has been started, with its outputs going to files.
  final class Started: @unchecked Sendable {
    let process = Process()
    private let output: URL
    private let errors: URL

    init(
      _ program: String, _ arguments: [String], environment: [String: String], in folder: String,
      input: String? = nil
    ) throws {
      let name = UUID().uuidString
      output = URL(filePath: "\(folder)/\(name).out")
      errors = URL(filePath: "\(folder)/\(name).err")
      for file in [output, errors] { try Data().write(to: file) }
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      process.environment = environment
      let pipe = input.map { _ in Pipe() }
      process.standardInput = pipe ?? FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      if let input { try pipe?.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
      try pipe?.fileHandleForWriting.close()
    }

    var printed: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func wait() -> Ended {
      process.waitUntilExit()
      let told = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
      return Ended(
        status: process.terminationReason == .uncaughtSignal ? -1 : process.terminationStatus,
        output: printed, errors: told)
    }
  }

  static func run(
    _ program: String, _ arguments: [String], environment: [String: String], in folder: String
  ) throws -> Ended {
    try Started(program, arguments, environment: environment, in: folder).wait()
  }
}
