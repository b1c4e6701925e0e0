internal import Foundation
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// Questions on a terminal, for commands; the screens have their own.
enum Prompt {
  static var isPossible: Bool { isatty(STDIN_FILENO) == 1 }

  /// Only a typed yes is one; the end of input is a no.
  static func yes(_ question: String) -> Bool {
    Report.trouble("\(question) [y/N] ")
    let answer = readLine()?.lowercased() ?? ""
    return answer == "y" || answer == "yes"
  }

  /// Whether exactly this was typed.
  static func typed(_ word: String, _ question: String) -> Bool {
    Report.trouble(question)
    return readLine() == word
  }

  /// Reads a line without showing it.
  static func secret(_ question: String) throws -> Secret {
    guard isPossible else {
      throw StoreError(
        .invalid, subject: "password",
        detail: "there is no terminal to ask on; give --password-file")
    }
    var saved = termios()
    tcgetattr(STDIN_FILENO, &saved)
    var silent = saved
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved) }
    Report.trouble(question)
    guard let line = readLine(), !line.isEmpty else { throw ExitStatus.stopped.code }
    return Secret(line)
  }

  /// The first line of a file.
  static func secret(fromFile path: String) throws -> Secret {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let line = text.split(separator: "\n", omittingEmptySubsequences: false).first, !line.isEmpty
    else {
      throw StoreError(.notFound, subject: path, detail: "the file holds no password")
    }
    return Secret(String(line))
  }
}
