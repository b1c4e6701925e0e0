/// Rows and columns.
public struct Size: Hashable, Sendable {
  public var columns: Int
  public var rows: Int
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A place on the screen, counted from 0 at the top left.
public struct Position: Hashable, Sendable {
  public var column: Int
  public var row: Int
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// One cell. A wide character stands in its first cell; the next has an empty text.
public struct Cell: Hashable, Sendable {
  public var text: Character?
  public var role: Role
  public init(_ text: Character? = " ", _ role: Role = .text) {
    self.text = text
    self.role = role
  }
}

/// A whole screen as cells, and where the hardware cursor is: always on the focused cell (ux.md 58).
public struct Frame: Hashable, Sendable {
  public let size: Size
  public private(set) var cells: [Cell]
  public var cursor: Position

  public init(size: Size) {
    self.size = size
    self.cells = Array(repeating: Cell(), count: max(0, size.columns * size.rows))
    self.cursor = Position(column: 0, row: 0)
  }
}
