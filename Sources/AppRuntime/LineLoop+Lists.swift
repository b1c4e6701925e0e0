import FormKit
import TerminalCore
import ZferryApp

/// Lists and the tree of datasets: rows by their numbers.
extension LineLoop {
  func ask(_ list: ListView, _ form: LineForm) {
    let rows = renderer.rows(list)
    if rows != rowsTold {
      rowsTold = rows
      for line in rows { write(line) }
    }
    guard let line = read(renderer.prompt(list)) else { return forgetRows() }
    switch LineAnswer(line) {
    case .back:
      goBack(from: form.index(of: list.id), in: form)
      forgetRows()
    case .help: page(renderer.help(.list(list), in: form))
    case .quit: leave()
    case .empty: say(["Type a number from 1 to \(list.count), or ? for help."])
    case .keep:
      forgetRows()
      if list.use == .mark { return goOn(from: list.id) }
      choose(list.cursor, list)
    case .text(let text): act(text.trimmed, list)
    }
  }

  private func act(_ text: String, _ list: ListView) {
    if let page = pageStep(text) {
      let first = renderer.page(of: list).lowerBound + page * LineRenderer.page
      return send(.focus(list.id, row: max(0, min(first, list.count - 1))))
    }
    if list.use == .mark {
      if text.hasPrefix("/") { return filter(String(text.dropFirst()), list) }
      if text == "l" { return forgetRows() }
    }
    let words = text.split(separator: " ")
    let verb = words.count == 2 ? String(words[0]) : ""
    guard words.count <= 2, let number = words.last.flatMap({ Int($0) }),
      (1...max(1, list.count)).contains(number), list.count > 0
    else {
      return say(["Type a number from 1 to \(list.count), or ? for help."])
    }
    switch (list.use, verb) {
    case (.mark, "o"), (.point, "o"): press(.enter, at: number - 1, list)
    case (.mark, ""), (.mark, "m"): mark(number - 1, list)
    case (.choose, ""), (.point, ""): choose(number - 1, list)
    default: say(["Type a number from 1 to \(list.count), or ? for help."])
    }
  }

  private func pageStep(_ text: String) -> Int? {
    switch text {
    case "n": 1
    case "p": -1
    default: nil
    }
  }

  /// A row that buttons are about is told: it is not seen beside them.
  private func choose(_ row: Int, _ list: ListView) {
    forgetRows()
    guard list.use == .point else { return press(.enter, at: row, list) }
    send(.focus(list.id, row: row))
    if let now = current(list.id) { say(renderer.row(row, of: now)) }
    goOn(from: list.id)
  }

  /// A row without a mark is no dataset: Enter tries again there.
  private func mark(_ row: Int, _ list: ListView) {
    let place = row - list.first
    let isDataset = !list.rows.indices.contains(place) || list.rows[place].mark != .none
    press(isDataset ? .space : .enter, at: row, list)
    guard isDataset, let now = current(list.id) else { return }
    // The one row that was meant, not the whole page again.
    say(renderer.row(row, of: now))
    rowsTold = renderer.rows(now)
  }

  private func press(_ key: Key, at row: Int, _ list: ListView) {
    send(.focus(list.id, row: row))
    press(key)
  }

  private func filter(_ text: String, _ list: ListView) {
    send(.focus(list.id, row: nil))
    press(.character("/"), .ctrl("u"))
    if !text.isEmpty { press(.paste(text)) }
    press(.enter)
  }

  private func current(_ id: FocusID) -> ListView? {
    for case .list(let list) in LineForm(screen(state)).stops.map(\.item) where list.id == id {
      return list
    }
    return nil
  }

  private func forgetRows() { rowsTold = [] }
}
