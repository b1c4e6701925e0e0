internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// Asks `ssh-keygen` for what libssh2 does not do, in a folder nobody else can enter.
enum KeyMaker {
  /// Makes an ed25519 pair.
  static func make(comment: String) throws(HostError) -> (privateKey: Secret, publicKey: String) {
    try inFolder { (folder) throws(HostError) in
      let file = "\(folder)/key"
      try run(["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file])
      guard let privateKey = KeyFile.text(file), let publicKey = KeyFile.text("\(file).pub") else {
        throw HostError(.system, subject: "ssh-keygen", detail: "it made no key")
      }
      let line = publicKey.split(separator: "\n").first.map(String.init) ?? ""
      return (Secret(privateKey), line)
    }
  }

  /// The public half of an open key in PEM: `algorithm base64`.
  static func publicLine(of key: Secret) throws(HostError) -> String {
    try inFolder { (folder) throws(HostError) in
      let file = "\(folder)/key"
      let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        throw HostError(.system, subject: "ssh-keygen", errno: errno)
      }
      let bytes = Array(key.revealed.utf8)
      let count = write(descriptor, bytes, bytes.count)
      close(descriptor)
      guard count == bytes.count else {
        throw HostError(.system, subject: "ssh-keygen", errno: ENOSPC)
      }
      do throws(HostError) {
        try run(["-y", "-P", "", "-f", file], output: "\(file).pub")
      } catch {
        throw HostError(.keyFile, subject: "key", detail: "ssh-keygen cannot read it")
      }
      let words = KeyFile.text("\(file).pub")?.split(whereSeparator: \.isWhitespace) ?? []
      guard words.count >= 2 else {
        throw HostError(.keyFile, subject: "key", detail: "ssh-keygen cannot read it")
      }
      return "\(words[0]) \(words[1])"
    }
  }

  private static func inFolder<Value>(_ body: (String) throws(HostError) -> Value)
    throws(HostError) -> Value
  {
    var template = Array("/tmp/zferry-key-XXXXXX".utf8CString)
    guard let folder = mkdtemp(&template).map({ String(cString: $0) }) else {
      throw HostError(.system, subject: "ssh-keygen", errno: errno)
    }
    defer {
      unlink("\(folder)/key")
      unlink("\(folder)/key.pub")
      rmdir(folder)
    }
    return try body(folder)
  }

  private static func run(_ words: [String], output: String = "/dev/null") throws(HostError) {
    var arguments = (["ssh-keygen"] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, path) in [(CInt(0), "/dev/null"), (1, output), (2, "/dev/null")] {
      posix_spawn_file_actions_addopen(&actions, descriptor, path, O_RDWR | O_CREAT, 0o600)
    }
    var child: pid_t = 0
    let status = posix_spawnp(&child, "ssh-keygen", &actions, nil, &arguments, environ)
    guard status == 0 else {
      throw HostError(
        .system, subject: "ssh-keygen", errno: status,
        detail: status == ENOENT
          ? "the package openssh-client is not installed" : String(cString: strerror(status)))
    }
    var ended: CInt = 0
    while waitpid(child, &ended, 0) < 0 && errno == EINTR {}
    guard ended == 0 else {
      throw HostError(.system, subject: "ssh-keygen", detail: "it ended with \(ended)")
    }
  }
}
