/// An entry of `exclude`: a dataset with all below it, or a glob over whole names (engine.md 1.3).
///
/// In a glob `*` stands for any characters, slashes too, `?` for one, and `[a-c]` for one of a set.
public struct DatasetPattern: Hashable, Sendable {
  public let text: String
  public init(_ text: String) { self.text = text }

  public var isGlob: Bool { text.contains { $0 == "*" || $0 == "?" || $0 == "[" } }

  /// Whether a dataset is left out by this entry.
  public func matches(_ name: DatasetName) -> Bool {
    name.isWithin(DatasetName(trusted: text))
      || (isGlob
        && Self.glob(Array(text.unicodeScalars)[...], Array(name.text.unicodeScalars)[...]))
  }

  private typealias Text = ArraySlice<Unicode.Scalar>

  /// Goes back to the last star only, so that no pattern takes more than pattern times name steps.
  private static func glob(_ pattern: Text, _ text: Text) -> Bool {
    var p = pattern.startIndex
    var t = text.startIndex
    var afterStar: (p: Int, t: Int)?
    while t < text.endIndex {
      if p < pattern.endIndex, pattern[p] == "*" {
        p += 1
        afterStar = (p, t)
      } else if p < pattern.endIndex, let next = one(pattern, at: p, matches: text[t]) {
        p = next
        t += 1
      } else if let star = afterStar {
        p = star.p
        t = star.t + 1
        afterStar = (star.p, t)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }

  /// The place after what matched one character, or nil.
  private static func one(_ pattern: Text, at p: Int, matches scalar: Unicode.Scalar) -> Int? {
    if pattern[p] == "?" { return p + 1 }
    guard pattern[p] == "[", let end = pattern[(p + 1)...].dropFirst().firstIndex(of: "]") else {
      return pattern[p] == scalar ? p + 1 : nil
    }
    var index = p + 1
    let isNegated = pattern[index] == "!"
    if isNegated { index += 1 }
    var isInSet = false
    while index < end {
      if index + 2 < end, pattern[index + 1] == "-" {
        if (pattern[index].value...max(pattern[index].value, pattern[index + 2].value))
          .contains(scalar.value)
        {
          isInSet = true
        }
        index += 3
      } else {
        if pattern[index] == scalar { isInSet = true }
        index += 1
      }
    }
    return isInSet != isNegated ? end + 1 : nil
  }
}
