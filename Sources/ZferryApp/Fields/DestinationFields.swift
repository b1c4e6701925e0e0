import FormKit
import ReplicationModel

extension FieldSpec {
  static let destinationLocation = FieldSpec(
    id: "destination_location", label: "Destination Location",
    help: "Where the copies go.", required: true, paths: ["transport"],
    kind: .choice(
      \.wizard.choices.destinationLocation,
      [(.local, "On this System"), (.remote, "On a Different System")]),
    shown: { $0.wizard.choices.sourceLocation != .remote })

  /// With a remote source there is nothing to choose: one side has to be this system.
  static let destinationFixed = FieldSpec(
    id: "destination_fixed", label: "Destination Location",
    help: "The source is on a different system, so the copies come to this one.",
    kind: .constant { _ in "On this System" },
    shown: { $0.wizard.choices.sourceLocation == .remote })

  static let destinationConnection = FieldSpec(
    id: "destination_connection", label: "SSH Connection",
    help: "How the other system is reached. Choose one, or make a new one there.",
    required: true, paths: ["connection", "ssh_credentials"],
    kind: .connection,
    shown: {
      $0.wizard.choices.sourceLocation != .remote
        && $0.wizard.choices.effectiveDestination == .remote
    })

  static let destination = FieldSpec(
    id: "target_dataset", label: "Destination",
    help:
      "The dataset that receives the copies: chosen from a list, or named there.",
    required: true, paths: ["target_dataset", "allow_from_scratch"],
    kind: .opener(
      value: { $0.wizard.choices.destination }, open: { $0.openBrowser(.destination) }),
    shown: { $0.wizard.choices.effectiveDestination != nil })

  static let taskName = FieldSpec(
    id: "name", label: "Task Name",
    help: "What this task is called. A name you type is never replaced.",
    required: true, paths: ["name"],
    kind: .text(
      get: { $0.wizard.choices.taskName },
      set: { state, text in
        state.wizard.choices.taskName = text
        state.wizard.choices.nameIsTyped = !text.isEmpty
      }, secret: false, refuses: Refusal.notFileName), isDetail: true)

  static let destinationStep: [FieldSpec] =
    [destinationLocation, destinationFixed, destinationConnection, destination]
    + encryptionFields + [taskName]
}
