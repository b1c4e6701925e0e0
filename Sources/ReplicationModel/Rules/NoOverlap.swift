extension TaskRule {
  /// Within one system, source and destination are not the same and neither lies in the other.
  /// Over SSH only the pools' GUIDs can tell, which is the run's to check (B12).
  static let noOverlap = TaskRule { draft, _ in
    guard draft.transport == .local, let target = try? DatasetName(draft.targetDataset) else {
      return []
    }
    return draft.sourceDatasets.compactMap { text in
      guard let source = try? DatasetName(text) else { return nil }
      let words: String
      if source == target {
        words = "`\(target)` is the source itself"
      } else if target.isWithin(source) {
        words = "`\(target)` lies within the source `\(source)`"
      } else if source.isWithin(target) {
        words = "`\(target)` holds the source `\(source)`"
      } else {
        return nil
      }
      return Finding(
        .targetDataset, code: "overlap",
        "\(words), so a copy would be written over what it is made from. Choose another dataset.")
    }
  }
}
