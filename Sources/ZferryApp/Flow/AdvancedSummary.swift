import FormKit
import ReplicationModel

extension AppState {
  /// What is set in a section, in a few words: what a new task does not have, or what always counts.
  func summary(of section: AdvancedSection) -> String {
    let words = section.fields(self).compactMap { field -> String? in
      guard let path = field.paths.first, let task = TaskField(rawValue: path),
        !advanced.leftOut.contains(task),
        task.isSet(in: advanced.raw)
          || Self.alwaysTold.contains(task)
            && task.needlessness(in: advanced.raw) == nil
      else { return nil }
      return self.words(for: task, field)
    }
    return words.isEmpty ? "nothing set" : words.joined(separator: ", ")
  }

  private static let alwaysTold: Set<TaskField> = [
    .direction, .transport, .retentionPolicy, .readonly, .auto,
  ]

  /// A field's value, with its label where the value alone says nothing.
  private func words(for task: TaskField, _ field: FieldSpec) -> String? {
    let raw = advanced.raw
    switch task {
    case .retries: return "\(raw.retries) retries"
    case .retryMinutes: return "\(raw.retryMinutes) minutes of retrying"
    case .parallel: return "\(raw.parallel) at a time"
    case .conflict: return "conflicts \(raw.conflict.rawValue)"
    case .readonly: return "read-only \(raw.readonly.rawValue)"
    case .lifetimeValue: return raw.lifetimeUnit == nil ? advanced.form.texts[task] : nil
    case .lifetimeUnit:
      let unit = FieldSpec.units.first { $0.0 == raw.lifetimeUnit }?.1 ?? ""
      return "\(advanced.form.texts[.lifetimeValue] ?? "") \(unit)"
    default: break
    }
    return words(for: field)
  }

  private func words(for field: FieldSpec) -> String? {
    switch field.kind {
    case .check(let get, _): get(self) ? field.label : "no \(field.label)"
    case .choice(let options, let get, _):
      get(self).map { options(self)[$0] }
    case .text(let get, _, let secret, _):
      secret ? "a key" : Self.short(field, Words.escaped(get(self)))
    case .opener(let value, _): value(self).isEmpty ? nil : Words.escaped(value(self))
    case .constant, .fold: nil
    }
  }

  /// A number alone says nothing.
  private static func short(_ field: FieldSpec, _ value: String) -> String? {
    if value.isEmpty { return nil }
    return value.allSatisfy(\.isNumber) ? "\(field.label) \(value)" : value
  }
}
