import FormKit
import TerminalCore
import ZferryApp

/// Fields, one after the other.
extension LineLoop {
  func ask(_ field: FieldView, _ form: LineForm) {
    if let message = field.message { say(renderer.noted(message.text, message.tone)) }
    for line in renderer.introduction(field) { write(line) }
    var isSecret = false
    if case .text(_, _, let secret) = field.control { isSecret = secret }
    guard let line = read(renderer.prompt(field), secret: isSecret) else { return }
    switch LineAnswer(line) {
    case .back: goBack(from: form.index(of: field.id), in: form)
    case .help: page(renderer.help(.field(field), in: form))
    case .quit: leave()
    case .keep: keep(field)
    case .empty: set("", field, form)
    case .text(let text): set(text, field, form)
    }
  }

  /// Enter alone: what is there stays; where nothing is, a list opens.
  private func keep(_ field: FieldView) {
    if case .opener(let value) = field.control, value.isEmpty { return open(field) }
    goOn(from: field.id)
  }

  private func set(_ text: String, _ field: FieldView, _ form: LineForm) {
    insisted = nil
    switch field.control {
    case .text(let value, _, let secret): setText(text, was: value, isSecret: secret, field)
    case .check(let isOn):
      switch text.trimmed.lowercased() {
      case "y", "yes": setCheck(true, was: isOn, field)
      case "n", "no": setCheck(false, was: isOn, field)
      default: say(["Type y for yes, or n for no."])
      }
    case .choice(let options, let selected, _):
      guard let number = Int(text.trimmed), (1...options.count).contains(number) else {
        return say(["Type a number from 1 to \(options.count)."])
      }
      if number - 1 != selected {
        send(.focus(field.id, row: nil))
        press(.home)
        for _ in 1..<number { press(.down) }
        press(.space)
      }
      goOn(from: field.id)
    case .opener:
      if text.trimmed.lowercased() == "o" { return open(field) }
      say(["Type o to choose from the list."])
    case .fold:
      guard text.trimmed.lowercased() == "o" else { return say(["Type o to open or close it."]) }
      send(.focus(field.id, row: nil))
      press(.enter)
    case .constant: goOn(from: field.id)
    }
  }

  private func setCheck(_ wanted: Bool, was isOn: Bool, _ field: FieldView) {
    if wanted != isOn {
      send(.focus(field.id, row: nil))
      press(.space)
    }
    goOn(from: field.id)
  }

  /// A text is taken whole or not at all: a name with a character left out would be another one.
  private func setText(_ text: String, was value: String, isSecret: Bool, _ field: FieldView) {
    guard isSecret || text != value else { return goOn(from: field.id) }
    let messages = Self.typing(text, into: field.id)
    let after = trial(messages)
    guard case .text(let taken, _, _)? = LineForm(after).field(field.id)?.control,
      isSecret ? taken.count == text.count : taken == text
    else {
      let why = after.notice.map { renderer.noted($0.text, $0.tone) }
      return say(
        (why ?? ["That has a character in it that cannot be typed here."]) + ["Not taken."])
    }
    for message in messages { send(message) }
    goOn(from: field.id)
  }

  static func typing(_ text: String, into id: FocusID) -> [Message] {
    [.focus(id, row: nil), .key(.ctrl("u"))] + (text.isEmpty ? [] : [.key(.paste(text))])
  }
}
