internal import ReplicationEngine
internal import Synchronization

/// `zfs` and a packer, joined by a pump that counts what goes between them.
struct PackedStream: RunningStream {
  let handle: StreamHandle
  private let zfs: LocalStream
  private let packer: LocalStream
  private let count: Count

  /// `ours` is the packer's end for the stream; the pump copies between `source` and `sink`.
  init(
    zfs: LocalStream, packer: LocalStream, ours: CInt, counting source: StreamHandle,
    _ sink: StreamHandle
  ) {
    handle = StreamHandle(ours)
    self.zfs = zfs
    self.packer = packer
    let count = Count()
    self.count = count
    Task {
      // The stream's own pump watches for a stall; this one ends with the programs beside it.
      let copy = await FilePump(stallSeconds: .infinity)
        .pump(from: source, to: sink, limit: SpeedDial()) { count.set($0) }
      count.set(copy.bytes)
    }
  }

  var unpacked: UInt64? { count.value }

  func finish() async throws(HostError) -> CommandResult {
    var result = try await zfs.finish()
    let other = try await packer.finish()
    result.filter = other.exit
    result.errors += other.errors
    return result
  }

  func terminate() async {
    await zfs.terminate()
    await packer.terminate()
  }
}

/// A number that only grows, read from any thread.
private final class Count: Sendable {
  private let bytes = Atomic<UInt64>(0)
  var value: UInt64 { bytes.load(ordering: .relaxed) }
  func set(_ value: UInt64) { bytes.store(value, ordering: .relaxed) }
}
