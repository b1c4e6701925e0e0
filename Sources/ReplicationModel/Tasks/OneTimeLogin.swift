/// What logs in once, to put a key in place: typed for it, and forgotten after it.
public struct OneTimeLogin: Hashable, Sendable {
  public var password: Secret
  /// The answer to a question for a code, where the host asks for one.
  public var code: Secret?

  public init(password: Secret, code: Secret? = nil) {
    self.password = password
    self.code = code
  }
}
