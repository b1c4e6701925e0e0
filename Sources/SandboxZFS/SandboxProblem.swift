/// A command's failure, in OpenZFS' own words.
struct SandboxProblem: Error {
  var text: String
  /// 1 for a failure, 2 for a wrong command line, 255 where libzfs' own -1 is handed on.
  var status: Int32

  static func failure(_ text: String) -> SandboxProblem {
    SandboxProblem(text: text + "\n", status: 1)
  }

  /// A failure of `zfs set`, of keys and of resume tokens: these end with 255.
  static func refused(_ text: String) -> SandboxProblem {
    SandboxProblem(text: text + "\n", status: 255)
  }

  static func usage(_ text: String) -> SandboxProblem {
    SandboxProblem(text: text + "\nusage:\n", status: 2)
  }

  static func missing(_ name: String) -> SandboxProblem {
    failure("cannot open '\(name)': dataset does not exist")
  }
}
