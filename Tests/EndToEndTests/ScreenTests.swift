import Foundation
import Glibc
import TerminalCore
import TerminalTestKit
import Testing

/// The shipped program on a terminal of its own, at the keys, on the practice ground.
@Suite(.serialized) struct ScreenTests {
  /// The demo's screens; nil where no password can be had for its sshd.
  func demo(
    _ ground: Ground, size: Size = Size(columns: 80, rows: 24), term: String = "xterm-256color",
    locale: String = "C.UTF-8"
  ) throws -> TerminalProgram {
    var environment = ground.environment
    environment["TMPDIR"] = ground.folder
    environment["TERM"] = nil
    environment["LC_ALL"] = locale
    return try TerminalProgram(
      Programs.zferry, ["demo"], term: term, size: size, environment: environment)
  }

  func see(_ program: TerminalProgram, _ text: String) throws {
    // Under load a key may take long; a screen that never comes is told with what stands there.
    guard program.wait(for: text, seconds: 30) else {
      throw Trouble(text: "never seen: \(text)\n\(program.screen)")
    }
    // The rest of a new screen may still be on its way, with the old one's focus below its title.
    program.settle(milliseconds: 60)
  }

  /// Tab until this field or button has the focus.
  func go(_ program: TerminalProgram, to label: String) throws {
    for _ in 0..<40 {
      let before = program.screen
      if before.contains("> \(label)") || before.contains(">[ \(label) ]") { return }
      program.press(.tab)
      // Each Tab moves the mark: the next one waits for it, else it would run past the field.
      _ = program.wait(seconds: 10) { $0.text != before }
      program.settle(milliseconds: 40)
    }
    throw Trouble(text: "never on: \(label)\n\(program.screen)")
  }

  /// From the first question to the review: `tank/data` to `backup/site-a` on vault.
  func walkToTheReview(_ program: TerminalProgram) throws {
    try see(program, "Step 1 of 4: Source")
    program.press(.space)
    try see(program, "Choose")
    program.press(.tab, .enter)
    try see(program, "tank")
    program.press(.right)
    try see(program, "home")
    program.press(.down, .space)
    try see(program, "tank/data: marked")
    program.press(.tab, .enter)
    try see(program, "[ tank/data ]")
    try go(program, to: "Next")
    program.press(.enter)
    try see(program, "Step 2 of 4: Destination")
    program.press(.right, .space)
    try see(program, "Step 2 of 5")
    try go(program, to: "SSH Connection")
    program.press(.enter)
    try see(program, "Generate New")
    program.press(.enter)
    try generateNew(program)
    try see(program, "[ vault ]")
    try go(program, to: "Destination  ")
    program.press(.enter)
    try see(program, "Dataset that receives the copies")
    try see(program, "GiB free")
    program.press(.space, .tab)
    program.type("site-a")
    try go(program, to: "Use this")
    program.press(.enter)
    try see(program, "[ backup/site-a ]")
    try go(program, to: "Task Name")
    program.press(.ctrl("u"))
    program.type("first")
    try go(program, to: "Next")
    program.press(.enter)
    try see(program, "Step 3 of 5")
    try go(program, to: "Next")
    program.press(.enter)
    try see(program, "Step 4 of 5")
    try go(program, to: "Next")
    program.press(.enter)
    // On the smallest screen more stands below it.
    try see(program, "Creates")
  }

  /// Host, port, user and name stand there already, for this is practice.
  func generateNew(_ program: TerminalProgram) throws {
    try see(program, "Its")
    try go(program, to: "Scan host key")
    program.press(.enter)
    try see(program, "is this the right host?")
    try see(program, "SHA256:")
    program.press(.tab, .enter)
    try see(program, "password, once")
    program.type("practice")
    program.press(.tab, .enter)
    try see(program, "it works")
    program.press(.enter)
  }

  func leave(_ program: TerminalProgram) throws {
    program.press(.function(10))
    if program.wait(for: "Quit?", seconds: 2) {
      // A dangerous button is not pressed by keys that were typed ahead.
      usleep(800_000)
      program.press(.tab, .enter)
    }
    #expect(program.exitStatus(seconds: 20) == 0)
    #expect(program.terminal.settings == program.settingsBefore, "the terminal is as it was")
  }

  static let isPossible =
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/sshd")

  @Test(.enabled(if: isPossible))
  func `the wizard leads from the first question to a copy that was checked`() throws {
    let ground = try Ground()
    let program = try demo(ground)
    try walkToTheReview(program)
    #expect(program.screen.contains("What the first run does"), "\(program.screen)")
    try go(program, to: "Save and run")
    program.press(.enter)
    try see(program, "done and checked")
    program.press(.enter)
    try see(program, "Replication tasks")
    #expect(program.screen.contains("first"))
    try leave(program)
    let practice = "\(ground.folder)/zferry-demo-\(getuid())"
    let copies = try ground.guids("\(practice)/vault", below: "backup/site-a")
    #expect(try copies == ground.guids("\(practice)/here", below: "tank/data") && copies.count == 3)
    let task = try String(contentsOfFile: "\(practice)/config/tasks/first.yaml", encoding: .utf8)
    #expect(task.contains("target_dataset: backup/site-a"))
    #expect(!program.terminal.bytes.isEmpty)
  }

  @Test(
    .enabled(if: isPossible),
    arguments: [("vt100", "C"), ("linux", "C.UTF-8"), ("screen", "C.UTF-8")])
  func `the wizard works at 60x20 on other terminals`(term: String, locale: String) throws {
    let ground = try Ground()
    let program = try demo(
      ground, size: Size(columns: 60, rows: 20), term: term, locale: locale)
    try walkToTheReview(program)
    try leave(program)
    if locale == "C" {
      #expect(program.terminal.bytes.allSatisfy { $0 < 0x80 }, "only ASCII on a vt100")
    }
  }

  @Test func `without zfs the browser says what to install, and the keys go on working`() throws {
    let ground = try Ground()
    var environment = ground.environment
    environment["PATH"] = "/usr/bin:/bin"
    guard
      !["/usr/sbin/zfs", "/sbin/zfs", "/usr/local/sbin/zfs"].contains(
        where: FileManager.default.isExecutableFile(atPath:))
    else { return }
    let program = try TerminalProgram(
      Programs.zferry, ["wizard"], size: Size(columns: 80, rows: 24), environment: environment)
    try see(program, "Step 1 of 4: Source")
    program.press(.space)
    try see(program, "Choose")
    program.press(.tab, .enter)
    try see(program, "zfsutils-linux")
    program.press(.escape)
    try see(program, "Step 1 of 4: Source")
    try leave(program)
  }
}
