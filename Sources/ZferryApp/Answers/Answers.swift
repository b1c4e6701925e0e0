public import ReplicationModel

/// The wizard's answers without its screens: `zferry wizard --answers FILE`.
///
/// The same `WizardChoices` come out as from the same choices at the keys, so the same task does.
/// Secrets are never in it: a password is named by where it is found.
///
/// | key | value |
/// |---|---|
/// | `source_location` | `local`, `remote` |
/// | `source_datasets` | a list of datasets |
/// | `recursive`, `custom_snapshots` | `true`, `false` |
/// | `naming_schema` or `name_regex` | which snapshots are sent |
/// | `destination_location` | `local`, `remote`; `local` where the source is remote |
/// | `destination` | a dataset |
/// | `connection` | the name of a stored connection |
/// | `generate` | instead: `host`, `port`, `username`, `sudo`, `name`, `host_key_fingerprint`, and `password_file` or `password_env` |
/// | `sudo` | `true`, `false` |
/// | `task_name` | a name; else one is suggested |
/// | `schedule` | `hourly`, `daily`, `weekly`, `monthly`, `once`, or five cron fields |
/// | `schedule_begin`, `schedule_end` | the window of the day, as `08:00` |
/// | `readonly` | with `once`: `true`, `false` |
/// | `source_lifetime` | as `2 WEEK` |
/// | `retention_policy` | `SOURCE`, `NONE`, `CUSTOM` |
/// | `lifetime` | with `CUSTOM`: as `2 WEEK` |
/// | `run` | `save`, `save_and_run` |
/// | `enabled` | `true`; `false` saves a task that does not run by itself, also where its connection does not work yet |
public struct Answers: Hashable, Sendable {
  /// What is done with the task at the end.
  public enum Ending: String, CaseIterable, Sendable {
    case save
    case saveAndRun = "save_and_run"
  }
  public var choices = WizardChoices()
  public var generate: GenerateAnswers?
  public var ending = Ending.save
  /// Whether the task runs by itself. A disabled one is saved without a look at either side.
  public var isEnabled = true
  /// Whether the file says `sudo`; else the connection does.
  public var sudoIsGiven = false

  public init() {}

  public static let keys: Set<String> = [
    "source_location", "source_datasets", "recursive", "custom_snapshots", "naming_schema",
    "name_regex", "destination_location", "destination", "connection", "generate", "sudo",
    "task_name", "schedule", "schedule_begin", "schedule_end", "readonly", "source_lifetime",
    "retention_policy", "lifetime", "run", "enabled",
  ]

  /// What only follows from the others: a suggested name, and the connection's word on sudo.
  public mutating func complete(in library: Library) {
    if !choices.nameIsTyped {
      choices.taskName = TaskNaming.suggestion(
        for: choices, taken: Set(library.tasks.map(\.name)))
    }
    if !sudoIsGiven, let connection = library.connection(choices.connection) {
      choices.sudo = connection.sudo
    }
  }

  /// Every finding on the answers: those the wizard shows.
  public func findings(in library: Library, zone: Zone, now: Instant) -> [Finding] {
    var state = AppState(opening: .wizard, zone: zone, now: now)
    state.library = library
    state.wizard.choices = choices
    return state.allFindings()
  }
}

/// What Generate New asks.
public struct GenerateAnswers: Hashable, Sendable {
  /// Where a password is found; the password itself is never in an answers file.
  public enum PasswordSource: Hashable, Sendable {
    case file(String)
    case environment(String)
  }
  public var name = ""
  public var host = ""
  public var port = 22
  public var username = "root"
  public var sudo = false
  /// `SHA256:…`: the key a person has compared.
  public var hostKeyFingerprint = ""
  public var password: PasswordSource?

  public init() {}

  /// The connection to set up, with the keys whose fingerprint was given; nil where none has it.
  public func connection(with keys: [ShownHostKey]) -> Connection? {
    let known = keys.filter { $0.fingerprint == hostKeyFingerprint }
    guard !known.isEmpty else { return nil }
    var connection = Connection()
    connection.name = name
    connection.host = host
    connection.port = port
    connection.username = username
    connection.key = name
    connection.hostKey = known.map(\.line)
    connection.sudo = sudo && username != "root"
    return connection
  }
}
