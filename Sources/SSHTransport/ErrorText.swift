/// What a command writes to standard error: as much as people read, and its end, which tells how the
/// command ended.
struct ErrorText {
  /// More is dropped, and still taken off the line.
  static let longest = 64 << 10

  private(set) var bytes: [UInt8] = []
  /// What arrived, also what was dropped.
  private(set) var count = 0

  mutating func append(_ more: UnsafeRawBufferPointer) {
    count += more.count
    bytes += more
    if bytes.count > 2 * Self.longest {
      bytes.removeSubrange(Self.longest..<(bytes.count - 1_024))
    }
  }

  /// Drops a text with all that was said before it; false where it was not said.
  mutating func forget(through text: String) -> Bool {
    guard let place = bytes.firstRange(of: Array(text.utf8)) else { return false }
    bytes.removeFirst(place.upperBound)
    return true
  }

  /// What there is to read, the status that our line told at its end, and the one of a packer before it.
  var end: (text: String, told: Int32?, filter: Int32?) {
    let (rest, told) = RemoteLine.end(of: String(decoding: bytes, as: UTF8.self))
    let (text, filter) = RemoteLine.end(of: rest, mark: RemoteLine.filterMark)
    return (String(decoding: text.utf8.prefix(Self.longest), as: UTF8.self), told, filter)
  }
}
