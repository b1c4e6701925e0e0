/// The screen and keyboard: ncurses in the program, a recorder in tests.
public protocol Terminal: AnyObject {
  var size: Size { get }
  var capabilities: Capabilities { get }
  /// Draws what changed since the last frame.
  func present(_ frame: Frame)
  /// Forgets what is on the screen and draws all of the next frame (Ctrl-L, resume, resize).
  func invalidate()
  /// The next key that is waiting, or nil.
  func readKey() -> Key?
}

/// What the terminal can do, found out once at the start.
public struct Capabilities: Hashable, Sendable {
  public var colour: Bool
  /// UTF-8 and line drawing; else every byte is ASCII.
  public var unicode: Bool
  /// A slow or poor line: no boxes, rare redraws.
  public var slow: Bool

  public init(colour: Bool = false, unicode: Bool = false, slow: Bool = false) {
    self.colour = colour
    self.unicode = unicode
    self.slow = slow
  }
}
