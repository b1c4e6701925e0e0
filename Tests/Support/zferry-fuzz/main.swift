import Foundation
import Parsers

// One parser under libFuzzer, where `Tests/fuzz` has built it so; else it reads the files it is given once.
let words = CommandLine.arguments
guard words.count > 2, let parser = Parser(rawValue: words[1]) else {
  print("usage: zferry-fuzz PARSER FILE...      reads each file once")
  print("       zferry-fuzz PARSER seeds FOLDER  writes what to begin with")
  print("PARSER: \(Parser.allCases.map(\.rawValue).joined(separator: " "))")
  exit(2)
}
if words[2] == "seeds", words.count == 4 {
  let folder = URL(filePath: words[3])
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for (index, text) in parser.corpus.enumerated() {
    try Data(text.utf8).write(to: folder.appending(path: "seed-\(index)"))
  }
  exit(0)
}
#if FUZZING
  typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  @_silgen_name("LLVMFuzzerRunDriver")
  func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: Callback
  ) -> CInt

  // The driver reads the same words as any of its programs, without the parser's name.
  var given = ([words[0]] + words.dropFirst(2)).map { strdup($0) } + [nil]
  var count = CInt(given.count - 1)
  let status = given.withUnsafeMutableBufferPointer { buffer in
    var base = buffer.baseAddress
    return runDriver(&count, &base) { bytes, length in
      let parser = Parser(rawValue: CommandLine.arguments[1])
      if let problem = parser?.read(Array(UnsafeBufferPointer(start: bytes, count: length))) {
        fatalError(problem)
      }
      return 0
    }
  }
  exit(status)
#else
  var problems = 0
  for path in words.dropFirst(2) {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    guard let problem = parser.read(bytes) else { continue }
    print("\(path): \(problem)")
    problems += 1
  }
  exit(problems == 0 ? 0 : 1)
#endif
