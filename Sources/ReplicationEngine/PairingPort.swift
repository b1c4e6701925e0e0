public import ReplicationModel

/// What setting up a connection needs: everything that is asked once, with a person watching.
public protocol PairingPort: Sendable {
  /// Connects as far as the key exchange and returns the keys the host shows. Logs in nowhere.
  func scan(host: String, port: Int, timeout: Int) async throws(HostError) -> [HostKey]

  /// Makes an ed25519 pair: the private key in OpenSSH's format, the public one as an `authorized_keys` line.
  func makeKey(comment: String) async throws(HostError) -> (privateKey: Secret, publicKey: String)

  /// Reads a private key that was made elsewhere, in OpenSSH's format or PEM, and finds its public half.
  /// A locked one stays locked. Throws `key_file` with the reason where it is none.
  func readKey(_ text: Secret, comment: String) async throws(HostError) -> (
    privateKey: Secret, publicKey: String
  )

  /// Logs in with a password, used once, and adds the key to `authorized_keys` where it is not there yet.
  /// `connection.hostKey` must hold the key that was confirmed.
  func install(publicKey: String, on connection: Connection, with secrets: OneTimeLogin)
    async throws(HostError)

  /// Logs in with the key and asks for the system, the user and `zfs`.
  func prove(_ connection: Connection, keyPath: String) async throws(HostError) -> HostFacts

  /// `SHA256:…` of a line `algorithm base64`, as `ssh-keygen -l` prints it; nil where it is no key.
  func fingerprint(ofKey line: String) -> String?
}

/// A host's public key as it was shown.
public struct HostKey: Hashable, Sendable {
  /// `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`.
  public var algorithm: String
  public var base64: String
  /// `SHA256:…` as `ssh-keygen -l` prints it.
  public var fingerprint: String
  public var standing = HostKeyStanding.unknown

  public init(algorithm: String, base64: String, fingerprint: String) {
    self.algorithm = algorithm
    self.base64 = base64
    self.fingerprint = fingerprint
  }

  /// The line kept in a connection's file.
  public var line: String { "\(algorithm) \(base64)" }
}

/// What a host told about itself when it was asked once.
public struct HostFacts: Hashable, Sendable {
  /// `uname -s`.
  public var system: String
  public var user: String
  public var userID: Int
  /// The absolute path of `zfs`, or nil where there is none.
  public var zfsPath: String?
  /// What `zfs version` printed first, as `zfs-2.3.2-1~bpo12+2`.
  public var zfsVersion: String?
  /// Whether `sudo -n zfs version` works; nil where sudo is not wanted.
  public var sudoWorks: Bool?
  /// The other side's clock less ours, in seconds.
  public var clockSkew: Int64

  public init(
    system: String, user: String, userID: Int, zfsPath: String?, zfsVersion: String?,
    sudoWorks: Bool?, clockSkew: Int64
  ) {
    self.system = system
    self.user = user
    self.userID = userID
    self.zfsPath = zfsPath
    self.zfsVersion = zfsVersion
    self.sudoWorks = sudoWorks
    self.clockSkew = clockSkew
  }
}
