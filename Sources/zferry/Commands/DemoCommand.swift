internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import ZferryApp

/// `zferry demo`: the practice sandbox.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Practises on two pretend hosts with a real sshd between them.",
    discussion: """
      Nothing outside one folder below the temporary folder is touched. With --headless the same \
      flow is played from an answers file, without a terminal.

      EXAMPLE
        zferry demo --headless
      """)
  @OptionGroup var global: GlobalOptions
  @Flag(help: "Play the flow from an answers file and say what happens.") var headless = false

  func run() async throws {
    try await reporting {
      let ground = try DemoGround()
      try ground.prepare()
      ground.enter()
      let leash = try await DemoProcess.sshd(ground)
      defer { try? leash.fileHandleForWriting.close() }
      if headless {
        try await DemoPlay(ground).play()
      } else {
        try await screens(ground)
      }
    }
  }

  private func screens(_ ground: DemoGround) async throws {
    try await UserInterface(
      ground.place, look: global, opening: .wizard, practice: ground.practice
    ).run()
    Report.line("The practice ground stays in \(ground.folder). To look around in it:")
    Report.line("  export \(ground.shellEnvironment)")
    Report.line("  zfs list -t all; zferry status")
  }
}
