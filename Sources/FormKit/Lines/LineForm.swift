/// A screen, or the question on top of it, as things that are asked one after the other.
///
/// The order is that of the focus; what only stands there to be read belongs to the thing that is
/// asked after it.
public struct LineForm: Hashable, Sendable {
  /// What a person can answer.
  public enum Item: Hashable, Sendable {
    case field(FieldView)
    case list(ListView)
    case actions([Action])

    /// What the focus goes to when this is asked; nil for a screen without a button.
    public var id: FocusID? {
      switch self {
      case .field(let field): field.id
      case .list(let list): list.id
      case .actions(let actions): actions.first?.id
      }
    }
  }
  /// One thing that is asked, and what is read before it.
  public struct Stop: Hashable, Sendable {
    public var before: [Block]
    public var item: Item
  }
  public var title: String
  public var purpose: String
  /// What `?` says of all of it.
  public var page: String
  /// The last are the actions.
  public var stops: [Stop]
  /// The rows that lead to where they are changed.
  public var changes: [TableView.Row]

  /// What is asked on this screen now.
  public init(_ screen: Screen) {
    title = screen.dialog?.title ?? screen.title
    purpose = screen.dialog == nil ? screen.purpose : ""
    page = screen.dialog == nil ? screen.page ?? screen.purpose : ""
    stops = []
    changes = []
    var before: [Block] = []
    for block in screen.dialog?.blocks ?? screen.blocks {
      switch block {
      case .field(let field) where field.canBeAnswered:
        stops.append(Stop(before: before, item: .field(field)))
        before = []
      case .list(let list) where list.canBeAnswered:
        stops.append(Stop(before: before, item: .list(list)))
        before = []
      case .table(let table):
        if table.leads { changes += table.rows.filter { $0.id != nil } }
        before.append(block)
      case .heading, .paragraph, .field, .list, .progress, .gap: before.append(block)
      }
    }
    stops.append(Stop(before: before, item: .actions(screen.dialog?.actions ?? screen.actions)))
  }

  /// Which stop has the focus: for what is only read, the one it is read before; for a button, the
  /// last.
  public func index(of focus: FocusID) -> Int {
    stops.firstIndex { stop in
      stop.item.id == focus || stop.before.contains { $0.holds(focus) }
    } ?? stops.count - 1
  }

  /// A field as it is now, or nil where it is not asked any more.
  public func field(_ id: FocusID) -> FieldView? {
    for case .field(let field) in stops.map(\.item) where field.id == id { return field }
    return nil
  }
}

extension Block {
  fileprivate func holds(_ id: FocusID) -> Bool {
    switch self {
    case .field(let field): field.id == id
    case .list(let list): list.id == id
    case .table(let table): table.rows.contains { $0.id == id }
    case .heading, .paragraph, .progress, .gap: false
    }
  }
}

extension FieldView {
  /// Whether it is asked: what is fixed or off is only read.
  var canBeAnswered: Bool { disabled == nil && canHaveFocus }
}

extension ListView {
  /// Whether a row is asked for. An empty tree still is: its filter may be what empties it.
  var canBeAnswered: Bool {
    switch use {
    case .read: false
    case .choose, .point: count > 0
    case .mark: true
    }
  }
}
