extension TaskRule {
  /// What belongs to netcat is not set for another transport (M16).
  static let netcatNeedless = TaskRule { draft, _ in
    guard draft.transport != .sshNetcat else { return [] }
    let fields: [(TaskField, Bool)] = [
      (.netcatActiveSide, draft.netcatActiveSide != nil),
      (.netcatActiveSideListenAddress, draft.netcatActiveSideListenAddress != nil),
      (.netcatActiveSidePortMin, draft.netcatActiveSidePortMin != nil),
      (.netcatActiveSidePortMax, draft.netcatActiveSidePortMax != nil),
      (.netcatPassiveSideConnectAddress, draft.netcatPassiveSideConnectAddress != nil),
    ]
    return fields.filter(\.1).map { field, _ in
      Finding(field, code: "M16", "goes with the transport SSH+NETCAT only. Leave it out.")
    }
  }
}
