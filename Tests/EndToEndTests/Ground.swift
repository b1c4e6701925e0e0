import Foundation
import Glibc

/// Two pretend hosts in a folder of their own: this one with pool `tank`, `vault` with pool `backup`,
/// both with the sandbox's `zfs`. The programs are the ones that are shipped; only `zfs` is a fake.
final class Ground: @unchecked Sendable {
  let folder: String
  private var server: Server?

  var here: String { "\(folder)/here" }
  var vault: String { "\(folder)/vault" }
  var config: String { "\(folder)/config" }
  /// Every call of `zfs` on this host, a line each.
  var hereLog: String { "\(folder)/here.log" }
  var vaultLog: String { "\(folder)/vault.log" }

  init() throws {
    var template = Array("/tmp/zferry-e2e-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw CocoaError(.fileWriteUnknown) }
    folder = String(cString: made)
    let files = FileManager.default
    for name in ["bin", "config", "state", "logs"] {
      try files.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    for name in ["zfs", "zpool"] {
      try files.createSymbolicLink(
        atPath: "\(folder)/bin/\(name)", withDestinationPath: Programs.sandbox)
    }
  }

  deinit {
    server = nil
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The worlds of the demo: `tank` with seven datasets here, an empty `backup` on vault.
  func worlds() throws {
    try sandbox(here, ["world", "source"])
    try sandbox(vault, ["world", "target"])
  }

  private func sandbox(_ root: String, _ words: [String]) throws {
    let ended = try Programs.run(
      Programs.sandbox, words, environment: ["ZFS_SANDBOX": root], in: "\(folder)/logs")
    guard ended.status == 0 else { throw Trouble(text: ended.errors) }
  }

  /// Runs `zfs` or `zpool` on one of the pretend hosts; it has to succeed.
  @discardableResult
  func zfs(_ root: String, _ words: String..., tool: String = "zfs") throws -> String {
    let ended = try Programs.run(
      Programs.sandbox, [tool] + words, environment: ["ZFS_SANDBOX": root], in: "\(folder)/logs")
    guard ended.status == 0 else { throw Trouble(text: "\(words): \(ended.errors)") }
    return ended.output
  }

  /// `snapshot guid` of all below a dataset, by their path below it.
  func guids(_ root: String, below name: String) throws -> [String] {
    try zfs(root, "list", "-Hp", "-r", "-t", "snapshot", "-o", "name,guid", name)
      .split(separator: "\n").map { String($0.dropFirst(name.count)) }.sorted()
  }

  /// What a run of `push` would do now, as `full` or `resume`.
  func stepKinds() throws -> [String] {
    let plan = try json(try zferry("plan", "push", "--json").output)
    return (plan["steps"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
  }

  /// Waits until something holds; a minute is more than any loaded machine takes.
  func wait(_ condition: () throws -> Bool) throws {
    let end = Date(timeIntervalSinceNow: 60)
    repeat {
      if try condition() { return }
      usleep(50_000)
    } while Date() < end
    throw Trouble(text: "it did not come about")
  }

  var environment: [String: String] {
    [
      "PATH": "\(folder)/bin:/usr/bin:/bin", "HOME": folder, "ZFS_SANDBOX": here,
      "ZFS_SANDBOX_LOG": hereLog, "ZFERRY_CONFIG": config, "ZFERRY_STATE": "\(folder)/state",
      "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
    ]
  }

  func zferry(
    _ words: String..., setting: [String: String] = [:], input: String? = nil
  ) throws -> Ended {
    try start(words, setting: setting, input: input).wait()
  }

  func start(
    _ words: [String], setting: [String: String] = [:], input: String? = nil
  ) throws -> Programs.Started {
    try Programs.Started(
      Programs.zferry, words, environment: environment.merging(setting) { $1 },
      in: "\(folder)/logs", input: input)
  }

  /// Saves a task; it has to be valid.
  func task(_ name: String, _ lines: String) throws {
    let path = "\(folder)/\(name).yaml"
    try (lines + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let ended = try zferry("task", "apply", path)
    guard ended.status == 0 else { throw Trouble(text: ended.errors) }
  }

  /// A task that pushes all of `tank` to `backup/tank` on vault.
  func pushTask(_ name: String = "push", source: String = "tank", target: String = "backup/tank")
    throws
  {
    try task(name, Self.push(source: source, target: target))
  }

  /// The file of a task that pushes to vault, with more lines where a test wants them.
  static func push(
    source: String = "tank", target: String = "backup/tank", more: String = ""
  ) -> String {
    file(
      "direction: PUSH\ntransport: SSH\nconnection: vault", source: source, target: target,
      more: more)
  }

  /// A task that pulls `tank/home` from vault to `backup/home`.
  func pullTask() throws {
    try task(
      "pull",
      Self.file(
        "direction: PULL\ntransport: SSH\nconnection: vault", source: "tank/home",
        target: "backup/home", schema: "naming_schema"))
  }

  /// A push within this host.
  func localTask(_ name: String = "local", source: String = "tank", target: String) throws {
    try task(
      name, Self.file("direction: PUSH\ntransport: LOCAL", source: source, target: target))
  }

  /// A task of whole trees that keeps all; `way` says from where to where, `schema` is the field of that way.
  private static func file(
    _ way: String, source: String, target: String, schema: String = "also_include_naming_schema",
    more: String = ""
  ) -> String {
    """
    \(way)
    source_datasets: [\(source)]
    target_dataset: \(target)
    recursive: true
    \(schema): ["auto-%Y-%m-%d_%H-%M"]
    auto: false
    retention_policy: NONE
    \(more)
    """
  }

  /// Starts a real sshd whose sessions see `root`'s `zfs`, and a connection `vault` to it.
  @discardableResult
  func connect(to root: String? = nil, rate: Int? = nil) throws -> Server {
    let server = try Server(self, root: root ?? vault, rate: rate)
    self.server = server
    let key = try zferry("key", "generate", "vault")
    try key.output.write(
      toFile: "\(folder)/authorized_keys", atomically: true, encoding: .utf8)
    let added = try zferry(
      "connection", "add", "vault", "--host", "127.0.0.1", "--port", "\(server.port)", "--user",
      NSUserName(), "--key", "vault", "--fingerprint", server.fingerprint)
    guard added.status == 0 else { throw Trouble(text: added.errors) }
    return server
  }

  func lines(of path: String) -> [String] {
    ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n")
      .map(String.init)
  }
}

struct Trouble: Error, CustomStringConvertible {
  var text: String
  var description: String { text }
}

/// Decodes one line or a whole output of JSON.
func json(_ text: String) throws -> [String: Any] {
  let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
  guard let object = value as? [String: Any] else { throw Trouble(text: "no object: \(text)") }
  return object
}
