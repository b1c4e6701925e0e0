/// Writes numbers and texts as few bytes.
struct ByteWriter {
  private(set) var bytes: [UInt8]

  /// Begins with some bytes; `room` saves moving them as they grow.
  init(_ bytes: [UInt8], room: Int) {
    self.bytes = bytes
    self.bytes.reserveCapacity(bytes.count + room)
  }

  /// Seven bits a byte, the low ones first.
  mutating func number(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Small ones of either sign are short.
  mutating func signed(_ value: Int64) {
    number(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Eight bytes.
  mutating func whole(_ value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func text(_ text: String) {
    number(UInt64(text.utf8.count))
    bytes += text.utf8
  }
}

/// Reads what `ByteWriter` wrote. What is not there reads as nothing, and marks the whole as broken.
struct ByteReader {
  private let bytes: [UInt8]
  private var at: Int
  private let end: Int
  private(set) var isBroken = false

  init(_ bytes: [UInt8], from start: Int, to end: Int) {
    self.bytes = bytes
    at = start
    self.end = end
  }

  var isAtEnd: Bool { at == end }

  mutating func number() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while at < end, shift < 64 {
      let byte = bytes[at]
      at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    isBroken = true
    return 0
  }

  mutating func signed() -> Int64 {
    let value = number()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func whole() -> UInt64 {
    guard at + 8 <= end else {
      isBroken = true
      return 0
    }
    defer { at += 8 }
    return bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
  }

  /// How many follow: never more than there are bytes.
  mutating func count() -> Int {
    let value = number()
    guard value <= UInt64(end - at) else {
      isBroken = true
      return 0
    }
    return Int(value)
  }

  mutating func text() -> String {
    let length = count()
    defer { at += length }
    return String(decoding: bytes[at..<(at + length)], as: UTF8.self)
  }
}

/// Tells whether bytes are the ones that were written, against accidents.
enum Checksum {
  static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { buffer in
      var sum: UInt64 = 14_695_981_039_346_656_037 ^ UInt64(buffer.count)
      var at = 0
      while at + 8 <= buffer.count {
        mix(&sum, UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
        at += 8
      }
      while at < buffer.count {
        mix(&sum, UInt64(buffer[at]))
        at += 1
      }
      return sum ^ (sum >> 32)
    }
  }

  private static func mix(_ sum: inout UInt64, _ word: UInt64) {
    sum = (sum ^ word) &* 0x9E37_79B9_7F4A_7C15
    sum ^= sum >> 29
  }
}
