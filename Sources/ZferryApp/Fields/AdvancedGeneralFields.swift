import FormKit
import ReplicationModel

extension FieldSpec {
  static let advancedName = advanced(
    .name, .text(\.advanced.form.base.name, refuses: Refusal.notFileName), required: true)

  static let advancedConnection = advanced(
    .connection,
    .opener(
      value: { $0.advanced.form.base.connection ?? "" },
      open: { state in
        state.touch(state.place.focus)
        state.openConnections()
        return []
      }), required: true)

  static let advancedGeneral: [FieldSpec] = [
    advancedName,
    advanced(
      .direction, .choice(\.advanced.form.base.direction, [(.push, "PUSH"), (.pull, "PULL")]),
      required: true),
    advanced(
      .transport,
      .choice(
        \.advanced.form.base.transport,
        [(.ssh, "SSH"), (.sshNetcat, "SSH+NETCAT"), (.local, "LOCAL")]), required: true),
    advanced(.sudo, .check(\.advanced.form.base.sudo)),
    advanced(.retries, .number(.retries), required: true, columns: 6),
    advanced(.retryMinutes, .number(.retryMinutes), required: true, columns: 6),
    advanced(
      .loggingLevel,
      .choice(
        \.advanced.form.base.loggingLevel,
        [
          (nil, "Default"), (.debug, "DEBUG"), (.info, "INFO"), (.warning, "WARNING"),
          (.error, "ERROR"),
        ])),
    advanced(.enabled, .check(\.advanced.form.base.enabled)),
  ]

  static let advancedTransport: [FieldSpec] = [
    advancedConnection,
    advanced(
      .netcatActiveSide,
      .choice(
        \.advanced.form.base.netcatActiveSide,
        [(TaskDraft.Side?.some(.local), "LOCAL"), (.some(.remote), "REMOTE")])),
    advanced(
      .netcatActiveSideListenAddress,
      .typed(.netcatActiveSideListenAddress, refuses: Refusal.space)),
    advanced(.netcatActiveSidePortMin, .number(.netcatActiveSidePortMin), columns: 6),
    advanced(.netcatActiveSidePortMax, .number(.netcatActiveSidePortMax), columns: 6),
    advanced(
      .netcatPassiveSideConnectAddress,
      .typed(.netcatPassiveSideConnectAddress, refuses: Refusal.space)),
    advanced(
      .compression,
      .choice(
        \.advanced.form.base.compression,
        [
          (TaskDraft.Compression?.none, "Disabled"), (.lz4, "lz4 (fastest)"),
          (.pigz, "pigz (all rounder)"), (.plzip, "plzip (best compression)"), (.zstd, "zstd"),
          (.adaptive, "adaptive"),
        ])),
    advanced(.speedLimit, .typed(.speedLimit), columns: 12),
    advanced(.bandwidth, .typed(.bandwidth)),
    advanced(.parallel, .number(.parallel), required: true, columns: 6),
    advanced(.streams, .number(.streams), columns: 6),
    advanced(.largeBlock, .check(\.advanced.form.base.largeBlock)),
    advanced(.compressed, .check(\.advanced.form.base.compressed)),
    advanced(.embed, .check(\.advanced.form.base.embed)),
  ]
}
