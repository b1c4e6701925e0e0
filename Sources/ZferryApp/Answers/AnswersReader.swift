public import ReplicationModel

extension Answers {
  /// Reads a decoded document. What is unknown or of the wrong kind is a finding; the rest is read.
  public static func read(
    _ document: [String: AnswerValue]
  ) -> (answers: Answers, findings: [Finding]) {
    var reader = AnswersReader(document: document)
    reader.read()
    return (reader.answers, reader.findings)
  }
}

/// Reads one document, key by key.
struct AnswersReader {
  var document: [String: AnswerValue]
  var answers = Answers()
  var findings: [Finding] = []

  mutating func read() {
    for key in document.keys.sorted() where !Answers.keys.contains(key) {
      add(
        key, "answers.unknown", "\(key) is not a key of an answers file. Remove it, or correct it.")
    }
    readSource()
    readDestination()
    readConnection()
    readSchedule()
    answers.ending = oneOf("run", Answers.Ending.self) ?? answers.ending
    answers.isEnabled = flag("enabled") ?? true
    if !answers.isEnabled, answers.ending == .saveAndRun {
      add("run", "answers.disabled", "A disabled task is not run: give `run: save`.")
    }
  }

  private mutating func readSource() {
    answers.choices.sourceLocation = oneOf("source_location", WizardChoices.Location.self)
    answers.choices.sources = list("source_datasets")
    answers.choices.recursive = flag("recursive") ?? false
    answers.choices.customSnapshots = flag("custom_snapshots") ?? false
    if let schema = text("naming_schema") { answers.choices.namingSchema = schema }
    if let regex = text("name_regex") {
      answers.choices.nameRegex = regex
      answers.choices.selection = .regex
      if document["naming_schema"] != nil {
        add("name_regex", "answers.both", "Give naming_schema or name_regex, not both.")
      }
    }
    if answers.choices.sourceLocation == .local,
      document["naming_schema"] != nil || document["name_regex"] != nil
    {
      answers.choices.customSnapshots = flag("custom_snapshots") ?? true
    }
  }

  private mutating func readDestination() {
    answers.choices.destinationLocation = oneOf(
      "destination_location", WizardChoices.Location.self)
    if answers.choices.sourceLocation == .remote, answers.choices.destinationLocation == .remote {
      add(
        "destination_location", "answers.remote_both",
        "Destination Location has to be local where the source is remote.")
    }
    answers.choices.destination = text("destination") ?? ""
    if let name = text("task_name") {
      answers.choices.taskName = name
      answers.choices.nameIsTyped = !name.isEmpty
    }
  }

  private mutating func readConnection() {
    answers.choices.connection = text("connection")
    answers.choices.sudo = flag("sudo") ?? false
    answers.sudoIsGiven = document["sudo"] != nil
    guard let value = document["generate"] else { return }
    guard case .map(let map) = value else {
      return wrong("generate", "a group of keys")
    }
    if document["connection"] != nil {
      add("generate", "answers.both", "Give connection or generate, not both.")
    }
    var inner = AnswersReader(document: map)
    let generate = inner.readGenerate()
    findings += inner.findings.map { finding in
      Finding("generate.\(finding.field)", code: finding.code, finding.message)
    }
    answers.generate = generate
    answers.choices.connection = generate.name
    if document["sudo"] == nil { answers.choices.sudo = generate.sudo }
  }

  private mutating func readSchedule() {
    if let text = text("schedule") {
      if text == "once" {
        answers.choices.method = .once
      } else if let preset = WizardChoices.Preset(rawValue: text), preset != .custom {
        answers.choices.preset = preset
      } else {
        answers.choices.preset = .custom
        answers.choices.cron = text
      }
    }
    if let begin = text("schedule_begin") { answers.choices.begin = begin }
    if let end = text("schedule_end") { answers.choices.end = end }
    if let readonly = flag("readonly") { answers.choices.readonlyOnce = readonly }
    if let (value, unit) = lifetime("source_lifetime") {
      answers.choices.sourceLifetimeValue = value
      answers.choices.sourceLifetimeUnit = unit
    }
    answers.choices.retention =
      oneOf("retention_policy", TaskDraft.Retention.self) ?? answers.choices.retention
    if let (value, unit) = lifetime("lifetime") {
      answers.choices.lifetimeValue = value
      answers.choices.lifetimeUnit = unit
    }
  }

  private mutating func readGenerate() -> GenerateAnswers {
    let known: Set<String> = [
      "name", "host", "port", "username", "sudo", "host_key_fingerprint", "password_file",
      "password_env",
    ]
    for key in document.keys.sorted() where !known.contains(key) {
      add(key, "answers.unknown", "generate.\(key) is not a key of an answers file. Remove it.")
    }
    var generate = GenerateAnswers()
    generate.host = text("host") ?? ""
    generate.name = text("name") ?? TaskNaming.plain(generate.host)
    if let port = text("port") { generate.port = Int(port) ?? 0 }
    generate.username = text("username") ?? "root"
    generate.sudo = flag("sudo") ?? false
    generate.hostKeyFingerprint = text("host_key_fingerprint") ?? ""
    if let path = text("password_file") { generate.password = .file(path) }
    if let name = text("password_env") { generate.password = .environment(name) }
    if generate.host.isEmpty { add("host", "answers.required", "Host is required.") }
    if !(1...65_535).contains(generate.port) {
      add("port", "answers.range", "Port is a number from 1 to 65535.")
    }
    if generate.hostKeyFingerprint.isEmpty {
      add(
        "host_key_fingerprint", "answers.required",
        "The host key's fingerprint is required: nobody is there to confirm it. Read it with:"
          + " zferry connection scan HOST.")
    }
    if generate.password == nil {
      add(
        "password_file", "answers.required",
        "password_file or password_env is required, to put the new key in place once.")
    }
    return generate
  }
}
