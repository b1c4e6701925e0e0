/// What command lines of one kind look like, word by word: what a sudoers rule or a forced command
/// may let through, as an extended regular expression.
public struct CommandPattern: Hashable, Sendable {
  /// Datasets by name, with all below them or alone.
  public struct Trees: Hashable, Sendable {
    public var roots: [DatasetName]
    /// Whether what is below the roots counts too.
    public var below: Bool

    public init(_ roots: [DatasetName], below: Bool) {
      self.roots = roots
      self.below = below
    }
  }

  /// One word of the line, or several.
  public indirect enum Part: Hashable, Sendable {
    case word(String)
    case oneOf([String])
    /// A dash and some of these letters.
    case flags(String)
    /// Names of columns, types or properties, separated by commas.
    case columns
    case dataset(Trees)
    /// `dataset@snapshot`.
    case snapshot(Trees)
    /// `dataset@snapshot`, or several as `dataset@one,two`.
    case snapshots(Trees)
    /// `dataset#bookmark`, of the bookmarks that zferry keeps.
    case bookmark(Trees)
    /// `dataset#bookmark`, whoever made it.
    case anyBookmark(Trees)
    /// A path that begins so, in a folder that ends with digits.
    case keyFile(String)
    /// What stands beside a dataset: its name, a mark, and more; or below that.
    case beside(Trees, String)
    /// Snapshots of what stands beside a dataset.
    case besides(Trees, String)
    /// What an increment begins from: `@snapshot` or `#bookmark`.
    case mark
    /// A resume token.
    case token
    /// As often as you like, also not at all: each time one of these.
    case any([[Part]])
    case optional([Part])
  }
  /// `zfs`, `zpool`, `id`, `sudo`.
  public var tool: String
  public var parts: [Part]
  /// Packers that may stand beside it.
  public var filters: [Command.Filter]
  /// The connection that its stream may take.
  public var link: Command.Link?

  public init(_ tool: String, _ parts: [Part], filters: [Command.Filter] = []) {
    self.tool = tool
    self.parts = parts
    self.filters = filters
  }

  /// How a line is written down for the one who compares it.
  public struct Style: Hashable, Sendable {
    /// What stands between two words.
    public var separator: String
    /// Whether a name may hold a space: not where words are separated by one.
    public var spaces: Bool
    /// A `#`, which begins a comment in sudoers.
    public var hash: String

    /// Words are joined by tabs, which no name holds.
    public static let tabs = Style(separator: "\t", spaces: true, hash: "#")
    /// As sudo joins them.
    public static let sudoers = Style(separator: " ", spaces: false, hash: "\\#")
  }

  /// The arguments of the line, without its tool, as one expression that has to match all of them.
  public func expression(_ style: Style) -> String {
    let all = parts.map { Self.text($0, style) }.joined()
    return all.hasPrefix(style.separator) ? String(all.dropFirst(style.separator.count)) : all
  }

  /// Each part brings the separator before its words.
  private static func text(_ part: Part, _ style: Style) -> String {
    switch part {
    case .word(let word): style.separator + literal(word, style)
    case .oneOf(let words):
      style.separator + "(" + words.map { literal($0, style) }.joined(separator: "|") + ")"
    case .flags(let letters): style.separator + "-[\(letters)]+"
    case .columns: style.separator + "[a-z_,]+"
    case .dataset(let trees): style.separator + name(trees, style)
    case .snapshot(let trees): style.separator + name(trees, style) + "@" + component(style)
    case .snapshots(let trees):
      style.separator + name(trees, style) + "@\(component(style))(,\(component(style)))*"
    case .bookmark(let trees):
      style.separator + name(trees, style) + style.hash + "zferry_[0-9a-f_]+"
    case .anyBookmark(let trees):
      style.separator + name(trees, style) + style.hash + component(style)
    case .keyFile(let start): style.separator + literal(start, style) + "[0-9a-f]+/key"
    case .beside(let trees, let mark): style.separator + beside(trees, mark, style)
    case .besides(let trees, let mark):
      style.separator + beside(trees, mark, style) + "@\(component(style))(,\(component(style)))*"
    case .mark: style.separator + "(@|\(style.hash))" + component(style)
    case .token: style.separator + "[0-9a-f-]+"
    case .any(let choices):
      "("
        + choices.map { $0.map { text($0, style) }.joined() }.joined(separator: "|") + ")*"
    case .optional(let parts): "(" + parts.map { text($0, style) }.joined() + ")?"
    }
  }

  private static func name(_ trees: Trees, _ style: Style) -> String {
    let roots = trees.roots.map { literal($0.text, style) }
    let one = roots.count == 1 ? roots[0] : "(" + roots.joined(separator: "|") + ")"
    return trees.below ? one + "(/\(component(style)))*" : one
  }

  private static func beside(_ trees: Trees, _ mark: String, _ style: Style) -> String {
    name(trees, style) + literal(mark, style) + component(style) + "(/\(component(style)))*"
  }

  /// A name between slashes: not one of dots alone, which leads elsewhere in a path.
  private static func component(_ style: Style) -> String {
    let space = style.spaces ? " " : ""
    return "[.]*[A-Za-z0-9_:\(space)-][A-Za-z0-9_.:\(space)-]*"
  }

  private static func literal(_ text: String, _ style: Style) -> String {
    text.map { character in
      if character == "#" { return style.hash }
      return "\\.[]()*+?{}|^$".contains(character) ? "\\\(character)" : String(character)
    }.joined()
  }
}
