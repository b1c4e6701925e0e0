import FormKit
import ReplicationModel

extension FieldSpec {
  static let advancedSources = advanced(
    .sourceDatasets,
    .opener(
      value: { $0.advanced.form.base.sourceDatasets.joined(separator: ", ") },
      open: { $0.openBrowser(.sources) }), required: true)

  static let advancedTarget = advanced(
    .targetDataset,
    .opener(
      value: { $0.advanced.form.base.targetDataset }, open: { $0.openBrowser(.destination) }),
    required: true)

  static let advancedSource: [FieldSpec] = [
    advancedSources,
    advanced(
      .recursive,
      .check(
        get: { $0.advanced.form.base.recursive || $0.advanced.form.base.replicate },
        set: { $0.advanced.form.base.recursive = $1 })),
    advanced(.exclude, .typed(.exclude)),
    advanced(
      .properties,
      .check(
        get: { $0.advanced.form.base.properties || $0.advanced.form.base.replicate },
        set: { $0.advanced.form.base.properties = $1 })),
    advanced(.propertiesExclude, .typed(.propertiesExclude)),
    advanced(.propertiesOverride, .typed(.propertiesOverride)),
    advanced(.replicate, .check(\.advanced.form.base.replicate)),
  ]

  static let advancedBoundTasks = advanced(
    .periodicSnapshotTasks,
    .opener(
      value: { $0.advanced.form.base.periodicSnapshotTasks.joined(separator: ", ") },
      open: { state in
        state.touch(state.place.focus)
        state.push(.snapshotTaskChoice)
        return []
      }))

  static let advancedSnapshots: [FieldSpec] =
    [
      advancedBoundTasks,
      advanced(.alsoIncludeNamingSchema, .typed(.alsoIncludeNamingSchema)),
      advanced(.namingSchema, .typed(.namingSchema)),
      advanced(.nameRegex, .typed(.nameRegex)),
    ] + schedule(.restrictSchedule, \.advanced.form.restriction)
    + [advanced(.holdPendingSnapshots, .check(\.advanced.form.base.holdPendingSnapshots))]

  static let advancedDestination: [FieldSpec] = [
    advancedTarget,
    advanced(
      .readonly,
      .choice(
        \.advanced.form.base.readonly,
        [(.set, "SET"), (.require, "REQUIRE"), (.ignore, "IGNORE")]), required: true),
    advanced(
      .allowFromScratch,
      .choice(
        \.advanced.form.base.allowFromScratch,
        [(.refuse, "REFUSE"), (.keepAside, "ASIDE"), (.replace, "REPLACE")])),
    advanced(
      .conflict, .choice(\.advanced.form.base.conflict, [(.stop, "STOP"), (.skip, "SKIP")])),
    advanced(.encryption, .check(\.advanced.form.base.encryption)),
    advanced(
      .encryptionInherit,
      .check(
        get: { $0.advanced.form.base.encryptionInherit == true },
        set: { $0.advanced.form.base.encryptionInherit = $1 ? true : nil })),
    advanced(
      .encryptionKeyFormat,
      .choice(
        \.advanced.form.base.encryptionKeyFormat,
        [(TaskDraft.KeyFormat?.some(.hex), "HEX"), (.some(.passphrase), "PASSPHRASE")])),
    advanced(
      .encryptionKey,
      .text(
        get: { $0.advanced.form.base.encryptionKey?.revealed ?? "" },
        set: { $0.advanced.form.base.encryptionKey = $1.isEmpty ? nil : Secret($1) },
        secret: true, refuses: { _ in nil })),
    advanced(.encryptionKeyLocation, .typed(.encryptionKeyLocation)),
  ]
}
