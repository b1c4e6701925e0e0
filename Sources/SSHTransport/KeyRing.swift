public import ReplicationModel
internal import Synchronization

/// The passphrases of locked keys, for as long as this process lives: they are asked for when a key
/// is used, and written nowhere.
public final class KeyRing: Sendable {
  /// Asks a person for the passphrase of a key's file; nil where there is nobody, or no answer.
  public typealias Ask = @Sendable (_ path: String) -> Secret?

  private let ask: Ask
  // One question at a time: the second login of a run waits, and finds the answer.
  private let known = Mutex<[String: Secret]>([:])

  public init(ask: @escaping Ask = { _ in nil }) { self.ask = ask }

  /// Keeps a passphrase that was typed before anyone asked for it.
  public func unlock(_ path: String, with passphrase: Secret) {
    known.withLock { $0[path] = passphrase }
  }

  func passphrase(for path: String) -> Secret? {
    known.withLock { known in
      if let secret = known[path] { return secret }
      let secret = ask(path)
      known[path] = secret
      return secret
    }
  }

  /// What turned out to be wrong is asked for again the next time.
  func forget(_ path: String) {
    known.withLock { _ = $0.removeValue(forKey: path) }
  }
}
