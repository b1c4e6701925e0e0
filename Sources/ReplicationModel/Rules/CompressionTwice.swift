extension TaskRule {
  /// What is packed already gets no smaller: a word of warning, for datasets without a compression of
  /// their own gain all the same.
  static let compressionTwice = TaskRule { draft, _ in
    guard draft.compression != nil, draft.transport == .ssh, draft.compressed else { return [] }
    return [
      Finding(
        .compression, nil, .warning, code: "packed_twice",
        "packs again what most datasets hold packed on disk, which `\(TaskField.compressed.label)`"
          + " sends as it lies there. Leave it out, unless the sources have compression=off.")
    ]
  }
}
