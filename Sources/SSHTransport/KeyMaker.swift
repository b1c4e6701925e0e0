internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// Makes an ed25519 pair with `ssh-keygen`, in a folder nobody else can enter; libssh2 makes no keys.
enum KeyMaker {
  static func make(comment: String) throws(HostError) -> (privateKey: Secret, publicKey: String) {
    var template = Array("/tmp/zferry-key-XXXXXX".utf8CString)
    guard let folder = mkdtemp(&template).map({ String(cString: $0) }) else {
      throw HostError(.system, subject: "ssh-keygen", errno: errno)
    }
    let file = "\(folder)/key"
    defer {
      unlink(file)
      unlink("\(file).pub")
      rmdir(folder)
    }
    try generate(file, comment: comment)
    guard let privateKey = KeyFile.text(file), let publicKey = KeyFile.text("\(file).pub") else {
      throw HostError(.system, subject: "ssh-keygen", detail: "it made no key")
    }
    let line = publicKey.split(separator: "\n").first.map(String.init) ?? ""
    return (Secret(privateKey), line)
  }

  private static func generate(_ file: String, comment: String) throws(HostError) {
    let words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: CInt in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
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
