extension TaskRule {
  /// A name that a regular expression matches tells no time, so no lifetime can be counted from
  /// it (R22, M38).
  static let nameRegexWithoutLifetime = TaskRule(
    .retentionPolicy, code: "M38",
    "cannot be CUSTOM with a regular expression: such names tell no age. Choose "
      + "SOURCE or NONE."
  ) { draft, _ in
    draft.nameRegex != nil && draft.retentionPolicy == .custom
  }
}
