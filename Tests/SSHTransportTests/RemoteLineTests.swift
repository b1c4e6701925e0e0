import Foundation
import ReplicationEngine
import ReplicationModel
import Testing

@testable import SSHTransport

extension SSHTests {
  @Suite("Arguments")
  struct Arguments {
    static let hostile = [
      "a b", "it's", "$(id)", "`id`", "\"x\"", "new\nline", "", "*", "\\", "back\\slash!", "ü",
      "--help", "#x", "~", "a;b", "!!", "%s", "%s\\n", "100%\n", "tab\there", "\r\n", "\n", "\\'",
      "a'b'c", "{a,b}", "$HOME", "\\0101", "'", "''", "-n", "&", "|", "(", "\u{1b}[31m",
    ]

    /// Strings of what shells treat as special, the same at each run.
    static let random: [String] = {
      let letters = Array("ab'\"\\$`!%\n\t ;&|<>(){}[]*?~#0é-")
      var state: UInt64 = 42
      func next(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
      }
      return (0..<200).map { _ in
        String((0..<next(12)).map { _ in letters[next(letters.count)] })
      }
    }()

    @Test("Arguments arrive byte for byte, whatever is in them")
    func arrive() async throws {
      let server = try TestServer.shared.get()
      let host = SSHHost(server.connection, keyPath: server.key)
      let all = Self.hostile + Self.random
      let result = try await host.run(.zfs(["args"] + all))
      #expect(String(decoding: result.output, as: UTF8.self) == all.map { "<\($0)>" }.joined())
      for argument in Self.hostile {
        let one = try await host.run(.zfs("args", argument))
        #expect(String(decoding: one.output, as: UTF8.self) == "<\(argument)>")
      }
    }

    static let loginShells = [
      "/bin/sh", "/bin/bash", "/bin/csh", "/bin/tcsh", "/usr/bin/fish", "/bin/busybox",
      "/usr/bin/zsh", "/usr/bin/mksh",
    ].filter { FileManager.default.isExecutableFile(atPath: $0) }

    @Test("Login shells of this machine read the line the same way", arguments: loginShells)
    func shells(shell: String) throws {
      func told(_ arguments: [String]) throws -> String {
        let words = arguments.map(Command.quoted).joined(separator: " ")
        let line = RemoteLine.script("for a in \(words); do printf \"<%s>\" \"$a\"; done")
        return try TestServer.output(
          shell, shell.hasSuffix("busybox") ? ["sh", "-c", line] : ["-c", line])
      }
      let all = Self.hostile + Self.random
      #expect(try told(all) == all.map { "<\($0)>" }.joined())
      for argument in Self.hostile { #expect(try told([argument]) == "<\(argument)>") }
    }

    @Test("Login shells leave nothing in /tmp, and tell the status", arguments: loginShells)
    func leavesNothing(shell: String) throws {
      let lines = [
        RemoteLine.text(Command("id", []), sudo: false),
        RemoteLine.text(Command("id", ["--no-such\nflag!"]), sudo: false),
        RemoteLine.text(
          Command("no-such-tool", [String(repeating: "long ", count: 400)]), sudo: false),
        RemoteLine.script(HostQuestions.script(sudo: false)),
        RemoteLine.script(KeyInstallation.script),
      ]
      for (line, status) in zip(lines, ["0", "1", "127", "0", "0"]) {
        let words = shell.hasSuffix("busybox") ? [shell, "sh", "-c", line] : [shell, "-c", line]
        // A /tmp of its own, so that nobody else's files are in it.
        let told = try TestServer.output(
          "/usr/bin/unshare",
          [
            "-m", "/bin/sh", "-c",
            "mount -t tmpfs none /tmp; mount -t tmpfs none /var/tmp; mkdir /tmp/home; HOME=/tmp/home"
              + " \"$@\" 2>/dev/null </dev/null >/dev/null; s=$?; rm -r /tmp/home;"
              + " echo \"$s: $(ls -A /tmp /var/tmp | tr '\\n' ' ')\"", "sh",
          ] + words)
        #expect(told == "\(status): /tmp:  /var/tmp: \n", "\(line)")
      }
    }

    @Test("The mark at the end tells the status; errors without it tell none")
    func mark() {
      let mark = RemoteLine.mark
      func check(_ text: String, _ errors: String, _ status: Int32?) {
        let end = RemoteLine.end(of: text)
        #expect(end.errors == errors && end.status == status, "\(text.debugDescription)")
      }
      check("\(mark)0\n", "", 0)
      check("oops\n\(mark)12\n", "oops\n", 12)
      check("no end\(mark)1\n", "no end", 1)
      check("\(mark)5\n\(mark)0\n", "\(mark)5\n", 0)
      check("\(mark)0", "\(mark)0", nil)
      check("\(mark)\n", "\(mark)\n", nil)
      check("\(mark)0\nmore\n", "\(mark)0\nmore\n", nil)
      check("7\n", "7\n", nil)
      check("", "", nil)
    }
  }
}
