import FormKit
import ReplicationModel

extension AppState {
  /// How many snapshots match, per dataset, as far as it is known (ui.md 1.5).
  var countLines: [Block] {
    guard !wizard.choices.sources.isEmpty else { return [] }
    if wizard.counting != nil { return [.paragraph("Counting snapshots…", .dim)] }
    switch wizard.counted {
    case .success(let counts): return lines(of: counts)
    case .failure(let failure): return [.paragraph(Words.explain(failure).text, .error)]
    case nil: return []
    }
  }

  private func lines(of counts: [SnapshotCount]) -> [Block] {
    let isLocal = wizard.choices.sourceLocation == .local
    guard counts.contains(where: { $0.matching > 0 }) else {
      guard isLocal else {
        return [
          .paragraph(
            "No snapshot matches there, so nothing would be sent. Check the naming schema.",
            .warning)
        ]
      }
      return [.paragraph("No snapshot matches yet; one is taken before the first run.", .info)]
    }
    // The first few by name: the review has all of them.
    let shown = counts.count > 4 ? 3 : counts.count
    var blocks = counts.prefix(shown).map { count in
      Block.paragraph(count.words, count.without > 0 ? .warning : .dim)
    }
    let rest = counts.dropFirst(shown)
    if !rest.isEmpty {
      var sum = SnapshotCount(dataset: "", matching: 0, total: 0)
      for count in rest {
        sum.matching += count.matching
        sum.total += count.total
        sum.without += count.without
      }
      let words =
        "\(Amount.count(rest.count, "further dataset")): \(sum.matching) of"
        + " \(Amount.count(sum.total, "snapshot")) match"
      blocks.append(.paragraph(words, sum.without > 0 ? .warning : .dim))
    }
    return blocks
  }
}

extension SnapshotCount {
  /// `tank/data and 12 datasets below: 340 of 350 snapshots match; 2 datasets have none`.
  var words: String {
    let with = below > 0 ? " and \(Amount.count(below, "dataset")) below" : ""
    var words =
      "\(Words.escaped(dataset))\(with): \(matching) of \(Amount.count(total, "snapshot")) match"
    if without > 0 {
      words += below > 0 ? "; \(Amount.count(without, "dataset")) without one" : ""
    }
    return words
  }
}
