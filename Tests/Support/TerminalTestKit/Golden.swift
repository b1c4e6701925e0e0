public import TerminalCore
public import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Compares text with a file under `Goldens` beside the test; RECORD_GOLDENS=1 writes it instead.
public enum Golden {
  /// Whether the files are being written anew.
  public static var isRecording: Bool { getenv("RECORD_GOLDENS") != nil }

  /// Holds a frame to the golden of this name: its text, and where the cursor is.
  public static func expect(
    _ frame: Frame, _ name: String, file: StaticString = #filePath,
    at location: SourceLocation = #_sourceLocation
  ) {
    let cursor = "cursor \(frame.cursor.column),\(frame.cursor.row)"
    expect("\(frame.text)\n\(cursor)\n", name, file: file, at: location)
  }

  /// Holds a text to the golden of this name.
  public static func expect(
    _ text: String, _ name: String, file: StaticString = #filePath,
    at location: SourceLocation = #_sourceLocation
  ) {
    let path = folder(of: "\(file)") + "/Goldens/\(name).txt"
    if isRecording {
      #expect(write(text, to: path), "cannot write \(path)", sourceLocation: location)
      return
    }
    guard let golden = read(path) else {
      Issue.record("no golden \(name): record it, and read it", sourceLocation: location)
      return
    }
    #expect(
      text == golden, "\(name) differs:\n\(difference(golden, text))", sourceLocation: location)
  }

  /// The lines that differ, the golden's with `-`, what came with `+`.
  public static func difference(_ golden: String, _ text: String) -> String {
    let old = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for index in 0..<max(old.count, new.count) {
      let before = index < old.count ? old[index] : nil
      let after = index < new.count ? new[index] : nil
      guard before != after else { continue }
      if let before { lines.append("\(index + 1) - \(before)") }
      if let after { lines.append("\(index + 1) + \(after)") }
    }
    return lines.joined(separator: "\n")
  }

  private static func folder(of file: String) -> String {
    file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    return fwrite(bytes, 1, bytes.count, file) == bytes.count
  }
}
