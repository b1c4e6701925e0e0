internal import TerminalCore

/// Turns screens into lines of text, for who reads a braille line, hears them spoken, or has a
/// terminal that cannot place its cursor.
///
/// Nothing is decoration: the short and important comes first, and no line means anything by where
/// it stands. What could steer a terminal is spelled out.
public struct LineRenderer: Hashable, Sendable {
  /// The columns a line may have.
  public let width: Int
  let glyphs: Glyphs
  /// The rows of a list that are told at once.
  public static let page = 20

  /// Lines of at most `width` columns, in ASCII unless `unicode`.
  public init(width: Int = 72, unicode: Bool = false) {
    self.width = max(20, width)
    glyphs = unicode ? .unicode : .ascii
  }

  /// The title, and why the screen is there.
  ///
  /// Who only comes back from what a field opened knows why.
  public func head(of form: LineForm, isReturn: Bool = false) -> [String] {
    wrapped(form.title) + (isReturn ? [] : wrapped(form.purpose))
  }

  /// What is only read.
  public func lines(_ blocks: [Block]) -> [String] { blocks.flatMap(lines) }

  func lines(_ block: Block) -> [String] {
    switch block {
    case .heading(let text): wrapped(text)
    case .paragraph(let text, let tone): noted(text, tone)
    case .field(let field): fixed(field)
    case .list(let list): read(list)
    case .table(let table): lines(table.rows)
    case .progress(let progress): [self.line(progress)].filter { !$0.isEmpty }
    case .gap: []
    }
  }

  /// Rows that are only read. Their texts may be laid out, so nothing of them is wrapped away.
  private func read(_ list: ListView) -> [String] {
    guard list.count > 0 else { return wrapped(list.empty) }
    return wrapped(list.label)
      + list.rows.map { row in
        let marker = row.tone == .error || row.tone == .warning ? row.tone.marker : ""
        return spelled(marker + row.text + (row.detail.isEmpty ? "" : ", \(row.detail)"))
      }
  }

  /// A text with its marker in words: `[!!]` an error, `[!]` a warning.
  public func noted(_ text: String, _ tone: Tone) -> [String] {
    text.isEmpty ? [] : wrapped(tone.marker + text)
  }

  /// How far the work is: the number first.
  public func line(_ progress: ProgressView) -> String {
    let share = progress.fraction.map { "\(Int(max(0, min(1, $0)) * 100)) %, " } ?? ""
    return spelled(share + progress.text + (progress.label.isEmpty ? "" : ": " + progress.label))
  }

  /// A row without a label has that of the row before: nobody sees what it stands below.
  private func lines(_ rows: [TableView.Row]) -> [String] {
    var label = ""
    return rows.flatMap { row in
      label = row.label.isEmpty ? label : row.label
      return noted("\(label): \(row.value)", row.tone)
    }
  }

  /// A field that is not asked: its value, and why.
  private func fixed(_ field: FieldView) -> [String] {
    let why = field.disabled ?? field.help
    let value = "\(field.label): \(self.value(of: field) ?? "")"
    return wrapped(why.isEmpty ? value : "\(value) (\(why))")
  }

  /// What a field is set to, in words; nil where nothing is.
  func value(of field: FieldView) -> String? {
    let text: String? =
      switch field.control {
      case .text(let value, _, let secret): secret ? nil : value
      case .check(let isOn): isOn ? "yes" : "no"
      case .choice(let options, let selected, _): selected.map { options[$0] }
      case .opener(let value), .constant(let value), .fold(_, let value): value
      }
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A text as it can be shown here.
  public func spelled(_ text: String) -> String { glyphs.spelled(text) }

  func wrapped(_ text: String) -> [String] {
    text.isEmpty ? [] : ScreenText.wrapped(spelled(text), to: width)
  }
}
