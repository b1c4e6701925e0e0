internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import ZferryApp

/// Writes what people read: results to standard output, troubles to standard error.
enum Report {
  static func line(_ text: String = "") { write(text + "\n", to: .standardOutput) }

  /// A piece of a line, on a terminal.
  static func part(_ text: String) { write(text, to: .standardOutput) }

  static func trouble(_ text: String) { write(text + "\n", to: .standardError) }

  private static func write(_ text: String, to file: FileHandle) {
    // A reader that has gone away (`zferry history | head`) is no failure of ours.
    try? file.write(contentsOf: Data(text.utf8))
  }

  /// All findings, one a line, with their fields.
  static func findings(_ findings: [Finding]) {
    for finding in findings {
      let mark = finding.severity == .error ? "[!!]" : "[!]"
      // Both may quote what stands in a file that anybody may have written.
      trouble("\(mark) \(Words.escaped(finding.field)): \(Words.escaped(finding.message))")
    }
  }

  /// All findings of what was to be saved; throws the exit code where one of them is an error.
  static func verdict(_ findings: [Finding], json: Bool) throws {
    if json {
      line(JSONOutput.text(JSONOutput.Findings(findings)))
    } else {
      self.findings(findings)
    }
    guard findings.contains(where: { $0.severity == .error }) else { return }
    if !json { trouble("Nothing was saved. Mend the lines marked [!!], then try again.") }
    throw ExitStatus.invalid.code
  }

  /// What went wrong and what to do next, then the exit code that says it to scripts.
  static func exit(_ error: StoreError) -> ExitCode {
    if error.findings.isEmpty {
      explain(code: "store.\(error.code.rawValue)", subject: error.subject, detail: error.detail)
    } else {
      findings(error.findings)
    }
    return ExitStatus(error).code
  }

  static func exit(_ error: HostError) -> ExitCode {
    explain(code: error.code.rawValue, subject: error.subject, detail: error.detail)
    return ExitStatus(error).code
  }

  static func exit(_ failure: Failure) -> ExitCode {
    if failure.findings.isEmpty {
      explain(code: failure.code, subject: failure.subject, detail: failure.detail)
    } else {
      findings(failure.findings)
    }
    return ExitStatus(failure).code
  }

  static func explain(code: String, subject: String, detail: String) {
    let words = Words.explain(code: code, subject: subject, detail: detail)
    trouble(words.message)
    if !words.hint.isEmpty { trouble(words.hint) }
  }
}

/// Runs a command's body; typed errors become words and an exit code.
func reporting<Value>(_ body: () async throws -> Value) async throws -> Value {
  do { return try await body() } catch let error as StoreError {
    throw Report.exit(error)
  } catch let error as HostError {
    throw Report.exit(error)
  } catch let failure as Failure {
    throw Report.exit(failure)
  } catch let failure as RunFailure {
    throw Report.exit(Failure(failure.code, subject: failure.subject, detail: failure.detail))
  } catch is CancellationError {
    throw ExitStatus.stopped.code
  }
}
