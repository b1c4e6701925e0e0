extension TaskRule {
  /// A range of ports does not end before it begins (M13).
  static let netcatPortOrder = TaskRule { draft, _ in
    guard let low = draft.netcatActiveSidePortMin, let high = draft.netcatActiveSidePortMax,
      low > high
    else { return [] }
    return [
      Finding(
        .netcatActiveSidePortMax, code: "M13",
        "is \(high), which is less than the lowest port, \(low). Enter \(low) or more.")
    ]
  }
}
