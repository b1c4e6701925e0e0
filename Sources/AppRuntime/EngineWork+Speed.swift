import ReplicationEngine
import ReplicationModel

/// How fast a run may send while it runs.
extension EngineWork {
  /// Gives `work` a dial, and turns it once a second to what counts then: what a person wishes of this
  /// run, else what the task says of the time of day.
  func regulated<Result>(
    _ task: TaskDraft, _ work: (SpeedDial) async throws -> Result
  ) async rethrows -> Result {
    let dial = SpeedDial()
    let bandwidth = Bandwidth(task)
    turn(dial, of: task.name, bandwidth)
    let watch = Task {
      while !Task.isCancelled {
        // Real time, as for a wish to stop.
        try? await Task.sleep(for: .seconds(1))
        turn(dial, of: task.name, bandwidth)
      }
    }
    defer { watch.cancel() }
    return try await work(dial)
  }

  private func turn(_ dial: SpeedDial, of task: String, _ bandwidth: Bandwidth) {
    let bytes =
      if let wish = control.wishedSpeed(of: task) { wish.bytes } else {
        bandwidth.limit(at: CivilTime(clock.now(), in: zone))
      }
    dial.turn(to: bytes.map { SpeedLimit(bytesPerSecond: $0) })
  }
}
