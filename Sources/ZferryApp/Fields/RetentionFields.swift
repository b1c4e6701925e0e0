import FormKit

extension FieldSpec {
  static let retentionDay = FieldSpec(
    id: "retention.day", label: "Days ahead",
    help: "The day to look at, counted from today.",
    kind: .choice(
      options: { _ in RetentionLook.Day.allCases.map(\.words) },
      get: { state in
        RetentionLook.Day.allCases.firstIndex { $0 == state.retention?.day }
      },
      set: { $0.retention?.day = RetentionLook.Day.allCases[$1] }))

  static let retentionDays = FieldSpec(
    id: "retention.days", label: "Number of days",
    help: "How many days from today, as 60; ten years at most.", required: true,
    kind: .text(
      get: { $0.retention?.typedDays ?? "" }, set: { $0.retention?.typedDays = $1 },
      secret: false, refuses: Refusal.notDigit), columns: 6,
    shown: { $0.retention?.day == .other })

  static let retentionOutage = FieldSpec(
    id: "retention.outage", label: "Outage in days",
    help: "How long no run gets through; below is said whether copying can go on then.",
    required: true,
    kind: .text(
      get: { $0.retention?.outageDays ?? "" }, set: { $0.retention?.outageDays = $1 },
      secret: false, refuses: Refusal.notDigit), columns: 6)

  static let retentionFields: [FieldSpec] = [retentionDay, retentionDays, retentionOutage]
}

extension RetentionLook.Day {
  var words: String {
    switch self {
    case .today: "Today"
    case .other: "Other"
    default: "\(rawValue)"
    }
  }
}

extension RetentionLook {
  /// Why a number cannot be used, or nil.
  func problem(of field: FocusID) -> String? {
    let text: String? =
      switch field {
      case FieldSpec.retentionDays.id: typedDays
      case FieldSpec.retentionOutage.id: outageDays
      default: nil
      }
    guard let text, Self.number(text) == nil else { return nil }
    return "A number of days from 0 to \(RetentionQuestion.mostDays), as 30."
  }
}
