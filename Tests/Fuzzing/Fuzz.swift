import Foundation
import Parsers

// What libFuzzer calls. `run` beside this file compiles it; it is no part of the package, whose programs
// have a `main` of their own.

private let parser = Parser(rawValue: ProcessInfo.processInfo.environment["ZFERRY_PARSER"] ?? "")

/// Puts the texts to begin with where libFuzzer looks for its corpus.
@_cdecl("LLVMFuzzerInitialize")
public func begin(_: UnsafeMutablePointer<CInt>, _: UnsafeMutableRawPointer) -> CInt {
  guard let parser, let path = ProcessInfo.processInfo.environment["ZFERRY_CORPUS"] else {
    print("ZFERRY_PARSER and ZFERRY_CORPUS have to be set: \(Parser.allCases.map(\.rawValue))")
    exit(2)
  }
  for (index, text) in parser.corpus.enumerated() {
    _ = FileManager.default.createFile(atPath: "\(path)/seed-\(index)", contents: Data(text.utf8))
  }
  return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func read(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  if let problem = parser?.read(Array(UnsafeBufferPointer(start: bytes, count: count))) {
    fatalError(problem)
  }
  return 0
}
