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

/// One cell. A wide character stands in its first cell; the next has no text.
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
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    self.cells = Array(repeating: Cell(), count: self.size.columns * self.size.rows)
    self.cursor = Position(column: 0, row: 0)
  }

  /// The cell at a place; nil outside the screen.
  public subscript(column: Int, row: Int) -> Cell? {
    index(column, row).map { cells[$0] }
  }

  /// Writes a text into one row, and returns how many columns it took.
  ///
  /// What does not fit into `limit` columns or the screen is left out. What could steer a terminal
  /// or mislead a reader is spelled out, whoever wrote the text.
  @discardableResult
  public mutating func write(
    _ text: String, at place: Position, role: Role = .text, limit: Int = Int.max
  ) -> Int {
    var column = place.column
    let end = min(size.columns, limit < size.columns ? place.column + limit : size.columns)
    for character in ScreenText.printable(text) {
      let width = ScreenText.columns(of: character)
      guard width > 0, column + width <= end else { break }
      put(character, width: width, at: Position(column: column, row: place.row), role: role)
      column += width
    }
    return column - place.column
  }

  /// Gives cells of a row a role, and keeps their text.
  public mutating func paint(_ columns: Range<Int>, row: Int, role: Role) {
    for column in columns {
      if let index = index(column, row) { cells[index].role = role }
    }
  }

  /// Makes cells of a row blank.
  public mutating func clear(_ columns: Range<Int>, row: Int) {
    for column in columns {
      put(" ", width: 1, at: Position(column: column, row: row), role: .text)
    }
  }

  /// The frame as text, a row per line, without the spaces at the ends of lines: for goldens.
  public var text: String {
    (0..<size.rows).map(line).joined(separator: "\n")
  }

  /// One row as text, without the spaces at its end.
  public func line(_ row: Int) -> String {
    var line = ""
    for column in 0..<size.columns {
      if let text = self[column, row]?.text { line.append(text) }
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  private mutating func put(_ character: Character, width: Int, at place: Position, role: Role) {
    guard let first = index(place.column, place.row) else { return }
    // Half of a wide character that is written over leaves a blank, not a stray half.
    if cells[first].text == nil, place.column > 0 { cells[first - 1].text = " " }
    let after = place.column + width
    if let next = index(after, place.row), cells[next].text == nil { cells[next].text = " " }
    cells[first] = Cell(character, role)
    for offset in 1..<max(1, width) where index(place.column + offset, place.row) != nil {
      cells[first + offset] = Cell(nil, role)
    }
  }

  private func index(_ column: Int, _ row: Int) -> Int? {
    guard (0..<size.columns).contains(column), (0..<size.rows).contains(row) else { return nil }
    return row * size.columns + column
  }
}
