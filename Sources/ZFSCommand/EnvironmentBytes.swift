@preconcurrency internal import Glibc

/// The environment of processes that are started, as the system takes it.
enum EnvironmentBytes {
  /// This process's own variables, some of them with another value: `NAME=value` and a zero each.
  static func inherited(changed: [String: String]) -> [[UInt8]] {
    let ours = changed.sorted { $0.key < $1.key }.map { Array("\($0.key)=\($0.value)\0".utf8) }
    let names = changed.keys.map { Array("\($0)=".utf8) }
    return ours + all().filter { row in !names.contains { row.starts(with: $0) } }
  }

  private static func all() -> [[UInt8]] {
    var rows: [[UInt8]] = []
    var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = environ
    while let row = next.pointee {
      let text = UnsafeBufferPointer(start: row, count: strlen(row))
      rows.append(text.map(UInt8.init(bitPattern:)) + [0])
      next += 1
    }
    return rows
  }
}
