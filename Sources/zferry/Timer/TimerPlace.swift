internal import Foundation
internal import ReplicationEngine
internal import ZferryApp

/// Puts the timer's files in place, and takes them away. What zferry did not write is left alone.
struct TimerPlace {
  let timer: TimerFiles
  /// In front of each path; empty where it is for real.
  let root: String
  private let files = FileManager.default

  init(root: String, isUser: Bool, arguments: [String], environment: [String: String])
    throws(Failure)
  {
    self.root = root
    let hasSystemd = FileManager.default.fileExists(atPath: "\(root)/run/systemd/system")
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "zferry"
    let kind: TimerFiles.Kind
    let folder: String
    if isUser {
      guard hasSystemd else { throw Failure("timer.user", subject: "\(root)/run/systemd/system") }
      let home = environment["HOME"] ?? "/"
      kind = .systemdUser
      folder = "\(root)\(environment["XDG_CONFIG_HOME"] ?? "\(home)/.config")/systemd/user"
    } else if hasSystemd {
      kind = .systemd
      folder = "\(root)/etc/systemd/system"
    } else {
      kind = .cron
      folder = "\(root)/etc/cron.d"
      guard !root.isEmpty || FileManager.default.fileExists(atPath: folder) else {
        throw Failure("timer.nowhere", subject: folder)
      }
    }
    timer = TimerFiles(
      kind: kind, folder: folder, command: [program, "tick"] + arguments,
      searchPath: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
  }

  /// The file's text; nil where there is none.
  func text(_ path: String) -> String? {
    files.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  func isOurs(_ path: String) -> Bool { text(path)?.hasPrefix(TimerFiles.mark) ?? false }

  /// Throws where one of the files is there and somebody else's: before any of them is touched.
  func requireOurs() throws(Failure) {
    for file in timer.files where text(file.path) != nil && !isOurs(file.path) {
      throw Failure("timer.foreign", subject: file.path)
    }
  }

  func install() throws {
    try requireOurs()
    for file in timer.files { try write(file) }
    try call(timer.commands(installing: true))
  }

  /// Says whether anything was there.
  func remove() throws -> Bool {
    try requireOurs()
    let there = timer.files.filter { text($0.path) != nil }
    guard !there.isEmpty else { return false }
    try call(timer.commands(installing: false))
    for file in there { try wrapped(file.path) { try files.removeItem(atPath: file.path) } }
    return true
  }

  /// Beside the file, and renamed over it: cron and systemd never read half of one.
  private func write(_ file: TimerFiles.File) throws {
    try wrapped(file.path) {
      try files.createDirectory(atPath: timer.folder, withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: URL(filePath: file.path), options: .atomic)
      try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    }
  }

  private func wrapped(_ path: String, _ body: () throws -> Void) throws(StoreError) {
    do { try body() } catch {
      let code = (error as? CocoaError)?.code
      let isDenied = code == .fileWriteNoPermission || code == .fileWriteVolumeReadOnly
      throw StoreError(
        isDenied ? .permission : .system, subject: path,
        detail: isDenied ? "" : error.localizedDescription)
    }
  }

  /// Below a folder for tests there is no systemd to call.
  private func call(_ commands: [[String]]) throws {
    guard root.isEmpty else { return }
    for words in commands {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = words
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let said = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw Failure(
          "timer.systemctl", subject: words.joined(separator: " "),
          detail: String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines))
      }
    }
  }
}
