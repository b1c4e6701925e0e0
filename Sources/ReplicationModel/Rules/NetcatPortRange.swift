extension TaskRule {
  /// A port is a number from 1 to 65535 (M48).
  static let netcatPortRange = TaskRule { draft, _ in
    let ports: [(TaskField, Int?)] = [
      (.netcatActiveSidePortMin, draft.netcatActiveSidePortMin),
      (.netcatActiveSidePortMax, draft.netcatActiveSidePortMax),
    ]
    return ports.compactMap { field, port in
      guard let port, !(1...65_535).contains(port) else { return nil }
      return Finding(
        field, code: "M48", "is \(port), and a port is a number from 1 to 65535. Correct it.")
    }
  }
}
