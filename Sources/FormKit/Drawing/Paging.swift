/// Which part of something long is shown.
///
/// It follows from the focus alone: there is no state that could go wrong at a resize. The part
/// moves by pages that overlap, so that most steps of the focus redraw nothing but its marker.
enum Paging {
  /// The first line shown, so that `line` has a neighbour on each side.
  static func offset(of line: Int, in count: Int, height: Int) -> Int {
    guard height > 0, count > height else { return 0 }
    guard height > 2 else { return max(0, min(line, count - height)) }
    let step = height - 2
    return max(0, min((line - 1) / step * step, count - height))
  }

  /// The first line of a body shown: the focus is seen, and what stands around it that nothing else
  /// leads to, as far as there is room.
  static func offset(of lines: [BodyLine], height: Int) -> Int {
    guard lines.count > height, height > 0 else { return 0 }
    guard let line = lines.firstIndex(where: { $0.cursor != nil }) else {
      return min(lines.firstIndex(where: \.isNotable) ?? 0, lines.count - height)
    }
    let isFirst = !lines[..<line].contains(where: \.isStop)
    let isLast = !lines[(line + 1)...].contains { $0.isStop && $0.cursor == nil }
    if isFirst, line < height { return 0 }
    if isLast { return max(0, min(line, lines.count - height)) }
    return offset(of: line, in: lines.count, height: height)
  }
}
