import FormKit
import ReplicationModel

extension FieldSpec {
  /// A field of the advanced screen: words and findings are those of the task's field.
  static func advanced(
    _ field: TaskField, _ kind: Kind, required: Bool = false, columns: Int? = nil
  ) -> FieldSpec {
    FieldSpec(
      id: advancedID(field), label: field.label, help: field.help, required: required,
      paths: [field.rawValue], kind: kind, columns: columns, off: { $0.advancedOff(field) })
  }

  static func advancedID(_ field: TaskField) -> FocusID { FocusID("advanced.\(field.rawValue)") }

  /// The line of a section.
  static func section(_ section: AdvancedSection) -> FieldSpec {
    FieldSpec(
      id: FocusID("section.\(section.rawValue)"), label: section.label, help: section.help,
      kind: .fold(
        isOpen: { $0.advanced.openSections.contains(section) },
        summary: {
          $0.advanced.openSections.contains(section) ? "" : $0.summary(of: section)
        },
        set: { state, isOpen in
          if isOpen {
            state.advanced.openSections.insert(section)
          } else {
            state.advanced.openSections.remove(section)
          }
        }))
  }
}

extension FieldSpec.Kind {
  /// A text that the form keeps as it is typed.
  static func typed(
    _ field: TaskField, refuses: @escaping @Sendable (Character) -> String? = { _ in nil }
  ) -> Self {
    .text(
      get: { $0.advanced.form.texts[field] ?? "" },
      set: { $0.advanced.form.texts[field] = $1 }, secret: false, refuses: refuses)
  }

  static func number(_ field: TaskField) -> Self { typed(field, refuses: Refusal.notDigit) }
}

extension AdvancedSection {
  /// Its fields that apply now or say why they do not.
  func fields(_ state: AppState) -> [FieldSpec] { all.filter { $0.shown(state) } }

  private var all: [FieldSpec] {
    switch self {
    case .general: FieldSpec.advancedGeneral
    case .transport: FieldSpec.advancedTransport
    case .source: FieldSpec.advancedSource
    case .snapshots: FieldSpec.advancedSnapshots
    case .destination: FieldSpec.advancedDestination
    case .retention: FieldSpec.advancedRetention
    case .schedule: FieldSpec.advancedSchedule
    case .notify: FieldSpec.advancedNotify
    }
  }
}

extension AppState {
  /// The lines of the sections, and the fields of those that are open.
  var advancedFields: [FieldSpec] {
    AdvancedSection.allCases.flatMap { section in
      [FieldSpec.section(section)]
        + (advanced.openSections.contains(section) ? section.fields(self) : [])
    }
  }

  /// Why an option cannot be set now.
  func advancedOff(_ field: TaskField) -> String? {
    if field == .name, let name = advanced.storedName, runs(name) {
      return "Fixed: the task runs now, under this name."
    }
    return field.needlessness(in: advanced.raw)
  }

  /// Whether a task runs, here or in another process.
  private func runs(_ task: String) -> Bool {
    run.isRunning && run.task == task || library.facts[task]?.state == .running
  }

  /// Where a finding is mended: the field with exactly this path, else the one of the whole field.
  func advancedHome(of path: String) -> (section: AdvancedSection, field: FieldSpec)? {
    let top = String(path.prefix { $0 != "." && $0 != "#" })
    for wanted in [path, top] {
      for section in AdvancedSection.allCases {
        for field in section.fields(self) where field.paths.contains(wanted) {
          return (section, field)
        }
      }
    }
    return nil
  }

  func advancedFinding(of field: FieldSpec, _ severity: Finding.Severity) -> Finding? {
    advanced.placed[field.id]?.first { $0.severity == severity }
  }

  /// What is shown below a field once it was left; below a section that is closed, what is wrong in
  /// it.
  func advancedNote(of field: FieldSpec) -> Note? {
    if let section = AdvancedSection.allCases.first(where: { FieldSpec.section($0).id == field.id })
    {
      guard !advanced.openSections.contains(section) else { return nil }
      return section.fields(self).lazy.compactMap { noteOnceLeft($0) }.first { $0.tone == .error }
    }
    return noteOnceLeft(field)
  }

  private func noteOnceLeft(_ field: FieldSpec) -> Note? {
    guard advanced.touched.contains(field.id) else { return nil }
    if let problem = advancedFinding(of: field, .error) { return Note(.error, problem.message) }
    return advancedFinding(of: field, .warning).map { Note(.warning, $0.message) }
  }
}
