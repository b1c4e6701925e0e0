/// Tells texts apart, against accidents and nothing else: FNV-1a.
public struct Fingerprint {
  public private(set) var value: UInt64 = 14_695_981_039_346_656_037

  public init() {}

  /// Adds some bytes.
  @inlinable
  public mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(byte: byte) }
  }

  /// Adds one byte.
  public mutating func add(byte: UInt8) { value = (value ^ UInt64(byte)) &* 1_099_511_628_211 }

  /// Adds a number as one.
  public mutating func add(number: UInt64) {
    value = (value ^ number) &* 1_099_511_628_211
    value ^= value >> 29
  }
}
