import ReplicationModel

/// Limits by the time of day on one line: `08:00-18:00 10M; 22:00-06:00 none`.
enum BandwidthText {
  static func write(_ windows: [BandwidthWindow]) -> String {
    windows.map { "\($0.begin)-\($0.end) \($0.limit)" }.joined(separator: "; ")
  }

  /// The windows, and the first piece that is none. What stands in them, the rules judge.
  static func read(_ text: String) -> (values: [BandwidthWindow], problem: String?) {
    var values: [BandwidthWindow] = []
    for piece in text.split(separator: ";").map(String.init) {
      let words = piece.split(separator: " ").map(String.init)
      guard let times = words.first?.split(separator: "-", omittingEmptySubsequences: false) else {
        continue
      }
      guard times.count == 2, words.count > 1 else { return (values, ListText.trimmed(piece)) }
      values.append(
        BandwidthWindow(
          begin: String(times[0]), end: String(times[1]),
          limit: words.dropFirst().joined(separator: " ")))
    }
    return (values, nil)
  }
}
