import FormKit
import ReplicationModel

/// The long words of the help: a paragraph for each field, and a page for each screen.
public enum HelpText {
  /// What a field is, when it is wanted, and what happens if it is left as it is. `path` is the
  /// field's name in the task file, that in a connection's or snapshot task's file behind
  /// `connection.` or `snapshot_task.`, or the id of a field that only a screen has. Nil where
  /// there is no such field.
  public static func paragraph(for path: String) -> String? { paragraphs[path] }

  /// What a screen is for, what to do first, what cannot go wrong there, and where it leads; nil
  /// for an id that is no screen's.
  public static func page(for routeID: String) -> String? { pages[routeID] }

  /// All pages by their screens' ids.
  static let pages = merged(wizardPages, taskPages, hostPages, advancedPages, managementPages)

  /// All paragraphs by their fields' paths.
  static let paragraphs = merged(
    keyed(taskSource), keyed(taskRun), keyed(taskDestination), keyed(taskTransport),
    keyed(connection, below: "connection."), keyed(snapshotTask, below: "snapshot_task."), wizard,
    pairing, sections, management)

  private static func keyed<Field: RawRepresentable<String>>(
    _ table: [Field: String], below prefix: String = ""
  ) -> [String: String] {
    var result: [String: String] = [:]
    for (field, text) in table { result[prefix + field.rawValue] = text }
    return result
  }

  /// One table of several; a key stands in one of them only.
  private static func merged(_ tables: [String: String]...) -> [String: String] {
    tables.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
  }
}

extension FieldSpec {
  /// What the help says of it: its own paragraph, else that of the field of the task it fills.
  var paragraph: String? {
    HelpText.paragraph(for: id.text) ?? paths.lazy.compactMap(HelpText.paragraph).first
  }
}
