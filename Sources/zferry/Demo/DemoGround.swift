internal import Foundation
internal import Glibc
internal import ReplicationEngine

/// Two pretend hosts in one folder: this one with pool `tank`, and `vault` with pool `backup`,
/// which is reached through a real sshd on loopback. Both run the practice sandbox's `zfs`.
///
/// Nothing outside the folder is touched. As root the sshd gets a mount namespace of its own, in
/// which root's password is `practice`; without root there is no password to log in with, and the
/// demo installs the key itself.
struct DemoGround {
  let folder: String
  let port: Int
  let user: String
  /// Whether the wizard's pairing with a password works here.
  let hasPassword: Bool

  static let password = "practice"
  /// `practice`, as shadow(5) keeps it. Everyone may know it: it opens nothing but the demo.
  private static let shadowHash =
    "$6$zferry.demo$gCRhnian6yyE8gxVL9Gnq/6QbFFqMHlF/s14ou9rHFf/GE6aArXFaX5pi8lZ6q8WKLaSnhVBsTntW0K2nwv9p1"

  var here: String { "\(folder)/here" }
  var vault: String { "\(folder)/vault" }
  var bin: String { "\(folder)/bin" }
  var config: String { "\(folder)/config" }
  var state: String { "\(folder)/state" }
  var authorizedKeys: String { "\(vault)/home/.ssh/authorized_keys" }

  init() throws {
    let isRoot = getuid() == 0
    folder = "\(NSTemporaryDirectory())zferry-demo-\(getuid())"
    user = isRoot ? "root" : NSUserName()
    hasPassword = isRoot && DemoProcess.mayHaveMountNamespace
    port = try Self.freePort()
  }

  /// Makes the folder anew: programs, worlds, host key, sshd's files.
  func prepare() throws {
    let files = FileManager.default
    try? files.removeItem(atPath: folder)
    for path in [bin, config, state, "\(vault)/home"] {
      try files.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    let sandbox = try Self.sandboxProgram()
    for name in ["zfs", "zpool"] {
      try files.createSymbolicLink(atPath: "\(bin)/\(name)", withDestinationPath: sandbox)
    }
    try DemoProcess.run(sandbox, ["world", "source"], environment: ["ZFS_SANDBOX": here])
    try DemoProcess.run(sandbox, ["world", "target"], environment: ["ZFS_SANDBOX": vault])
    try DemoProcess.run(
      "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/host_key"])
    try write(sshdConfig, to: "sshd_config")
    try write(
      "root:x:0:0:root:\(vault)/home:/bin/sh\nsshd:x:104:65534::/run/sshd:/bin/false\n",
      to: "passwd")
    try write("root:\(Self.shadowHash):19000:0:99999:7:::\n", to: "shadow")
    try write(launcher, to: "launch")
  }

  /// What the children of this process see: the sandbox's `zfs` before any other.
  func enter() {
    setenv("PATH", "\(bin):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")", 1)
    setenv("ZFS_SANDBOX", here, 1)
    setenv("ZFERRY_CONFIG", config, 1)
    setenv("ZFERRY_STATE", state, 1)
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
  }

  private var sshdConfig: String {
    """
    ListenAddress 127.0.0.1
    Port \(port)
    HostKey \(folder)/host_key
    PidFile none
    UsePAM no
    StrictModes no
    PermitRootLogin yes
    PasswordAuthentication \(hasPassword ? "yes" : "no")
    AuthorizedKeysFile \(authorizedKeys)
    MaxStartups 100
    LogLevel ERROR
    SetEnv PATH=\(bin):/usr/bin:/bin ZFS_SANDBOX=\(vault)

    """
  }

  /// Ends with its standard input, so that no sshd outlives the demo, however that ends.
  private var launcher: String {
    let pretendUsers =
      hasPassword
      ? """
      mount --bind '\(folder)/passwd' /etc/passwd
      mount --bind '\(folder)/shadow' /etc/shadow
      mkdir -p /run/sshd

      """ : ""
    return """
      set -e
      \(pretendUsers)exec 3<&0
      /usr/sbin/sshd -D -e -f '\(folder)/sshd_config' </dev/null &
      child=$!
      trap 'kill $child' TERM INT
      cat <&3 >/dev/null
      kill $child

      """
  }

  private static func sandboxProgram() throws -> String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let folder = URL(filePath: own).deletingLastPathComponent()
    let places = [
      folder.appending(path: "zfs-sandbox").path,
      folder.appending(path: "../libexec/zferry/zfs-sandbox").standardized.path,
    ]
    guard let found = places.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw HostError(
        .zfsMissing, subject: "zfs-sandbox", detail: "looked in \(places.joined(separator: ", "))")
    }
    return found
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
      }
    }
    guard isBound else {
      throw HostError(.system, subject: "127.0.0.1", errno: errno, detail: "no free port")
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
