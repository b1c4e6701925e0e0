extension TaskRule {
  /// A regular expression goes without naming schemas (R21, M37).
  static let nameRegexWithoutSchemas = TaskRule(
    .nameRegex, code: "M37",
    "cannot go with a naming schema: both say which snapshots to take. Keep one of "
      + "the two."
  ) { draft, _ in
    draft.nameRegex != nil
      && !(draft.namingSchema.isEmpty && draft.alsoIncludeNamingSchema.isEmpty)
  }
}
