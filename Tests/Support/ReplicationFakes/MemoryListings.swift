public import ReplicationEngine
internal import Synchronization

/// Listings kept in memory, which a test may damage.
public final class MemoryListings: ListingMemoryPort {
  private let kept = Mutex<[String: [UInt8]]>([:])
  private let asked = Mutex(0)

  public init() {}

  public func listing(_ name: String) -> [UInt8]? {
    asked.withLock { $0 += 1 }
    return kept.withLock { $0[name] }
  }

  /// How often something was read.
  public var reads: Int { asked.withLock { $0 } }

  public func keep(_ bytes: [UInt8], as name: String) { kept.withLock { $0[name] = bytes } }

  /// How much is remembered: each side, and that all stands still.
  public var count: Int { kept.withLock { $0.count } }

  /// Changes what is kept of each side.
  public func damage(_ change: (inout [UInt8]) -> Void) {
    kept.withLock { kept in for name in kept.keys { change(&kept[name, default: []]) } }
  }
}
