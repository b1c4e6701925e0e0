import TerminalCore

/// What is asked, and how. The prompt says all that an answer needs, because a braille line shows
/// that line first.
extension LineRenderer {
  /// What is read before the prompt of a field: its help, and its options by their numbers.
  public func introduction(_ field: FieldView) -> [String] {
    var lines = wrapped(field.help)
    if case .choice(let options, _, _) = field.control {
      lines += numbered(options)
    }
    return lines
  }

  /// The line the answer is typed behind; what Enter keeps stands in brackets.
  public func prompt(_ field: FieldView) -> String {
    let value = self.value(of: field)
    let how: String =
      switch field.control {
      case .text(_, _, let secret): secret ? ", not shown" : ""
      case .check: ", yes or no"
      case .choice(let options, _, _): ", 1 to \(options.count)"
      case .opener: value == nil ? ", Enter to choose" : ", o to choose"
      case .fold(let isOpen, _): isOpen ? ", o to close" : ", o to open"
      case .constant: ""
      }
    var kept = value
    if case .choice(_, let selected, _) = field.control { kept = selected.map { "\($0 + 1)" } }
    return prompt(field.label + how, keeps: kept, isRequired: field.required)
  }

  /// A set field in one line, as it is told after it was changed elsewhere.
  public func told(_ field: FieldView) -> [String] {
    wrapped("\(field.label): \(value(of: field) ?? "nothing")")
  }

  /// The rows of the page that the cursor is on, by their numbers.
  public func rows(_ list: ListView) -> [String] {
    var lines = list.label.isEmpty ? [] : wrapped(list.label)
    if let filter = list.filter { lines += wrapped("Only with: \(filter)") }
    guard list.count > 0 else { return lines + wrapped(list.empty) }
    let page = self.page(of: list)
    for index in page where list.rows.indices.contains(index - list.first) {
      lines += row(index, of: list)
    }
    if page.count < list.count {
      lines += wrapped(
        "Rows \(page.lowerBound + 1) to \(page.upperBound) of \(list.count); n next, p previous")
    }
    let last = page.upperBound
    return lines
      + (list.rows.contains { $0.fold != .leaf }
        ? wrapped("\(last) marks row \(last), o \(last) opens it.") : [])
  }

  /// The rows around the cursor that are told together, by their index.
  public func page(of list: ListView) -> Range<Int> {
    let first = max(0, list.cursor) / Self.page * Self.page
    return first..<max(first, min(list.count, first + Self.page))
  }

  /// One row: number, mark, name, and what is known of it.
  public func row(_ index: Int, of list: ListView) -> [String] {
    guard list.rows.indices.contains(index - list.first) else { return [] }
    let row = list.rows[index - list.first]
    let mark = row.mark == .none ? "" : row.mark.drawn + " "
    let marker = row.tone == .error || row.tone == .warning ? row.tone.marker : ""
    let parts = [marker + (row.full ?? row.text), row.detail, row.fold.words, row.mark.words]
    return wrapped("\(index + 1)) \(mark)" + parts.filter { !$0.isEmpty }.joined(separator: ", "))
  }

  /// The line a row is chosen behind.
  public func prompt(_ list: ListView) -> String {
    switch list.use {
    case .mark: return prompt("Mark, 1 to \(list.count), Enter when done", keeps: nil)
    case .choose, .point, .read:
      let name = list.label.isEmpty ? "Number" : list.label
      let isOne = (0..<list.count).contains(list.cursor)
      return prompt("\(name), 1 to \(list.count)", keeps: isOne ? "\(list.cursor + 1)" : nil)
    }
  }

  /// The buttons by their numbers; what cannot be pressed says why.
  public func actions(_ actions: [Action], canChange: Bool = false) -> [String] {
    numbered(
      actions.map { action in
        if case .no(let reason) = action.enabled { return "\(action.title): not now. \(reason)" }
        return action.title + (action.danger || action.changes ? " (only by its number)" : "")
      }) + (canChange ? wrapped("c) Change an answer") : [])
  }

  /// Which button Enter presses: the first, where it can be pressed and nothing is changed by it.
  public func standard(_ actions: [Action]) -> Int? {
    guard let first = actions.first, !first.danger, !first.changes,
      first.enabled == .yes
    else { return nil }
    return 0
  }

  /// The line a button is chosen behind.
  public func prompt(_ actions: [Action], isLive: Bool = false) -> String {
    if isLive { return prompt("What next, Enter goes on watching", keeps: nil) }
    return prompt(
      actions.count == 1 ? "What next, 1" : "What next, 1 to \(actions.count)",
      keeps: standard(actions).map { "\($0 + 1)" })
  }

  /// A prompt: wrapped with room for the answer behind it.
  public func prompt(_ question: String, keeps value: String?, isRequired: Bool = false) -> String {
    let kept = value.map { " [\($0)]" } ?? (isRequired ? " (required)" : "")
    let lines = ScreenText.wrapped(spelled(question + kept + ":"), to: width - 4)
    return lines.joined(separator: "\n") + " "
  }

  /// The rows of a review that lead somewhere.
  public func numbered(_ rows: [TableView.Row]) -> [String] {
    numbered(rows.map { "\($0.label): \($0.value)" })
  }

  private func numbered(_ texts: [String]) -> [String] {
    texts.enumerated().flatMap { wrapped("\($0 + 1)) \($1)") }
  }
}

extension ListView.Row.Fold {
  var words: String {
    switch self {
    case .leaf, .loading: ""
    case .closed: "closed"
    case .open: "open"
    }
  }
}

extension ListView.Row.Mark {
  /// What the sign alone would leave to be remembered.
  var words: String {
    switch self {
    case .none, .off, .on: ""
    case .inherited: "included with the one above"
    case .partial: "some below are marked"
    }
  }
}
