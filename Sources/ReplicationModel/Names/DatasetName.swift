/// The name of a filesystem or volume, `pool/path/to/dataset`, within OpenZFS' own limits.
public struct DatasetName: Hashable, Sendable, CustomStringConvertible {
  /// The whole name, as `zfs` prints it.
  public let text: String

  /// Checks `text` against OpenZFS' rules for dataset names.
  public init(_ text: String) throws(NameProblem) {
    if let problem = NameProblem.inDataset(text) { throw problem }
    self.text = text
  }

  /// Takes a name that came from `zfs` itself and so is known to be good.
  public init(trusted text: String) { self.text = text }

  public var description: String { text }

  /// The pool: everything before the first slash.
  public var pool: String { String(text.prefix { $0 != "/" }) }

  /// The path's components, the pool first.
  public var components: [String] { text.split(separator: "/").map(String.init) }

  /// The dataset that holds this one, or nil for a pool's root.
  public var parent: DatasetName? {
    guard let slash = text.lastIndex(of: "/") else { return nil }
    return DatasetName(trusted: String(text[..<slash]))
  }

  /// Those that hold this one, the pool last.
  public var ancestors: [DatasetName] {
    var ancestors: [DatasetName] = []
    var current = parent
    while let next = current {
      ancestors.append(next)
      current = next.parent
    }
    return ancestors
  }

  /// Whether this dataset is `other` or below it.
  public func isWithin(_ other: DatasetName) -> Bool {
    let (own, root) = (text.utf8, other.text.utf8)
    guard own.count > root.count else { return text == other.text }
    return own[own.index(own.startIndex, offsetBy: root.count)] == UInt8(ascii: "/")
      && own.starts(with: root)
  }
}

extension DatasetName: Comparable {
  /// Byte order, which puts a parent before its children.
  public static func < (a: DatasetName, b: DatasetName) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}
