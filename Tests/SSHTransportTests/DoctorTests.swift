import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel
import Testing

@testable import SSHTransport

extension SSHTests {
  /// Faults planted one at a time: the doctor names the cause, says what is good before it, and does
  /// not judge what hangs on it (engine.md 4.1).
  @Suite("The doctor")
  struct DoctorTests {
    /// Its tools are those of the clinic, so that other tests keep theirs.
    private static let server = Result { try TestServer() }
    let shared: TestServer

    init() throws { shared = try Self.server.get() }

    /// The state of each check before, the code of this one, and nothing behind it judged. A key's
    /// file is wanted at the login: what comes before is judged without it.
    func expect(
      _ found: [CheckID: CheckResult], _ id: CheckID, _ code: HostError.Code,
      _ detail: String = "", at location: SourceLocation = #_sourceLocation
    ) {
      let result = found[id]
      #expect(
        result?.state == .bad, "\(result?.state.rawValue ?? "none")", sourceLocation: location)
      #expect(result?.code == code.rawValue, sourceLocation: location)
      #expect(
        detail.isEmpty || result?.detail.contains(detail) == true, "\(result?.detail ?? "")",
        sourceLocation: location)
      let stop = CheckID.reaching.firstIndex(of: id == .keyFile ? .login : id) ?? 0
      for (index, step) in CheckID.reaching.enumerated() where step != id {
        let wanted: CheckResult.State = index < stop ? .good : .skipped
        #expect(found[step]?.state == wanted, "\(step)", sourceLocation: location)
      }
      for other in [CheckID.remoteZFS, .rights, .clock, .transfer] {
        #expect(found[other]?.state == .skipped, "\(other)", sourceLocation: location)
      }
      #expect(found[.localZFS]?.state == .good, sourceLocation: location)
    }

    @Test("A host on which all is well: every check is good, from one login")
    func good() async throws {
      var clinic = try Clinic()
      clinic.task = Clinic.push
      try clinic.rows(["vault filesystem 1 99000000000 0 off"])
      try clinic.server.write(
        "features", "vault\tfeature@large_blocks\tenabled\nvault\tfeature@longname\tenabled\n")
      let found = await clinic.examine()
      for (id, result) in found {
        #expect(result.state == .good, "\(id): \(result.code) \(result.detail)")
      }
      #expect(found.count == CheckID.allCases.count - 4, "no sudo, no REQUIRE, no packer, no link")
      #expect(found[.hostKey]?.detail.contains("SHA256:") == true)
      #expect(found[.banner]?.detail.hasPrefix("SSH-2.0-OpenSSH") == true)
    }

    @Test("Before anything is said: no name, no listener, no answer")
    func reaching() async throws {
      var clinic = Clinic(server: shared)
      clinic.connection.host = "no-such-host.invalid"
      expect(await clinic.examine(), .resolve, .resolve)
      clinic = Clinic(server: shared)
      clinic.connection.port = Loopback.freePort()
      expect(await clinic.examine(), .connect, .refused, "127.0.0.1")
      let full = FullHouse()
      clinic.connection.port = full.port
      clinic.connection.connectTimeout = 1
      expect(await clinic.examine(), .connect, .connectTimeout, "127.0.0.1")
    }

    @Test("What answers is no sshd, or none that takes us: each kind by its own name, in time")
    func impostors() async throws {
      var clinic = Clinic(server: shared)
      clinic.connection.connectTimeout = 1
      func meet(_ impostor: Impostor) async -> [CheckID: CheckResult] {
        clinic.connection.port = impostor.port
        return await clinic.examine()
      }
      expect(await meet(Impostor([])), .banner, .bannerTimeout)
      expect(await meet(Impostor([], closes: true)), .banner, .bannerClosed)
      let noise = (0..<8_192).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 5) }
      expect(await meet(Impostor(noise, repeating: 1_024)), .banner, .banner)
      let text = Array("\u{1b}[2Jwelcome\r\n".utf8)
      expect(await meet(Impostor(text, repeating: .max)), .banner, .banner, "welcome")
      let greeting = Array("SSH-2.0-x\r\n".utf8)
      expect(await meet(Impostor(greeting)), .keyExchange, .handshakeTimeout, "SSH-2.0-x")
      expect(await meet(Impostor(greeting, closes: true)), .keyExchange, .handshakeClosed)
    }

    @Test("An sshd that has its fill of logins is told from what is none")
    func crowded() async throws {
      var clinic = Clinic(server: shared)
      let crowded = Impostor(Array("Exceeded MaxStartups\r\n".utf8), closes: true)
      clinic.connection.port = crowded.port
      expect(await clinic.examine(), .banner, .bannerClosed, "MaxStartups")
    }

    @Test("Nothing in common: the kind is named, with what either side offers")
    func algorithms() async throws {
      let ciphers = try Clinic("Ciphers aes128-cbc,aes256-cbc")
      expect(
        await ciphers.examine(), .keyExchange, .handshake,
        "cipher: the host offers aes128-cbc,aes256-cbc; this side ")
      let exchanges = try Clinic("KexAlgorithms diffie-hellman-group1-sha1")
      expect(
        await exchanges.examine(), .keyExchange, .handshake,
        "key exchange: the host offers diffie-hellman-group1-sha1")
      let macs = try Clinic("Ciphers aes128-ctr\nMACs hmac-sha1")
      expect(await macs.examine(), .keyExchange, .handshake, "MAC: the host offers hmac-sha1")
    }

    @Test("A host key that nobody confirmed, and one that changed")
    func hostKeys() async throws {
      var clinic = Clinic(server: shared)
      clinic.connection.hostKey = []
      expect(await clinic.examine(), .hostKey, .hostKeyUnknown, "SHA256:")
      clinic.connection.hostKey = [shared.line("other")]
      let found = await clinic.examine()
      expect(found, .hostKey, .hostKeyChanged, "expected ssh-ed25519 SHA256:")
      #expect(found[.hostKey]?.detail.split(separator: "SHA256:").count == 3)
    }

    @Test("What keeps a key from opening the door, with the key's own fingerprint")
    func logins() async throws {
      var clinic = Clinic(server: shared)
      clinic.key = "/nowhere/key"
      expect(await clinic.examine(), .keyFile, .keyFile)
      clinic.key = "\(shared.folder)/other"
      let refused = HostKey(line: shared.line("other"))?.fingerprint ?? "?"
      expect(await clinic.examine(), .login, .authentication, refused)
      clinic = Clinic(server: shared)
      clinic.connection.username = "no-such-user"
      expect(await clinic.examine(), .login, .authentication, "no-such-user")

      let barred = try Clinic("AllowUsers somebody-else")
      expect(await barred.examine(), .login, .authentication)
      let matched = try Clinic("DenyUsers root")
      expect(await matched.examine(), .login, .authentication)
      let keyless = try Clinic("PubkeyAuthentication no\nKbdInteractiveAuthentication yes")
      expect(await keyless.examine(), .login, .authMethod, "keyboard-interactive")
      var strict = try Clinic("MaxAuthTries 1")
      strict.key = "\(strict.server.folder)/other"
      expect(await strict.examine(), .login, .authClosed, "SHA256:")
    }

    @Test("A key that others can read works, and is told")
    func keyMode() async throws {
      let clinic = Clinic(server: shared)
      chmod(clinic.key, 0o644)
      defer { chmod(clinic.key, 0o600) }
      let found = await clinic.examine()
      #expect(found[.keyFile]?.state == .doubtful)
      #expect(found[.keyFile]?.code == "check.key_mode")
      #expect(found[.login]?.state == .good)
    }

    @Test("A login that leads to no shell: forced command, no session, nologin, false")
    func shells() async throws {
      let forced = try Clinic("ForceCommand echo only backups here")
      expect(await forced.examine(), .shell, .shell, "only backups here")
      let silent = try Clinic("ForceCommand true")
      expect(await silent.examine(), .shell, .noStatus)
      let full = try Clinic("MaxSessions 0")
      expect(await full.examine(), .shell, .channel)
      for (shell, code) in [
        ("/usr/sbin/nologin", HostError.Code.nologin), ("/bin/false", .shell),
      ] {
        let user = try TestUser("zferrytest7", shell: shell)
        var clinic = Clinic(server: shared)
        clinic.connection.username = user.name
        expect(await clinic.examine(), .shell, code)
      }
    }

    @Test("A banner is no trouble; a shell that prints is one, and all else is still found out")
    func talkers() async throws {
      let clinic = try Clinic("Banner /etc/passwd")
      #expect(await clinic.examine()[.shell]?.state == .good)
      try clinic.plant(shell: "echo Welcome; echo zfs=/nowhere/zfs")
      let found = await clinic.examine()
      #expect(found[.shell]?.code == "check.shell_speaks")
      #expect(found[.shell]?.detail.hasPrefix("Welcome") == true)
      #expect(found[.remoteZFS]?.detail.contains("\(clinic.server.folder)/bin/zfs") == true)
      #expect(found[.transfer]?.state == .good)
    }

    @Test("A home that is missing, none, somebody else's, or open to all")
    func homes() async throws {
      let clinic = try Clinic()
      func home(_ path: String) async throws -> String? {
        try clinic.plant(shell: "export HOME=\(path)")
        let found = await clinic.examine()
        #expect(found[.login]?.state == .good)
        #expect(found[.home]?.state == .doubtful)
        return found[.home]?.code
      }
      #expect(try await home("/nowhere") == "check.home_missing")
      #expect(try await home("/var/empty") == "check.home_unusable")
      let folder = "\(clinic.server.folder)/home"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false)
      chmod(folder, 0o777)
      #expect(try await home(folder) == "check.home_mode")
      chmod(folder, 0o755)
      chown(folder, 12_345, 12_345)
      #expect(try await home(folder) == "check.home_owner")
    }

    @Test("sudo that asks, wants a terminal, or is not there; a zfs that is not, or has no module")
    func tools() async throws {
      var clinic = try Clinic()
      clinic.connection.sudo = true
      let asking = await clinic.examine()
      #expect(asking[.sudo]?.code == "sudo")
      #expect(asking[.sudo]?.state == .bad)
      #expect(asking[.rights]?.state == .skipped)
      try clinic.plant(
        tool: "sudo", "echo 'sudo: sorry, you must have a tty to run sudo' >&2; exit 1")
      #expect(await clinic.examine()[.sudo]?.code == "sudo.tty")
      try clinic.plant(
        tool: "sudo", "echo 'sudo: user is not allowed to execute zfs as root' >&2; exit 1")
      #expect(await clinic.examine()[.sudo]?.code == "sudo.not_allowed")
      try clinic.plant(tool: "sudo", "shift; exec \"$@\"")
      let working = await clinic.examine()
      #expect(working[.sudo]?.state == .good)
      #expect(working[.rights]?.detail == "sudo")

      clinic.connection.sudo = false
      try clinic.plant(
        tool: "zfs", "echo 'The ZFS modules are not loaded.' >&2; exit 1")
      #expect(await clinic.examine()[.remoteZFS]?.code == "zfs.module_missing")
      try clinic.plant(tool: "zfs", "echo zfs-2.3.2; echo zfs-kmod-2.1.5")
      #expect(await clinic.examine()[.remoteZFS]?.code == "check.zfs_mixed")
      try clinic.plant(tool: "zfs", "echo zfs-0.7.13")
      #expect(await clinic.examine()[.remoteZFS]?.code == "check.zfs_old")
      unlink("\(clinic.server.folder)/bin/zfs")
      let none = await clinic.examine()
      #expect(none[.remoteZFS]?.code == "zfs.missing")
      #expect(none[.login]?.state == .good)
    }

    @Test("What a task needs there: pool, room, quota, read-only, features, tools")
    func tasks() async throws {
      var clinic = try Clinic()
      var task = Clinic.push
      task.readonly = .require
      task.compression = .pigz
      clinic.task = task
      try clinic.server.write("features", "vault\tfeature@longname\tenabled\n")
      let missing = await clinic.examine()
      #expect(missing[.destination]?.code == "check.pool_missing")
      #expect(missing[.destination]?.detail == "vault")
      #expect(missing[.features]?.code == "check.feature_unknown")
      #expect(missing[.features]?.detail == "large_blocks")
      #expect(missing[.tools]?.state == (access("/usr/bin/pigz", X_OK) == 0 ? .good : .bad))
      try clinic.server.write("features", "vault\tfeature@large_blocks\tdisabled\n")
      try clinic.rows([
        "vault filesystem 9 1000000 0 off", "vault/copy filesystem 1 1000000 0 off",
      ])
      let tight = await clinic.examine()
      #expect(tight[.destination]?.state == .good)
      #expect(tight[.readonly]?.code == "check.readonly_off")
      #expect(tight[.space]?.code == "check.space")
      #expect(tight[.features]?.code == "check.feature_off")
      try clinic.rows(["vault filesystem 9000000 1000000 10000000 off"])
      let limited = await clinic.examine()
      #expect(limited[.space]?.code == "check.quota")
      #expect(limited[.space]?.subject == "vault")
      #expect(limited[.destination]?.detail.contains("is made in vault") == true)
      try clinic.rows(["vault/copy volume 1 1 0 off", "vault filesystem 1 1 0 off"])
      clinic.task?.targetDataset = "vault/copy/below"
      #expect(await clinic.examine()[.destination]?.code == "check.below_volume")
    }

    @Test("A line that loses large packets is told from one that is down")
    func narrow() async throws {
      var clinic = Clinic(server: shared)
      let line = NarrowLine(to: shared.port)
      clinic.connection.port = line.port
      let found = await clinic.examine()
      #expect(found[.shell]?.state == .good)
      #expect(found[.remoteZFS]?.state == .good)
      #expect(found[.transfer]?.code == "check.large_packets")
    }

    @Test("Five faults at once are found in one run")
    func five() async throws {
      var clinic = try Clinic()
      clinic.connection.sudo = true
      clinic.task = Clinic.push
      try clinic.plant(tool: "date", "echo 1000")
      try clinic.plant(shell: "echo Welcome; export HOME=/nowhere")
      chmod(clinic.key, 0o640)
      let found = await clinic.examine()
      #expect(found[.keyFile]?.code == "check.key_mode")
      #expect(found[.shell]?.code == "check.shell_speaks")
      #expect(found[.home]?.code == "check.home_missing")
      #expect(found[.sudo]?.code == "sudo")
      #expect(found[.clock]?.code == "check.clock")
    }

    @Test("A doctor who is sent away leaves at once, and tells what he had not reached")
    func cancelled() async throws {
      var clinic = Clinic(server: shared)
      let impostor = Impostor([])
      clinic.connection.port = impostor.port
      clinic.connection.connectTimeout = 60
      let patient = clinic
      let start = ProcessInfo.processInfo.systemUptime
      let visit = Task { await patient.examine() }
      try await Task.sleep(for: .milliseconds(300))
      visit.cancel()
      let found = await visit.value
      #expect(ProcessInfo.processInfo.systemUptime - start < 5)
      #expect(found[.shell]?.state != .good)
    }
  }
}
