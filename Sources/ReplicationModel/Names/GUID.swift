/// What ZFS itself knows a snapshot, bookmark or dataset by, on every pool it was sent to.
///
/// Names may be reused; a GUID never is. Identity in zferry is always a GUID (engine.md 9.1).
public struct GUID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let value: UInt64
  public init(_ value: UInt64) { self.value = value }
  public var description: String { String(value) }
  public static func < (a: GUID, b: GUID) -> Bool { a.value < b.value }
}
