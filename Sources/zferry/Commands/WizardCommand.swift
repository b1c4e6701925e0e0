internal import AppRuntime
internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import ZferryApp

/// `zferry wizard`: the wizard on the screen, or the same flow from an answers file.
struct WizardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wizard",
    abstract: "Sets up a replication task, step by step, or from an answers file.",
    discussion: """
      With --answers there is no terminal: the file is checked, both sides are looked at, the plan \
      is printed, the task is saved and, with `run: save_and_run`, run. With --write-answers the \
      wizard's answers are kept as such a file; it never holds a password.

      A task whose connection cannot be logged in to (69), or whose user has not the rights (77), is \
      not saved, unless the file says `enabled: false`: then it is saved as it is, and looked at by \
      nobody.

      EXAMPLE
        zferry wizard --answers offsite-answers.yaml
      """)
  @OptionGroup var global: GlobalOptions
  @Option(
    help: ArgumentHelp("Take the answers from a file; `-` is standard input.", valueName: "file"))
  var answers: String?
  @Option(help: ArgumentHelp("Keep the wizard's answers in a file.", valueName: "file"))
  var writeAnswers: String?
  @Flag(help: "With --answers: print findings as JSON.") var json = false

  func run() async throws {
    let place = Workplace(global)
    guard let answers else {
      let saved = try await UserInterface(place, look: global, opening: .wizard).run()
      if let writeAnswers, let saved {
        try await reporting { try AnswersFile.write(saved, to: writeAnswers) }
      }
      return
    }
    let given = try await read(answers)
    try await reporting { try global.requireChanging("wizard --answers") }
    if let writeAnswers { try await reporting { try AnswersFile.write(given, to: writeAnswers) } }
    try await Self.follow(given, place, json: json)
  }

  private func read(_ path: String) async throws -> Answers {
    do { return try AnswersFile.read(path) } catch let error as StoreError {
      if json, !error.findings.isEmpty {
        Report.line(JSONOutput.text(JSONOutput.Findings(error.findings)))
        throw ExitStatus.invalid.code
      }
      throw Report.exit(error)
    }
  }

  /// The wizard's flow without a terminal, told on standard output.
  static func follow(_ answers: Answers, _ place: Workplace, json: Bool = false) async throws {
    let ports = try await reporting { try place.ports() }
    let outcome = try await reporting {
      try await interruptible {
        let teller = AnswersTeller(clock: ports.clock)
        return try await AnswersRun(ports: ports).perform(
          answers, password: Self.password, tell: teller.tell)
      }
    }
    switch outcome {
    case .invalid(let findings):
      if json {
        Report.line(JSONOutput.text(JSONOutput.Findings(findings)))
      } else {
        Report.findings(findings)
        Report.trouble("No task was saved. Mend the lines marked [!!], then try again.")
      }
      throw ExitStatus.invalid.code
    case .conflicts:
      Report.trouble(
        "The task is saved, and was not run: what is marked [!!] has to be decided first.")
      throw ExitStatus.refused.code
    case .saved: break
    case .ran(let result):
      let status = ExitStatus(result)
      if status != .done { throw status.code }
    }
  }

  /// The password that Generate New needs once, from where the answers say it is.
  @Sendable static func password(_ source: GenerateAnswers.PasswordSource) throws -> Secret {
    switch source {
    case .file(let path): return try Prompt.secret(fromFile: path)
    case .environment(let name):
      guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
        throw StoreError(.notFound, subject: name, detail: "the variable is not set")
      }
      return Secret(value)
    }
  }
}
