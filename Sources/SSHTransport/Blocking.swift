internal import Dispatch
internal import ReplicationEngine

/// Work that blocks, as all of libssh2 does: the cooperative threads are not for that.
enum Blocking {
  /// Runs `body` on the queue's thread. Cancelling the task raises `stop`, which ends every wait in it.
  static func run<Value: Sendable>(
    on queue: DispatchQueue, stop: StopSignal,
    _ body: @escaping @Sendable () throws(HostError) -> Value
  ) async throws(HostError) -> Value {
    let result: Result<Value, HostError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.async {
          continuation.resume(returning: Result { () throws(HostError) in try body() })
        }
      }
    } onCancel: {
      stop.raise()
    }
    return try result.get()
  }
}
