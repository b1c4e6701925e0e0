/// A password, passphrase or key. It shows as dots wherever it is printed, and has no coded form.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The plain text: asked for by name only where it is used.
  public let revealed: String
  public init(_ text: String) { revealed = text }
  public var description: String { "••••" }
  public var debugDescription: String { "••••" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
