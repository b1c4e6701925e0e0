/// A screen as data: what it asks and shows, not where. `FrameRenderer` lays it out as cells,
/// `LineRenderer` as numbered prompts.
public struct Screen: Hashable, Sendable {
  /// Stable, as `wizard.source`: goldens, help pages and tests go by it.
  public var id: String
  /// `Step 1 of 5: Source` or a plain name.
  public var title: String
  /// Why this screen is there, in one sentence.
  public var purpose: String
  public var blocks: [Block]
  /// The buttons, in one row at the bottom of the body.
  public var actions: [Action]
  /// What the footer shows: at most six keys that work now.
  public var footer: [KeyHint]
  /// One line above the footer: the focused field's help, or what just happened.
  public var status: StatusLine
  /// Where the focus is; the hardware cursor goes there.
  public var focus: FocusID
  /// A dialog on top: its own blocks and actions; `focus` is then inside it.
  public var dialog: Dialog?
  /// The help page, for who asks for it.
  public var page: String?

  public init(
    id: String, title: String, purpose: String, blocks: [Block], actions: [Action] = [],
    footer: [KeyHint] = [], status: StatusLine = StatusLine(""), focus: FocusID,
    dialog: Dialog? = nil
  ) {
    self.id = id
    self.title = title
    self.purpose = purpose
    self.blocks = blocks
    self.actions = actions
    self.footer = footer
    self.status = status
    self.focus = focus
    self.dialog = dialog
  }
}

/// What can have the focus: a field, a tree, a list or an action, by its own id.
public struct FocusID: Hashable, Sendable, ExpressibleByStringLiteral {
  public var text: String
  public init(_ text: String) { self.text = text }
  public init(stringLiteral text: String) { self.text = text }
}

/// One part of a screen's body, from top to bottom.
public enum Block: Hashable, Sendable {
  case heading(String)
  /// Wrapped to the width; never cut.
  case paragraph(String, Tone)
  case field(FieldView)
  /// Any number of rows to choose one or several from; scrolls by itself.
  case list(ListView)
  /// Rows of `label: value`, each of which may be focused to jump to its field.
  case table(TableView)
  case progress(ProgressView)
  case gap
}

/// How a text is meant; the marker (`[!!]`, `[!]`, `[i]`) is part of the drawing, colour only repeats it.
public enum Tone: String, Hashable, Sendable {
  case plain, dim, info, success, warning, error
}

/// A field as it is now: what the form draws. What it means is in the app's catalogue of fields.
public struct FieldView: Hashable, Sendable {
  /// What a person sets it with.
  public enum Control: Hashable, Sendable {
    /// One line of text; `cursor` counts characters from its start. `secret` draws stars.
    case text(value: String, cursor: Int, secret: Bool)
    case check(Bool)
    /// One of several, all shown below each other or in a row where they fit.
    case choice(options: [String], selected: Int?, highlighted: Int)
    /// A value that another screen edits: Enter opens it.
    case opener(value: String)
    /// Shown, not changed here.
    case constant(String)
    /// The line of a section: Enter opens or closes it; `summary` says what is set in it.
    case fold(isOpen: Bool, summary: String)
  }
  public var id: FocusID
  public var label: String
  public var control: Control
  public var required: Bool
  /// One line: what it is, with an example.
  public var help: String
  /// More than that line, for who asks for help.
  public var paragraph: String?
  /// Takes the help line's place (ux.md 6).
  public var message: Note?
  /// Why it does not apply now, or nil.
  public var disabled: String?
  /// How many characters a text is expected to have, as 5 for a port; nil for a name's length.
  public var columns: Int?

  public init(
    id: FocusID, label: String, control: Control, required: Bool = false, help: String = "",
    message: Note? = nil, disabled: String? = nil, columns: Int? = nil
  ) {
    self.id = id
    self.label = label
    self.control = control
    self.required = required
    self.help = help
    self.message = message
    self.disabled = disabled
    self.columns = columns
  }
}

/// A finding, shown where it belongs.
public struct Note: Hashable, Sendable {
  public var tone: Tone
  public var text: String
  public init(_ tone: Tone, _ text: String) {
    self.tone = tone
    self.text = text
  }
}

/// Rows to move a cursor over: a tree of datasets, a list of connections, a log.
public struct ListView: Hashable, Sendable {
  /// One line of it.
  public struct Row: Hashable, Sendable {
    /// Whether it is chosen.
    public enum Mark: Hashable, Sendable {
      case none, off, on
      /// Marked because a parent is.
      case inherited
      /// Some below it are.
      case partial
    }
    /// Whether there is something below it, and whether that is shown.
    public enum Fold: Hashable, Sendable { case leaf, closed, open, loading }
    /// Stable over redraws.
    public var id: String
    public var depth: Int
    public var fold: Fold
    public var mark: Mark
    public var text: String
    /// What it is called where nobody sees what it stands below: `tank/data` for `data`.
    public var full: String?
    /// A second column, right of the text: a size, a type, a date.
    public var detail: String
    public var tone: Tone

    public init(
      id: String, depth: Int = 0, fold: Fold = .leaf, mark: Mark = .none, text: String,
      full: String? = nil, detail: String = "", tone: Tone = .plain
    ) {
      self.id = id
      self.depth = depth
      self.fold = fold
      self.mark = mark
      self.text = text
      self.full = full
      self.detail = detail
      self.tone = tone
    }
  }
  public var id: FocusID
  public var label: String
  /// Only the rows around the cursor need be here: `first` is the index of `rows[0]` among `count`.
  public var rows: [Row]
  public var first: Int
  public var count: Int
  /// Index among `count`.
  public var cursor: Int
  /// Rows it may take: at least this many, more where the screen has them.
  public var minimumRows: Int
  /// What stands there when there is nothing to show.
  public var empty: String
  /// The text after `/`, with the number of hits, or nil where there is no filter.
  public var filter: String?
  /// What a row is for.
  public var use: Use

  /// What a person does with the rows.
  public enum Use: Hashable, Sendable {
    /// Reads them: they are lines of a text.
    case read
    /// Chooses one, and is done with the list.
    case choose
    /// Puts the cursor on the one that the buttons below are about, or opens it.
    case point
    /// Marks any number of them, and opens them.
    case mark
  }

  public init(
    id: FocusID, label: String, rows: [Row], first: Int = 0, count: Int, cursor: Int,
    minimumRows: Int = 5, empty: String = "", filter: String? = nil, use: Use = .point
  ) {
    self.id = id
    self.label = label
    self.rows = rows
    self.first = first
    self.count = count
    self.cursor = cursor
    self.minimumRows = minimumRows
    self.empty = empty
    self.filter = filter
    self.use = use
  }
}

/// Rows of a label and a value: the review.
public struct TableView: Hashable, Sendable {
  /// A label and its value.
  public struct Row: Hashable, Sendable {
    /// Set where the row can be focused.
    public var id: FocusID?
    public var label: String
    public var value: String
    public var tone: Tone
    public init(id: FocusID? = nil, label: String, value: String, tone: Tone = .plain) {
      self.id = id
      self.label = label
      self.value = value
      self.tone = tone
    }
  }
  public var rows: [Row]
  /// Whether Enter on a row leads to where it is changed.
  public var leads: Bool
  public init(rows: [Row], leads: Bool = false) {
    self.rows = rows
    self.leads = leads
  }
}

/// Work that goes on: text first, the bar only repeats it.
public struct ProgressView: Hashable, Sendable {
  /// What is being done, as `tank/data@auto-2026-11-24_10-00`.
  public var label: String
  /// `1.2 GiB of 3.4 GiB, 85 MiB/s, 26 s left`.
  public var text: String
  /// 0 to 1, or nil where the end is not known.
  public var fraction: Double?
  public init(label: String, text: String, fraction: Double?) {
    self.label = label
    self.text = text
    self.fraction = fraction
  }
}

/// A button.
public struct Action: Hashable, Sendable {
  /// Whether it can be pressed now.
  public enum Availability: Hashable, Sendable {
    case yes
    /// Shown when it is focused or pressed (ux.md 22).
    case no(reason: String)
  }
  public var id: FocusID
  public var title: String
  public var enabled: Availability
  /// Drawn as dangerous; never the default.
  public var danger: Bool
  /// Whether it changes something outside: where Enter alone takes what stands first, it is left out.
  public var changes = false
  public init(
    id: FocusID, title: String, enabled: Availability = .yes, danger: Bool = false
  ) {
    self.id = id
    self.title = title
    self.enabled = enabled
    self.danger = danger
  }
}

/// A key and what it does, for the footer.
public struct KeyHint: Hashable, Sendable {
  public var key: String
  public var does: String
  public init(_ key: String, _ does: String) {
    self.key = key
    self.does = does
  }
}

/// The line above the footer.
public struct StatusLine: Hashable, Sendable {
  public var text: String
  public var tone: Tone
  public init(_ text: String, _ tone: Tone = .dim) {
    self.text = text
    self.tone = tone
  }
}

/// A question on top of a screen: drawn over it, or in its place where the line is slow.
public struct Dialog: Hashable, Sendable {
  public var title: String
  public var blocks: [Block]
  public var actions: [Action]
  public init(title: String, blocks: [Block], actions: [Action]) {
    self.title = title
    self.blocks = blocks
    self.actions = actions
  }
}
