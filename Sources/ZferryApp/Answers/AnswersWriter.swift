import ReplicationModel

extension Answers {
  /// The document that gives these answers again. It holds no secret, because answers hold none.
  public var document: [String: AnswerValue] {
    var document: [String: AnswerValue] = [:]
    let choices = self.choices
    document["source_location"] = choices.sourceLocation.map { .text($0.rawValue) }
    document["source_datasets"] = .list(choices.sources.map { .text($0) })
    document["recursive"] = .flag(choices.recursive)
    if choices.selectsByName {
      if !choices.isPull { document["custom_snapshots"] = .flag(true) }
      if choices.usesRegex {
        document["name_regex"] = .text(choices.nameRegex)
      } else {
        document["naming_schema"] = .text(choices.namingSchema)
      }
    }
    document["destination_location"] = choices.effectiveDestination.map { .text($0.rawValue) }
    document["destination"] = .text(choices.destination)
    if choices.nameIsTyped { document["task_name"] = .text(choices.taskName) }
    if choices.needsConnection {
      if let generate {
        document["generate"] = .map(generate.document)
      } else {
        document["connection"] = choices.connection.map { .text($0) }
      }
      document["sudo"] = .flag(choices.sudo)
    }
    if choices.method == .once {
      document["schedule"] = .text("once")
      document["readonly"] = .flag(choices.readonlyOnce)
    } else {
      document["schedule"] = .text(
        choices.preset == .custom ? choices.cron : choices.preset.rawValue)
      let whole = WizardChoices()
      if choices.hasWindow, (choices.begin, choices.end) != (whole.begin, whole.end) {
        document["schedule_begin"] = .text(choices.begin)
        document["schedule_end"] = .text(choices.end)
      }
    }
    if choices.makesSnapshotTasks {
      document["source_lifetime"] = .text(
        "\(choices.sourceLifetimeValue) \(choices.sourceLifetimeUnit.rawValue)")
    }
    document["retention_policy"] = .text(choices.retention.rawValue)
    if choices.retention == .custom {
      document["lifetime"] = .text("\(choices.lifetimeValue) \(choices.lifetimeUnit.rawValue)")
    }
    document["run"] = .text(ending.rawValue)
    if !isEnabled { document["enabled"] = .flag(false) }
    return document
  }
}

extension GenerateAnswers {
  var document: [String: AnswerValue] {
    var document: [String: AnswerValue] = [
      "name": .text(name), "host": .text(host), "port": .number(port),
      "username": .text(username), "sudo": .flag(sudo),
      "host_key_fingerprint": .text(hostKeyFingerprint),
    ]
    switch password {
    case .file(let path): document["password_file"] = .text(path)
    case .environment(let name): document["password_env"] = .text(name)
    case nil: break
    }
    return document
  }
}
