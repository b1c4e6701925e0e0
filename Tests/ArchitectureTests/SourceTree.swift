import Foundation

/// The repository as files, for the tests that read it.
enum SourceTree {
  static let root: URL = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder
  }()

  struct File {
    /// Relative to the repository.
    var path: String
    var text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// `ReplicationModel` of `Sources/ReplicationModel/Names/GUID.swift`.
    var target: String { String(path.split(separator: "/")[1]) }
  }

  /// All Swift files below a folder of the repository.
  static func swiftFiles(_ folder: String) -> [File] {
    let base = root.appending(path: folder).path
    guard let walk = FileManager.default.enumerator(atPath: base) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().compactMap {
      name in
      guard let text = try? String(contentsOfFile: "\(base)/\(name)", encoding: .utf8) else {
        return nil
      }
      return File(path: "\(folder)/\(name)", text: text)
    }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}
