internal import CSSH2
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

extension SSHSession {
  /// Proves that we hold a key. One that is locked, or not here at all, is left to an ssh-agent that
  /// has it; a locked one without an agent needs its passphrase.
  func keyLogin(_ user: String, path: String, ring: KeyRing, _ deadline: Deadline)
    throws(HostError) -> CInt
  {
    let isHere = access(path, R_OK) == 0
    let isLocked = isHere && KeyFile.isLocked(path)
    if !isHere || isLocked, let blob = KeyFile.publicBlob("\(path).pub"),
      let status = agentLogin(user, blob, deadline)
    {
      return status
    }
    guard isHere else {
      let reason = errno == ENOENT ? "it is not here, and no ssh-agent offers it" : nil
      throw HostError(
        .keyFile, subject: path, errno: errno,
        detail: reason ?? String(cString: strerror(errno)))
    }
    let passphrase = isLocked ? ring.passphrase(for: path) : nil
    if isLocked, passphrase == nil { throw HostError(.keyLocked, subject: path) }
    let status = wait(until: deadline) {
      libssh2_userauth_publickey_fromfile_ex(
        raw, user, UInt32(user.utf8.count), nil, path, passphrase?.revealed)
    }
    if isLocked, status == LIBSSH2_ERROR_FILE {
      ring.forget(path)
      throw HostError(.keyLocked, subject: path, detail: "the passphrase did not open it")
    }
    return status
  }

  /// Lets the ssh-agent of SSH_AUTH_SOCK sign; nil where there is none, or it does not hold the key.
  private func agentLogin(_ user: String, _ blob: [UInt8], _ deadline: Deadline) -> CInt? {
    guard getenv("SSH_AUTH_SOCK") != nil, let agent = libssh2_agent_init(raw) else { return nil }
    defer {
      libssh2_agent_disconnect(agent)
      libssh2_agent_free(agent)
    }
    guard libssh2_agent_connect(agent) == 0, libssh2_agent_list_identities(agent) == 0
    else { return nil }
    var previous: UnsafeMutablePointer<libssh2_agent_publickey>?
    var identity: UnsafeMutablePointer<libssh2_agent_publickey>?
    while libssh2_agent_get_identity(agent, &identity, previous) == 0, let found = identity {
      let held = UnsafeRawBufferPointer(start: found.pointee.blob, count: found.pointee.blob_len)
      if held.elementsEqual(blob) {
        return wait(until: deadline) { libssh2_agent_userauth(agent, user, found) }
      }
      previous = found
    }
    return nil
  }
}
