/// What `?` says.
extension LineRenderer {
  /// What is asked here, and what may be typed: the particular first, then what works everywhere.
  public func help(_ item: LineForm.Item, in form: LineForm) -> [String] {
    var lines: [String] = []
    switch item {
    case .field(let field):
      lines += wrapped("\(field.label): \(field.paragraph ?? field.help)") + words(for: field)
    case .list(let list): lines += wrapped(form.page) + words(for: list)
    case .actions(let actions):
      lines += wrapped(form.page)
      lines += wrapped("The number of what you want; Enter takes the one in brackets.")
      if actions.contains(where: \.danger) {
        lines += wrapped("What cannot be taken back is done by its number alone.")
      }
      if !form.changes.isEmpty { lines += wrapped("c: change one of the answers above.") }
    }
    return lines
      + [
        "b: back, to the question before.", "q: quit. Nothing is lost unasked.", "?: this help.",
      ].flatMap(wrapped)
  }

  private func words(for field: FieldView) -> [String] {
    let lines: [String] =
      switch field.control {
      case .text:
        [
          "Type the value; Enter alone keeps the one in brackets. - empties it.",
          "For a value that is itself b, q, ? or -, put = before it.",
        ]
      case .check: ["y or n; Enter alone keeps the one in brackets."]
      case .choice: ["The number of an option; Enter alone keeps the one in brackets."]
      case .opener: ["o: choose from the list. Enter alone keeps what is in brackets."]
      case .fold: ["o: open or close this section. Enter alone goes on."]
      case .constant: []
      }
    return lines.flatMap(wrapped)
  }

  private func words(for list: ListView) -> [String] {
    var lines: [String]
    switch list.use {
    case .mark:
      lines = [
        "A number: mark that row, or take the mark away. m 3 is the same as 3.",
        "o 3: open row 3 to see what is below it, or close it.",
        "/text: only names with this text in them. / alone: all again.",
        "l: read the rows again.", "Enter: done with marking.",
      ]
    case .point:
      lines = [
        "The number of a row: what is asked next is about it. Enter takes the one in brackets.",
        "o 3: open row 3.",
      ]
    case .choose, .read: lines = ["The number of a row; Enter takes the one in brackets."]
    }
    if list.count > Self.page { lines.append("n and p: the next rows, the ones before.") }
    return lines.flatMap(wrapped)
  }
}
