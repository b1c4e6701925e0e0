import Foundation
import ReplicationEngine
import ReplicationModel
import Testing

@testable import SSHTransport

extension SSHTests {
  @Suite("Packed streams")
  struct PackedStreams {
    let server: TestServer
    let host: SSHHost
    let packer = Packer(.zstd, level: 3)

    init() throws {
      server = try TestServer.shared.get()
      host = SSHHost(server.connection, keyPath: server.key)
    }

    func command(_ line: String, _ filter: Command.Filter) -> Command {
      var command = Command.zfs(line)
      command.filter = filter
      return command
    }

    func push(_ line: String, _ filter: Command.Filter, _ bytes: Data) async throws -> CommandResult
    {
      let stream = try await host.startReceiving(command(line, filter))
      await Bytes.write(bytes, to: stream.handle.raw)
      return try await stream.finish()
    }

    func pull(_ line: String, _ filter: Command.Filter) async throws -> (Data, CommandResult) {
      let stream = try await host.startSending(command(line, filter))
      let got = await Bytes.read(stream.handle.raw)
      return (got, try await stream.finish())
    }

    @Test("There and back through a packer every byte is the same, and smaller on its way")
    func whole() async throws {
      let line = "seq 1 900000"
      let (packed, sent) = try await pull(line, packer.packing)
      #expect(sent.exit == .status(0) && sent.filter == .status(0) && sent.succeeded)
      #expect(packed.count > 1_000 && packed.count < 3_000_000)
      let received = try await push("cat > \(server.folder)/got", packer.unpacking, packed)
      #expect(received.succeeded && received.filter == .status(0))
      let got = try server.text("got")
      #expect(got.hasPrefix("1\n2\n3\n") && got.hasSuffix("\n899999\n900000\n"))
    }

    @Test("Each program's end is told by itself")
    func ends() async throws {
      let (_, sent) = try await pull("echo half; echo bad >&2; exit 6", packer.packing)
      #expect(sent.exit == .status(6) && sent.filter == .status(0) && sent.errors == "bad\n")
      let (_, killed) = try await pull("kill -9 $$", packer.packing)
      #expect(killed.exit == .signal(9) && killed.filter == .status(0))

      let whole = try await pull("seq 1 900000", packer.packing).0
      let half = Data(whole.prefix(whole.count / 2))
      let cut = try await push("wc -c > \(server.folder)/got", packer.unpacking, half)
      #expect(cut.exit == .status(0) && cut.filter == .status(1) && !cut.succeeded)
      // What came before the cut was handed on: a receiver keeps it.
      #expect(Int(try server.text("got").trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0 > 9)

      let refused = try await push(
        "echo 'out of space' >&2; exit 1", packer.unpacking,
        (try await pull("seq 1 9000000", packer.packing)).0)
      #expect(refused.exit == .status(1) && refused.filter != .status(0))
      #expect(refused.errors.contains("out of space"))
    }

    @Test("A packer that is not there is said to be missing, and a zfs that is not as well")
    func missing() async throws {
      guard !FileManager.default.fileExists(atPath: "/usr/bin/plzip") else { return }
      let error = try await #require(throws: HostError.self) {
        try await pull("touch \(server.folder)/ran", Packer(.plzip, level: 6).packing)
      }
      #expect(error.code == .packerMissing && error.detail == "plzip")
      #expect(!FileManager.default.fileExists(atPath: "\(server.folder)/ran"))
      var none = Command("zpool", ["x"])
      none.filter = packer.packing
      let zfs = try await #require(throws: HostError.self) {
        try await host.startSending(none).finish()
      }
      #expect(zfs.code == .zfsMissing)
    }

    @Test("Login shells read the packed line the same way", arguments: Arguments.loginShells)
    func shells(shell: String) throws {
      for (filter, told) in [(packer.packing, "0"), (Packer(.plzip, level: 6).packing, "127")] {
        guard told == "0" || !FileManager.default.fileExists(atPath: "/usr/bin/plzip") else {
          continue
        }
        var command = Command("id", ["--no-such"])
        command.filter = filter
        let line = RemoteLine.text(command, sudo: false)
        let words = shell.hasSuffix("busybox") ? ["sh", "-c", line] : ["-c", line]
        let output = try TestServer.output(
          "/bin/sh", ["-c", "\"$@\" 2>&1 >/dev/null | tail -n 2", "sh", shell] + words)
        #expect(output == "\(RemoteLine.filterMark)\(told)\n\(RemoteLine.mark)1\n", "\(line)")
      }
    }
  }
}
