internal import ReplicationEngine
internal import Synchronization

/// One process of the program under test, which `kill -9` may end at any moment.
///
/// The fakes ask at every effect, before and after it, whether it still lives. Once it is dead no
/// effect of it comes through any more, whatever its code still tries.
public final class ProgramLife: Sendable {
  private struct State {
    var moments = 0
    var last: Int?
    var isDead = false
  }
  private let state: Mutex<State>

  /// `dying` is the number of the moment at which the process ends; nil for one that lives on.
  public init(dying last: Int? = nil) { state = Mutex(State(last: last)) }

  /// Counts a moment; true while the process lives.
  func goesOn() -> Bool {
    state.withLock { state in
      if state.isDead { return false }
      state.moments += 1
      if let last = state.last, state.moments >= last { state.isDead = true }
      return !state.isDead
    }
  }

  func check() throws(HostError) {
    if !goesOn() { throw HostError(.cancelled, subject: "a dead process") }
  }

  /// How many moments it has lived.
  public var moments: Int { state.withLock { $0.moments } }

  public var isDead: Bool { state.withLock { $0.isDead } }

  public func kill() { state.withLock { $0.isDead = true } }
}
