import FormKit
import ReplicationModel

extension FieldSpec {
  static let sourceLocation = FieldSpec(
    id: "source_location", label: "Source Location",
    help: "Where the datasets are now that you want a copy of.", required: true,
    paths: ["direction"],
    kind: .choice(
      \.wizard.choices.sourceLocation,
      [(.local, "On this System"), (.remote, "On a Different System")]))

  static let sourceConnection = FieldSpec(
    id: "source_connection", label: "SSH Connection",
    help: "How the other system is reached. Choose one, or make a new one there.",
    required: true, paths: ["connection", "ssh_credentials"],
    kind: .connection,
    shown: { $0.wizard.choices.sourceLocation == .remote })

  static let source = FieldSpec(
    id: "source_datasets", label: "Source",
    help: "The datasets to copy. You mark them in a list of what is there.",
    required: true, paths: ["source_datasets", "exclude"],
    kind: .opener(
      value: { $0.wizard.choices.sources.joined(separator: ", ") },
      open: { $0.openBrowser(.sources) }),
    shown: { $0.wizard.choices.sourceLocation != nil })

  static let recursive = FieldSpec(
    id: "recursive", label: "Recursive",
    help: "Also copy every dataset below the ones you marked.", paths: ["recursive"],
    kind: .check(\.wizard.choices.recursive),
    shown: { $0.wizard.choices.sourceLocation != nil })

  static let customSnapshots = FieldSpec(
    id: "custom_snapshots", label: "Replicate Custom Snapshots",
    help: "Choose by name which snapshots are sent. Off: those that zferry takes.",
    kind: .check(\.wizard.choices.customSnapshots),
    shown: { $0.wizard.choices.sourceLocation == .local }, isDetail: true)

  static let selection = FieldSpec(
    id: "schema_or_regex", label: "Include snapshots with the name",
    help: "A schema holds the date, as auto-%Y-%m-%d; an expression matches text.",
    required: true,
    kind: .choice(
      \.wizard.choices.selection,
      [(.schema, "Naming Schema"), (.regex, "Snapshot Name Regular Expression")]),
    shown: { $0.wizard.choices.sourceLocation != nil && $0.wizard.choices.selectsByName })

  static let namingSchema = FieldSpec(
    id: "naming_schema", label: "Naming Schema",
    help: "How the snapshots are named: %Y year, %m month, %d day, %H hour, %M minute.",
    required: true, paths: ["naming_schema", "also_include_naming_schema"],
    kind: .text(\.wizard.choices.namingSchema),
    shown: {
      $0.wizard.choices.sourceLocation != nil && $0.wizard.choices.selectsByName
        && !$0.wizard.choices.usesRegex
    })

  static let nameRegex = FieldSpec(
    id: "name_regex", label: "Snapshot Name Regular Expression",
    help: "Has to match the whole name after the @: (daily|weekly)-.* for example.", required: true,
    paths: ["name_regex"],
    kind: .text(\.wizard.choices.nameRegex),
    shown: { $0.wizard.choices.sourceLocation != nil && $0.wizard.choices.usesRegex })

  static let sourceStep: [FieldSpec] = [
    loadPrevious, sourceLocation, sourceConnection, source, recursive, customSnapshots, selection,
    namingSchema, nameRegex,
  ]
}
