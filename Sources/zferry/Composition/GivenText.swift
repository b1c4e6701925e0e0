internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore

/// The text of a file that a person named; `-` is standard input.
enum GivenText {
  static func read(_ path: String) throws -> String {
    let file = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    // One byte more than a file may have: what is endless is not read to its end.
    guard let file, let data = try? file.read(upToCount: YAMLText.largest + 1) ?? Data() else {
      throw StoreError(.notFound, subject: path, detail: "the file cannot be read")
    }
    guard data.count <= YAMLText.largest else { throw invalid(path, "is larger than 1 MiB") }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw invalid(path, "is not UTF-8 text")
    }
    return text
  }

  private static func invalid(_ path: String, _ words: String) -> StoreError {
    StoreError(
      .invalid, subject: path, detail: "the file \(words)",
      findings: [
        Finding("file", code: "file.not_text", "The file \(words). Give the one that was meant.")
      ])
  }
}
