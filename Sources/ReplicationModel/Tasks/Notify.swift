/// Who is told how a task fares, and of what (product.md: `notify`).
public struct Notify: Hashable, Sendable {
  /// What somebody may want to be told of; the raw values are those of the task file.
  public enum Event: String, CaseIterable, Sendable {
    /// A run failed, was refused, or left something out.
    case failure = "FAILURE"
    /// A run did well after one that had not, or the lag is below its limit again.
    case recovered = "RECOVERED"
    /// A run left the copy up to date.
    case success = "SUCCESS"
    /// The copy is further behind than `lagHours`.
    case lag = "LAG"
  }

  /// What the mail and the command are for; a ping tells of every run how it ended.
  public var on: [Event] = Notify.standard
  /// How old the newest snapshot of the copy may be.
  public var lagHours: Int?
  public var mail: [String] = []
  /// A program by its whole path, and its arguments, which no shell reads.
  public var command: [String] = []
  /// An address whose secret part lets anybody report in the task's name.
  public var ping: Secret?

  /// What is told unless something else is asked for.
  public static let standard: [Event] = [.failure, .recovered]

  /// Nobody is told anything.
  public init() {}

  /// Whether anybody is told at all.
  public var hasChannel: Bool { !mail.isEmpty || !command.isEmpty || ping != nil }
}
