extension TaskRule {
  /// Only a stream over SSH has limits by the hour, as it has a limit (M15, M19).
  static let bandwidthNeedsSSH = TaskRule(
    .bandwidth, code: "bandwidth.transport",
    "goes with the transport SSH only. Leave it out, or use SSH."
  ) { draft, _ in
    !draft.bandwidth.isEmpty && draft.transport != .ssh
  }
}
