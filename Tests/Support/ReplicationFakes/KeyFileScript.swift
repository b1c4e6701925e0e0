internal import SandboxZFS

/// What a shell does with the scripts by which a key's file comes and goes. The end-to-end tests run
/// them in a real one.
enum KeyFileScript {
  static func run(_ words: [String], _ input: [UInt8], _ files: inout [String: String])
    -> SandboxMachine.Result
  {
    guard words.count == 5, words[1] == "-c", let path = words.last else { return end(2) }
    if words[2].contains("rmdir") {
      files[path] = nil
      return end(0)
    }
    let text = String(decoding: input, as: UTF8.self)
    if let there = files[path] { return end(there == text ? 0 : 3) }
    guard text.hasSuffix("\n") else { return end(1) }
    files[path] = text
    return end(0)
  }

  private static func end(_ status: Int32) -> SandboxMachine.Result {
    SandboxMachine.Result(status: status, output: [], errors: "")
  }
}
