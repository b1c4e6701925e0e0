/// The screen and keyboard: ncurses in the program, a recorder in tests.
public protocol Terminal: AnyObject {
  var size: Size { get }
  /// Draws what changed since the last frame; all of it where it is to be drawn in another way.
  func present(_ frame: Frame, with capabilities: Capabilities)
  /// Forgets what is on the screen and draws all of the next frame (Ctrl-L, resume, resize).
  func invalidate()
  /// The next key that is waiting, or nil.
  func readKey() -> Key?
  /// Puts a text on the clipboard of the person's own screen; false where there is no way to it.
  func copy(_ text: String) -> Bool
}

/// What a screen is drawn with: what the terminal can do, or less.
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

  /// The basic mode: ASCII without colours and boxes, for a slow line or a poor terminal.
  public static let basic = Capabilities(colour: false, unicode: false, slow: true)
}
