import FormKit

/// One field of a form: what it is called, what it means, and where its value lives.
struct FieldSpec: Sendable {
  enum Kind: Sendable {
    case text(
      get: @Sendable (AppState) -> String, set: @Sendable (inout AppState, String) -> Void,
      secret: Bool, refuses: @Sendable (Character) -> String?)
    case check(get: @Sendable (AppState) -> Bool, set: @Sendable (inout AppState, Bool) -> Void)
    case choice(
      options: @Sendable (AppState) -> [String], get: @Sendable (AppState) -> Int?,
      set: @Sendable (inout AppState, Int) -> Void)
    /// Enter opens what edits it.
    case opener(
      value: @Sendable (AppState) -> String, open: @Sendable (inout AppState) -> [Effect])
    case constant(@Sendable (AppState) -> String)
    /// A section: Enter opens or closes it.
    case fold(
      isOpen: @Sendable (AppState) -> Bool, summary: @Sendable (AppState) -> String,
      set: @Sendable (inout AppState, Bool) -> Void)
  }
  var id: FocusID
  var label: String
  /// One line: what it is, with an example.
  var help: String
  var required = false
  /// Where findings on it point: the first part of a path in the task file.
  var paths: [String] = []
  var kind: Kind
  /// How many characters a text is expected to have; nil for a name's length.
  var columns: Int?
  var shown: @Sendable (AppState) -> Bool = { _ in true }
  /// Whether it is left out where only what is needed is asked (ux.md 35).
  var isDetail = false
  /// Why it cannot be set now, or nil.
  var off: @Sendable (AppState) -> String? = { _ in nil }

  /// Whether it is empty though it must not be.
  func isMissing(_ state: AppState) -> Bool {
    guard required, off(state) == nil else { return false }
    return switch kind {
    case .text(let get, _, _, _): get(state).allSatisfy { $0 == " " }
    case .choice(_, let get, _): get(state) == nil
    case .opener(let value, _): value(state).isEmpty
    case .check, .constant, .fold: false
    }
  }
}

extension FieldSpec.Kind {
  typealias Text = any WritableKeyPath<AppState, String> & Sendable
  typealias Flag = any WritableKeyPath<AppState, Bool> & Sendable

  static func text(
    _ path: Text, refuses: @escaping @Sendable (Character) -> String? = { _ in nil }
  ) -> Self {
    .text(
      get: { $0[keyPath: path] }, set: { $0[keyPath: path] = $1 }, secret: false, refuses: refuses)
  }

  static func check(_ path: Flag) -> Self {
    .check(get: { $0[keyPath: path] }, set: { $0[keyPath: path] = $1 })
  }

  /// One of the cases of an enum, with a word for each.
  static func choice<Value: Equatable & Sendable>(
    _ path: any WritableKeyPath<AppState, Value> & Sendable, _ options: [(Value, String)]
  ) -> Self {
    .choice(
      options: { _ in options.map(\.1) },
      get: { state in options.firstIndex { $0.0 == state[keyPath: path] } },
      set: { state, index in state[keyPath: path] = options[index].0 })
  }
}

/// Characters that cannot be part of a value, and why (ux.md 28).
enum Refusal {
  static func inDataset(_ character: Character) -> String? {
    if character == " " { return nil }
    let isGood =
      character.isASCII && (character.isLetter || character.isNumber)
      || "/_-.:".contains(character)
    return isGood ? nil : "A dataset's name has letters, digits, space and _ - . : only."
  }

  static func notDigit(_ character: Character) -> String? {
    ("0"..."9").contains(character) ? nil : "Digits only."
  }

  static func notTime(_ character: Character) -> String? {
    ("0"..."9").contains(character) || character == ":"
      ? nil : "A time of the day, as 08:00: digits and a colon."
  }

  static func space(_ character: Character) -> String? {
    character == " " ? "No spaces here." : nil
  }

  static func notFileName(_ character: Character) -> String? {
    character == "/" ? "A name has no slash: it becomes the name of a file." : nil
  }
}
