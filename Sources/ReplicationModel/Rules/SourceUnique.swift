extension TaskRule {
  /// No source stands twice; upstream takes it, and sends everything twice.
  static let sourceUnique = TaskRule { draft, _ in
    var seen: Set<String> = []
    return draft.sourceDatasets.enumerated().compactMap { index, name in
      seen.insert(name).inserted
        ? nil
        : Finding(
          .sourceDatasets, "\(index)", code: "source.duplicate",
          "names `\(name)` twice. Leave one of them out.")
    }
  }
}
