extension TaskRule {
  /// Only SSH has connections to share a stream.
  static let streamsNeedSSH = TaskRule(
    .streams, code: "streams.transport",
    "goes with the transport SSH only. Leave it out, or use SSH."
  ) { draft, _ in
    draft.streams != nil && draft.transport != .ssh
  }
}
