extension TaskRule {
  /// A property's name is not empty, and holds nothing that no property's name holds (M48).
  static let propertyNames = TaskRule { draft, _ in
    let excluded = draft.propertiesExclude.enumerated().filter { !isName($0.element) }
    let overridden = draft.propertiesOverride.keys.sorted().filter { !isName($0) }
    return excluded.map { Finding(.propertiesExclude, "\($0.offset)", code: "M48", words) }
      + overridden.map { _ in Finding(.propertiesOverride, code: "M48", words) }
  }

  private static let words =
    "holds a name that no property has. Use the name as `zfs get` prints it, as compression."

  private static func isName(_ text: String) -> Bool {
    text.utf8.first.map { $0 != UInt8(ascii: "-") } == true
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "=") }
  }
}
