import ReplicationEngine
import ReplicationModel
import TaskStore
import ZFSText
import ZferryApp

/// What reads text that others wrote: each takes any bytes, and gives an answer or a refusal that it has a
/// word for. It never traps, and what it takes it can say again.
public enum Parser: String, CaseIterable, Sendable {
  case listing, ties, words, delegation, token, schema, schedule, pattern, regex, task, snapshotTask
  case answers, foreign

  /// Reads bytes; gives what is wrong with the answer, where something is.
  public func read(_ bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    switch self {
    case .listing: return Self.readListing(bytes)
    case .ties:
      _ = try? TiesText.snapshots(bytes)
      _ = TiesText.names(bytes)
      _ = try? ListingText.marks(bytes)
      return nil
    case .words:
      _ = ZFSFailure(text)
      _ = ZFSFailure.missingDatasets(text)
      _ = EstimateText.bytes(text)
      return nil
    case .delegation:
      _ = Delegation(text)
      return nil
    case .token: return Self.readToken(text)
    case .schema: return Self.readSchema(text)
    case .schedule: return Self.readSchedule(text)
    case .pattern: return Self.readPattern(text)
    case .regex: return Self.readRegex(text)
    case .task: return Self.readTask(text)
    case .snapshotTask: return Self.readSnapshotTask(text)
    case .answers: return Self.readAnswers(text)
    case .foreign: return Self.readForeign(text)
    }
  }

  /// Every snapshot of an inventory belongs to a dataset, and they are in order.
  private static func readListing(_ bytes: [UInt8]) -> String? {
    let parts = bytes.split(separator: 1, maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let states = try? ListingText.datasets(Array(first)) else {
      return nil
    }
    let rest = parts.count > 1 ? Array(parts[1]) : bytes
    guard let inventory = try? ListingText.add(snapshots: rest, to: states) else { return nil }
    for name in inventory.names {
      let order = inventory[name]?.snapshots.map(\.createtxg) ?? []
      if order != order.sorted() { return "\(name) is out of order" }
    }
    return nil
  }

  /// Whoever is said to have written it; what is made of it is told what is wrong with it.
  private static func readForeign(_ text: String) -> String? {
    _ = ForeignTasks.form(of: text)
    for form in ForeignTasks.Form.allCases {
      let wish = ForeignWish(form: form, texts: [text], target: "backup/z")
      guard let read = try? ForeignTasks.read(wish, known: []) else { continue }
      let stored = ForeignTasks.Stored(
        taskNames: [], snapshotTasks: [], connections: [], zone: .utc, now: Instant(0))
      if read.tasks.isEmpty, read.snapshotTasks.isEmpty, read.findings.isEmpty,
        form != .truenas, form != .zettarepl
      {
        return "\(form) makes nothing of it, and says nothing"
      }
      if read.tasks.count + read.snapshotTasks.count < 1_000 {
        _ = read.allFindings(beside: stored)
      }
      if let problem = rewritten(read) { return "\(form): \(problem)" }
    }
    return nil
  }

  /// Whatever was read of another program's settings can be written down, and stays the same where a
  /// file may hold it.
  private static func rewritten(_ read: ForeignTasks) -> String? {
    for task in read.tasks {
      _ = TrueNASWriter.text(task, snapshotTasks: read.snapshotTasks)
      guard let again = try? store.decodeTask(store.encode(task), name: task.name) else { continue }
      if again != task { return "it is written as another: \(store.encode(task))" }
    }
    return nil
  }

  private static func readToken(_ text: String) -> String? {
    guard let facts = ResumeFacts(text) else { return nil }
    return facts.fromGUID?.value == 0 ? "an increment from nothing" : nil
  }

  /// What a schema makes it reads back, at any moment.
  private static func readSchema(_ text: String) -> String? {
    guard let schema = try? NamingSchema(text) else { return nil }
    for seconds in [0, 951_782_400, 1_798_761_600, 1_861_916_340] as [Int64] {
      let moment = Instant(seconds)
      let name = schema.name(at: moment, in: .utc)
      if NameProblem.inSnapshot(name) == nil, schema.instant(of: name, in: .utc) != moment {
        return "\(text.debugDescription) does not read what it made, \(name)"
      }
    }
    _ = schema.instant(of: text, in: .utc)
    return nil
  }

  private static func readSchedule(_ text: String) -> String? {
    var fields = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    while fields.count < 7 { fields.append(fields.count < 5 ? "*" : "00:00") }
    let schedule = Schedule(
      minute: fields[0], hour: fields[1], dom: fields[2], month: fields[3], dow: fields[4],
      begin: fields[5], end: fields[6])
    guard let table = try? Timetable(schedule) else { return nil }
    _ = CronWords.words(schedule)
    let now = Instant(1_798_761_600)
    for run in schedule.nextRuns(after: now, count: 3, zone: .utc)
    where !table.matches(run, in: .utc) {
      return "\(text.debugDescription) runs when it does not match"
    }
    return nil
  }

  private static func readPattern(_ text: String) -> String? {
    let parts = text.split(separator: "\n", maxSplits: 1)
    guard let first = parts.first else { return nil }
    _ = DatasetPattern(String(first)).matches(DatasetName(trusted: String(parts.last ?? "")))
    _ = NameProblem.inDataset(text)
    _ = NameProblem.inSnapshot(text)
    return nil
  }

  /// The first line is the pattern, and the second a name.
  private static func readRegex(_ text: String) -> String? {
    let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard let regex = try? NameRegex(String(parts[0])) else { return nil }
    _ = regex.matches(String((parts.last ?? "").prefix(255)))
    return nil
  }

  private static let store = FileStore(StoreFolders(config: "/nowhere", state: "/nowhere"))

  /// What was read and written is read the same, and the rules have an answer to it.
  private static func readTask(_ text: String) -> String? {
    guard let task = try? store.decodeTask(text, name: "t") else { return nil }
    _ = TaskRules.findings(for: task, in: RuleContext(zone: .utc, now: Instant(1_798_761_600)))
    let again = try? store.decodeTask(store.encode(task), name: "t")
    return again == task ? nil : "it is written as another: \(store.encode(task))"
  }

  private static func readSnapshotTask(_ text: String) -> String? {
    guard let task = try? store.decodeSnapshotTask(text, name: "t") else { return nil }
    let again = try? store.decodeSnapshotTask(store.encode(task), name: "t")
    return again == task ? nil : "it is written as another: \(store.encode(task))"
  }

  /// Lines of `key: value`; a value with commas is a list.
  private static func readAnswers(_ text: String) -> String? {
    var document: [String: AnswerValue] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map {
        String($0.drop { $0 == " " })
      }
      guard let key = parts.first, let value = parts.last, parts.count == 2 else { continue }
      document[key] = answer(value)
    }
    let (answers, findings) = Answers.read(document)
    guard findings.isEmpty else { return nil }
    let (again, _) = Answers.read(answers.document)
    return again.document == answers.document
      ? nil : "answers are written as others: \(answers.document)"
  }

  private static func answer(_ value: String) -> AnswerValue {
    if value.contains(",") {
      return .list(value.split(separator: ",").map { answer(String($0.drop { $0 == " " })) })
    }
    if let flag = Bool(value) { return .flag(flag) }
    return Int(value).map(AnswerValue.number) ?? .text(value)
  }
}
