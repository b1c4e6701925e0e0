import Foundation
import FormKit
import ReplicationModel
import Testing

@testable import ZferryApp

/// Documents that are made of the tables. `RECORD_DOCS=1` writes them anew; read the difference.
@Suite struct DocumentTests {
  @Test(arguments: [
    ("Keys.md", ReferenceText.keys), ("Fields.md", ReferenceText.fields),
    ("Glossary.md", ReferenceText.glossary),
  ])
  func `the document is what its table says`(name: String, text: String) throws {
    let file = Self.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD_DOCS"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let committed = try String(contentsOf: file, encoding: .utf8)
    #expect(committed == text, "\(name) is old: record it with RECORD_DOCS=1, and read it")
  }

  @Test func `every document is linked from the first page`() throws {
    let landing = try String(
      contentsOf: Self.folder.appending(path: "zferry.md"), encoding: .utf8)
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    for name in names where name.hasSuffix(".md") && name != "zferry.md" {
      #expect(landing.contains("<doc:\(name.dropLast(3))>"), "\(name)")
    }
  }

  private static let folder: URL = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder.appending(path: "Sources/zferry/zferry.docc")
  }()
}

/// The reference pages as text.
enum ReferenceText {
  static let keys: String = {
    var text = """
      # Keys

      What each key does, by what has the focus. Made from the table the program obeys (`KeyMap`).

      On terminals without function keys, Esc and then a digit is the function key of that number, and Esc then 0 is F10.

      """
    for (context, title) in contexts {
      text += "\n## \(title)\n\n| key | what it does |\n|---|---|\n"
      for binding in KeyMap.bindings where binding.context == context {
        text += "| \(escaped(binding.names)) | \(escaped(binding.long)) |\n"
      }
    }
    return text
  }()

  static let fields: String = {
    var text = """
      # Fields

      Every field: what it is called on the screens, its name in the file, and what it is without a word of yours. Made from the
      tables of the program.

      """
    text += "\n## A task\n\nThe file is `tasks/NAME.yaml`.\n"
    let task = TaskDraft()
    for field in TaskField.allCases {
      text += entry(field.label, field.rawValue, field.help, value(of: field, in: task))
    }
    text += "\n## A connection\n\nThe file is `connections/NAME.yaml`.\n"
    let connection = Connection()
    for field in ConnectionField.allCases {
      text += entry(
        field.label, field.rawValue, field.help, value(of: field, in: connection), "connection.")
    }
    text += "\n## A snapshot task\n\nThe file is `snapshot-tasks/NAME.yaml`.\n"
    let snapshots = SnapshotTask()
    for field in SnapshotTaskField.allCases {
      text += entry(
        field.label, field.rawValue, field.help, value(of: field, in: snapshots), "snapshot_task.")
    }
    text += "\n## Only on screens\n\nWhat the wizard asks for on the way to a task.\n"
    let state = AppState(opening: .wizard)
    for field in Said.fields
    where TaskField(rawValue: field.id.text) == nil && field.id.text != "question.typed" {
      text += entry(
        field.label, field.id.text, field.help, value(of: field, in: state),
        paragraph: field.paragraph)
    }
    return text
  }()

  static let glossary: String = {
    var text = """
      # Glossary

      The words that are special to ZFS, SSH and zferry. Made from the table of the program (`Glossary`).

      """
    for entry in Glossary.entries {
      text += "\n## \(escaped(entry.term))\n\n"
      if !entry.also.isEmpty { text += "Also: \(escaped(entry.also.joined(separator: ", "))).\n\n" }
      text += escaped(entry.meaning) + "\n"
    }
    return text
  }()

  private static let contexts: [(KeyContext, String)] = [
    (.anywhere, "Everywhere"), (.text, "In a text"), (.control, "On a mark, a value or a button"),
    (.choice, "On a choice"), (.list, "In a list"), (.tree, "In the tree of datasets"),
  ].filter { context, _ in KeyMap.bindings.contains { $0.context == context } }

  private static func entry(
    _ label: String, _ path: String, _ help: String, _ value: String, _ prefix: String = "",
    paragraph: String? = nil
  ) -> String {
    let long = paragraph ?? HelpText.paragraph(for: prefix + path) ?? ""
    return """

      ### \(escaped(label))

      `\(path)`, default: \(value). \(escaped(help))

      \(escaped(long))

      """
  }

  /// Text without what Markdown would take for its own.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "*_|<>[]`\\".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
