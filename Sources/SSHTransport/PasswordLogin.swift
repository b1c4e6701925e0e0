internal import CSSH2
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

extension SSHSession {
  /// By password where the host takes one, else, or where that is not enough, by its questions.
  func passwordLogin(
    _ user: String, _ secrets: OneTimeLogin, _ offered: String, _ deadline: Deadline
  ) throws(HostError) -> CInt {
    let length = UInt32(user.utf8.count)
    let methods = offered.split(separator: ",")
    let asks = methods.contains("keyboard-interactive")
    var status = LIBSSH2_ERROR_AUTHENTICATION_FAILED
    // A code is only ever an answer to a question: a password alone would be one refused try more.
    if methods.contains("password"), secrets.code == nil || !asks {
      let text = secrets.password.revealed
      status = wait(until: deadline) {
        libssh2_userauth_password_ex(raw, user, length, text, UInt32(text.utf8.count), nil)
      }
    }
    guard status != 0, asks else { return status }
    return try answerQuestions(user, secrets, deadline)
  }

  private func answerQuestions(_ user: String, _ secrets: OneTimeLogin, _ deadline: Deadline)
    throws(HostError) -> CInt
  {
    let answers = LoginAnswers(secrets)
    link.answers = answers
    defer { link.answers = nil }
    let status = wait(until: deadline) {
      libssh2_userauth_keyboard_interactive_ex(raw, user, UInt32(user.utf8.count)) {
        _, _, _, _, count, prompts, responses, abstract in
        guard let prompts, let responses, let place = abstract?.pointee,
          let answers = Link.at(place).answers
        else { return }
        for index in 0..<Int(max(count, 0)) {
          let prompt = prompts[index]
          let bytes = UnsafeRawBufferPointer(start: prompt.text, count: Int(prompt.length))
          let text = answers.answer(to: String(decoding: bytes, as: UTF8.self))
          // libssh2 frees what it is given.
          responses[index].text = strdup(text)
          responses[index].length = UInt32(text.utf8.count)
        }
      }
    }
    if status != 0, let question = answers.missed {
      throw error(.codeWanted, question)
    }
    return status
  }
}

/// What answers a host's questions while a login runs.
final class LoginAnswers {
  private let secrets: OneTimeLogin
  /// A question for a code, where none was given.
  private(set) var missed: String?

  init(_ secrets: OneTimeLogin) { self.secrets = secrets }

  /// The code for what asks for one; the password for all else, as hosts that ask through PAM do.
  func answer(to question: String) -> String {
    guard Self.wantsCode(question) else { return secrets.password.revealed }
    if secrets.code == nil { missed = String(question.prefix(100)) }
    return secrets.code?.revealed ?? ""
  }

  /// By the words that the modules for codes use.
  static func wantsCode(_ question: String) -> Bool {
    let words = ["code", "one-time", "otp", "token", "second factor"]
    let question = question.lowercased()
    return words.contains { question.contains($0) }
  }
}
