import ReplicationModel
import FormKit

extension ScreenSpec {
  /// Source, Destination, SSH connection or Schedule.
  static func step(_ step: WizardStep) -> ScreenSpec {
    ScreenSpec(
      view: { $0.formScreen(step) }, fields: { $0.fields(of: step) },
      note: { $0.wizardNote(of: $1) }, press: { $0.press($1, in: step) },
      back: { $0.back(from: step) })
  }
}

extension AppState {
  /// Source, Destination, SSH connection or Schedule.
  func formScreen(_ step: WizardStep) -> Screen {
    var blocks: [Block] = []
    for field in fields(of: step) {
      blocks.append(.field(fieldView(field)))
      blocks += remarks(below: field)
    }
    blocks += remarks(of: step)
    var actions = [Action(id: "next", title: "Next")]
    if wizard.previewOf != nil, firstProblem == nil {
      actions.append(Action(id: "review", title: "To the review"))
    }
    if step == .connection {
      actions.append(
        Action(
          id: "test", title: "Test connection",
          enabled: wizard.proving == nil ? .yes : .no(reason: "A test is going on.")))
    }
    if step == .schedule, wizard.choices.method == .schedule {
      actions.append(Action(id: "schedule", title: "Schedule editor"))
    }
    actions.append(Self.toAdvanced)
    let isFirst = step == WizardStep.shown(for: wizard.choices).first
    actions.append(Action(id: "back", title: isFirst ? "Leave" : "Back"))
    return Screen(
      id: route.id, title: title(of: step), purpose: step.purpose, blocks: blocks,
      actions: actions, status: StatusLine(stepStatus), focus: place.focus)
  }

  static let toAdvanced = Action(id: "advanced", title: "Advanced")

  private var stepStatus: String {
    place.focus == Self.toAdvanced.id
      ? "Advanced Replication Creation: every option of a task on one screen."
      : field(place.focus)?.help ?? ""
  }

  private func remarks(below field: FieldSpec) -> [Block] {
    switch field.id {
    case FieldSpec.source.id: countLines
    case FieldSpec.preset.id, FieldSpec.cron.id:
      scheduleLine(for: field)
    default: []
    }
  }

  private func scheduleLine(for field: FieldSpec) -> [Block] {
    let isLast =
      field.id == (wizard.choices.preset == .custom ? FieldSpec.cron.id : FieldSpec.preset.id)
    guard isLast else { return [] }
    let text =
      wizard.choices.makesSnapshotTasks
      ? "A snapshot is taken then, and sent right after."
      : "What matches then is sent. Who takes the snapshots is up to the source."
    return (wizard.choices.chosenSchedule.map(scheduleWords) ?? []) + [.paragraph(text, .dim)]
  }

  private func remarks(of step: WizardStep) -> [Block] {
    guard step == .connection else { return [] }
    if let connection = library.connection(wizard.choices.connection) {
      let address = "\(connection.username)@\(connection.host), port \(connection.port)"
      return [.paragraph("Logs in as \(Words.escaped(address)).", .dim)] + proofLines
    }
    return []
  }

  private var proofLines: [Block] {
    if wizard.proving != nil { return [.paragraph("Logging in and asking for zfs…", .dim)] }
    return switch wizard.proof {
    case .success(let host): proof(host)
    case .failure(let failure): [.paragraph(Words.explain(failure).text, .error)]
    case nil: [.paragraph("Test connection logs in and asks for zfs; nothing is changed.", .dim)]
    }
  }

  /// What a host told about itself.
  func proof(_ host: ProvedHost) -> [Block] {
    var blocks: [Block] = [
      .paragraph(
        "The login works: \(Words.escaped(host.user)) on \(Words.escaped(host.system)).", .success)
    ]
    if let version = host.zfsVersion {
      blocks.append(.paragraph("OpenZFS there: \(Words.escaped(version)).", .success))
    } else {
      blocks.append(
        .paragraph(
          Words.explain(code: "zfs.missing", subject: "The other system", detail: "").text, .error))
    }
    switch host.sudoWorks {
    case true: blocks.append(.paragraph("sudo runs zfs without a password.", .success))
    case false:
      blocks.append(
        .paragraph(
          Words.explain(code: "sudo", subject: "The other system", detail: "").text, .error))
    default:
      if host.user != "root" {
        blocks.append(
          .paragraph(
            "This user is not root: zfs needs sudo, or rights given with zfs allow.", .warning))
      }
    }
    if abs(host.clockSkew) > 60 {
      blocks.append(
        .paragraph(
          "Its clock differs from ours by \(Amount.duration(Double(abs(host.clockSkew)))).",
          .warning))
    }
    return blocks
  }
}
