import Synchronization
public import ZferryApp

/// The only way back to the UI thread: anyone posts, the loop takes, and is woken for it.
public final class Mailbox: Sendable {
  private let messages = Mutex<[Message]>([])
  private let wake: @Sendable () -> Void

  /// A mailbox that calls `wake` after each post: it ends the loop's waiting, from any thread.
  public init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  public func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    wake()
  }

  var isEmpty: Bool { messages.withLock { $0.isEmpty } }

  /// All that was posted since the last time, in its order.
  public func take() -> [Message] {
    messages.withLock { messages in
      let taken = messages
      messages = []
      return taken
    }
  }
}
