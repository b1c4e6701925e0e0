public import ReplicationEngine
internal import Synchronization

/// Listings kept in memory, which a test may damage.
public final class MemoryListings: ListingMemoryPort {
  private let kept = Mutex<[String: [UInt8]]>([:])

  public init() {}

  public func listing(_ name: String) -> [UInt8]? { kept.withLock { $0[name] } }

  public func keep(_ bytes: [UInt8], as name: String) { kept.withLock { $0[name] = bytes } }

  /// How many sides are remembered.
  public var count: Int { kept.withLock { $0.count } }

  /// Changes what is kept of each side.
  public func damage(_ change: (inout [UInt8]) -> Void) {
    kept.withLock { kept in for name in kept.keys { change(&kept[name, default: []]) } }
  }
}
