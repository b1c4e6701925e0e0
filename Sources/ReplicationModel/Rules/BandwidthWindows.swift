extension TaskRule {
  /// Each window has two times that differ, and a limit with a unit (B7: nothing means another thing
  /// than it says).
  static let bandwidthWindows = TaskRule { draft, _ in
    draft.bandwidth.enumerated().flatMap { index, window in
      var findings: [Finding] = []
      func add(_ part: String, _ words: String) {
        findings.append(
          Finding(.bandwidth, "\(index).\(part)", code: "bandwidth.\(part)", "\(part): \(words)."))
      }
      func minute(_ part: String, _ text: String) -> Int? {
        do throws(SpeedWish.Problem) { return try Bandwidth.minute(text) } catch {
          add(part, error.words)
          return nil
        }
      }
      let (begin, end) = (minute("begin", window.begin), minute("end", window.end))
      if let begin, begin == end {
        add("end", "is the same as begin, which is no time at all. Enter another, or use the limit")
      }
      do throws(SpeedWish.Problem) { _ = try SpeedWish(window.limit) } catch {
        add("limit", error.words)
      }
      return findings
    }
  }
}
