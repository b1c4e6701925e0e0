import Foundation
import Glibc
import TerminalCore
import TerminalTestKit
import Testing

/// Plain mode in the shipped program: through pipes, and on terminals that cannot place a cursor.
@Suite(.serialized) struct PlainTests {
  /// `tank/data` to `tank/copies`, once, as the task `first`.
  static let answers = [
    "1", "", "o 1", "2", "", "", "", "", "",  // source
    "1", "", "1", "", "copies", "", "", "first", "",  // destination
    "2", "", "", "",  // schedule
    "1", "q",  // save, quit
  ]

  func input(_ answers: [String]) -> String { answers.map { $0 + "\n" }.joined() }

  func files(_ ground: Ground) throws -> [String: String] {
    var found: [String: String] = [:]
    for folder in ["tasks", "snapshot-tasks"] {
      let path = "\(ground.config)/\(folder)"
      for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
        found["\(folder)/\(name)"] = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
      }
    }
    return found
  }

  @Test func `the same choices in lines and in an answers file give the same files`() throws {
    let plain = try Ground()
    try plain.worlds()
    let ended = try plain.zferry(
      "--plain", "wizard", setting: ["LC_ALL": "C"], input: input(Self.answers))
    #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
    #expect(ended.errors == "")
    #expect(ended.output.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })

    let file = try Ground()
    try file.worlds()
    try """
    source_location: local
    source_datasets: [tank/data]
    destination_location: local
    destination: tank/copies
    task_name: first
    schedule: once
    run: save
    """.write(toFile: "\(file.folder)/answers.yaml", atomically: true, encoding: .utf8)
    let other = try file.zferry("wizard", "--answers", "\(file.folder)/answers.yaml")
    #expect(other.status == 0, "\(other.errors)")
    let files = try files(plain)
    #expect(files["tasks/first.yaml"]?.contains("target_dataset: tank/copies") == true)
    #expect(try files == self.files(file))
  }

  @Test(arguments: [0, 1, 5, 12, 22])
  func `the end of input is 130, and writes nothing`(count: Int) throws {
    let ground = try Ground()
    try ground.worlds()
    // The last line has no end: it may be half an answer.
    let ended = try ground.zferry(
      "wizard", "--plain", input: input(Array(Self.answers.prefix(count))) + "1")
    #expect(ended.status == 130, "\(ended.output)")
    #expect(try files(ground).isEmpty)
  }

  @Test func `without a terminal nothing is asked unless --plain says so`() throws {
    let ground = try Ground()
    let ended = try ground.zferry(
      "wizard", setting: ["TERM": "", "ACCESSIBLE": "1"], input: "q\n")
    #expect(ended.status == 64)
    #expect(ended.errors.contains("zferry --plain"), "\(ended.errors)")
  }

  @Test(arguments: [["TERM": "dumb"], ["TERM": "xterm-256color", "ACCESSIBLE": "1"], ["TERM": ""]])
  func `a terminal that cannot place its cursor is asked in lines`(setting: [String: String]) throws
  {
    let ground = try Ground()
    var environment = ground.environment.merging(setting) { $1 }
    environment["TERM"] = nil
    let program = try TerminalProgram(
      Programs.zferry, [], term: setting["TERM"] ?? "", size: Size(columns: 80, rows: 24),
      environment: environment)
    #expect(program.wait(for: "All is well, 1 to 1", seconds: 30), "\(program.screen)")
    program.type("q")
    program.press(.enter)
    #expect(program.exitStatus(seconds: 20) == 0)
    #expect(!program.terminal.bytes.contains(0x1B), "no escape byte")
    #expect(program.terminal.settings == program.settingsBefore)
  }

  /// The demo, up to the password of Generate New.
  func demoAtThePassword(_ ground: Ground) throws -> TerminalProgram {
    var environment = ground.environment
    environment["TMPDIR"] = ground.folder
    environment["TERM"] = nil
    let program = try TerminalProgram(
      Programs.zferry, ["demo", "--plain"], term: "dumb", size: Size(columns: 80, rows: 24),
      environment: environment)
    let source = Array(Self.answers.prefix(9))
    // Another system; Generate New as the practice has it; its key is the right one.
    for line in source + ["2", "", "1", "", "", "", "", "", "2"] {
      program.type(line)
      program.press(.enter)
    }
    #expect(program.wait(for: "Password, not shown", seconds: 60), "\(program.screen)")
    #expect(program.terminal.settings != program.settingsBefore, "nothing is echoed")
    return program
  }

  @Test(.enabled(if: ScreenTests.isPossible))
  func `a password is not shown, and the next answer is`() throws {
    let ground = try Ground()
    defer { withExtendedLifetime(ground) {} }
    let program = try demoAtThePassword(ground)
    program.type("practice")
    program.press(.enter)
    #expect(program.wait(for: "1) Set up", seconds: 20), "\(program.screen)")
    #expect(program.terminal.settings == program.settingsBefore)
    program.type("1")
    program.press(.enter)
    #expect(program.wait(for: "it works", seconds: 60), "\(program.screen)")
    let shown = String(decoding: program.terminal.bytes, as: UTF8.self)
    #expect(!shown.contains("(required): practice"))
    #expect(!program.terminal.bytes.contains(0x1B))
  }

  @Test(.enabled(if: ScreenTests.isPossible), arguments: [SIGTERM, SIGHUP, SIGSEGV])
  func `a signal at the password leaves a terminal that shows what is typed`(signal: Int32) throws {
    let ground = try Ground()
    defer { withExtendedLifetime(ground) {} }
    let program = try demoAtThePassword(ground)
    program.signal(signal)
    let status = program.exitStatus(seconds: 30)
    #expect(signal == SIGSEGV ? status != 0 : status == 130, "\(String(describing: status))")
    #expect(program.terminal.settings == program.settingsBefore)
  }
}
