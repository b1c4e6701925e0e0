internal import CLinux
internal import Glibc
public import ReplicationEngine
internal import ReplicationModel
internal import Subprocess
internal import SystemPackage

/// Starts programs on this machine that tell somebody something.
///
/// Input and outputs are files in memory: whatever a program, or a child it leaves behind, does with
/// them, nobody waits for anything but its end.
public struct LocalNotifier: NotifierPort {
  private let paths: ToolPaths
  private let limit: Duration

  /// `searchPath` is where programs without a path are looked for first; the environment's by default.
  public init(searchPath: String? = nil, limitSeconds: Int = Delivery.limit) {
    paths = ToolPaths(searchPath: searchPath ?? getenv("PATH").map { String(cString: $0) })
    limit = .seconds(limitSeconds)
  }

  public var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "this host" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  public func deliver(_ delivery: Delivery) async -> String? {
    let path = delivery.program.hasPrefix("/") ? delivery.program : paths[delivery.program]
    guard let path else { return "\(delivery.program) is not installed" }
    guard let input = MemoryFile(delivery.input), let output = MemoryFile("") else {
      return String(cString: strerror(errno))
    }
    do {
      let status = try await status(of: delivery, at: path, input, output)
      guard case .exited(0) = status else {
        let said = output.text.split(whereSeparator: \.isNewline).prefix(3).joined(separator: "; ")
        return Self.withheld("\(Self.words(status))\(said.isEmpty ? "" : ": \(said)")", delivery)
      }
      return nil
    } catch is CancellationError {
      return "it was stopped"
    } catch is OverLimit {
      return "it took longer than \(limit.components.seconds) seconds, and was ended"
    } catch {
      return "\(path) cannot be started"
    }
  }

  private struct OverLimit: Error {}

  /// Its end, or `OverLimit` once it and its process group are ended.
  private func status(
    of delivery: Delivery, at path: String, _ input: MemoryFile, _ output: MemoryFile
  ) async throws -> TerminationStatus {
    let settings = configuration(delivery, path)
    let limit = limit
    return try await withThrowingTaskGroup(of: TerminationStatus?.self) { group in
      group.addTask {
        try await Subprocess.run(
          settings, input: .fileDescriptor(input.descriptor, closeAfterSpawningProcess: false),
          output: .fileDescriptor(output.descriptor, closeAfterSpawningProcess: false),
          error: .fileDescriptor(output.descriptor, closeAfterSpawningProcess: false)
        ).terminationStatus
      }
      group.addTask {
        try await Task.sleep(for: limit)
        return nil
      }
      let first = try await group.next() ?? nil
      group.cancelAll()
      guard let first else { throw OverLimit() }
      return first
    }
  }

  private func configuration(_ delivery: Delivery, _ path: String) -> Configuration {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      // At once, and with all that it has started.
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(1))
    ]
    var environment: [Environment.Key: String?] = [:]
    for (name, value) in delivery.environment {
      if let key = Environment.Key(rawValue: name) {
        environment[key] = value.filter { $0 != "\0" }
      }
    }
    return Configuration(
      executable: .path(FilePath(path)), arguments: Arguments(delivery.arguments),
      environment: .inherit.updating(environment), platformOptions: options)
  }

  private static func words(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "it ended with \(code)"
    case .signaled(let signal): "it was ended by signal \(signal)"
    }
  }

  private static func withheld(_ text: String, _ delivery: Delivery) -> String {
    guard let secret = delivery.secret?.revealed, !secret.isEmpty else { return text }
    var rest = text[...]
    var result = ""
    while let found = rest.firstRange(of: secret) {
      result += rest[..<found.lowerBound] + "…"
      rest = rest[found.upperBound...]
    }
    return result + rest
  }
}

/// A file that has no name and is gone with its last descriptor.
private final class MemoryFile: Sendable {
  let descriptor: FileDescriptor

  init?(_ text: String) {
    let number = memfd_create("notice", 1)
    guard number >= 0 else { return nil }
    descriptor = FileDescriptor(rawValue: number)
    guard (try? descriptor.writeAll(Array(text.utf8))) != nil,
      (try? descriptor.seek(offset: 0, from: .start)) != nil
    else { return nil }
  }

  /// What stands in it, as far as anybody reads it.
  var text: String {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = bytes.withUnsafeMutableBytes {
      pread(descriptor.rawValue, $0.baseAddress, 4_096, 0)
    }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  deinit { try? descriptor.close() }
}
