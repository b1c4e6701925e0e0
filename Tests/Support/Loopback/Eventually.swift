import Glibc

/// Waits for what another process or thread brings about, for a minute at most: a loaded machine takes its
/// time. True once it is so; nothing is asked again after that. It holds no thread, which the others may
/// need to come as far.
@discardableResult
public func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
  for _ in 0..<3_000 {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(20))
  }
  return false
}

/// The same for who has a thread to hold, and waits for another process: never in an `async` function.
@discardableResult
public func holdOn(until condition: () throws -> Bool) rethrows -> Bool {
  for _ in 0..<3_000 {
    if try condition() { return true }
    usleep(20_000)
  }
  return false
}
