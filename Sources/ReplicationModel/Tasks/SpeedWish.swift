/// How fast somebody wants a task to send.
public enum SpeedWish: Hashable, Sendable {
  /// At most so many bytes a second.
  case limit(UInt64)
  /// As fast as it goes.
  case unlimited

  /// What is wrong with a text: a sentence without its full stop.
  public struct Problem: Error, Hashable, Sendable {
    public var words: String
  }

  /// As people type it: a size with a unit, or `none`.
  public init(_ text: String) throws(Problem) {
    if text.lowercased() == "none" {
      self = .unlimited
      return
    }
    // Without a unit it is bytes in a file and MiB on a screen: nobody shall have to know that.
    guard Int(text) == nil else {
      throw Problem(words: "`\(text)` needs a unit. Write it as 10M, 500 KiB or none")
    }
    guard let bytes = try? ByteSize.parse(text), bytes > 0 else {
      throw Problem(words: "`\(text)` is no limit. Write it as 10M, 500 KiB or none")
    }
    self = .limit(UInt64(bytes))
  }

  /// Bytes a second; nil for no limit.
  public var bytes: UInt64? {
    switch self {
    case .limit(let bytes): bytes
    case .unlimited: nil
    }
  }
}
