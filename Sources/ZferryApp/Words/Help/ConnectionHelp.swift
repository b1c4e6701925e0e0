import ReplicationModel

extension HelpText {
  /// The fields of a connection.
  static let connection: [ConnectionField: String] = [
    .name: """
    What this connection is called in lists and tasks; its file has the same name. Choose what \
    you call the machine. It has no slash, and no other connection may have it. Example: \
    vault. Tasks refer to a connection by name, so a changed name has to be changed in them as \
    well.
    """,
    .host: """
    The name or address under which the other system is reached. A name is better where it is \
    sure to stay, because addresses change. It has to be reachable from here, not from your \
    desk. Example: vault.lan, or 203.0.113.9. If it cannot be reached, the test says whether \
    the name, the way or the service is the trouble.
    """,
    .port: """
    The port on which the SSH service of the other system listens. It is 22 unless somebody \
    changed it there. A wrong port shows as a refused connection, or as something that does \
    not speak SSH. Example: 2222, where a router passes it on.
    """,
    .username: """
    The user that zferry logs in as over there. root may do all; another user is safer, and \
    needs rights for zfs by sudo or by zfs allow. The user needs a home directory and a login \
    shell, because the key is kept in the first and the commands run in the second. Example: \
    replica, made for this one purpose. Unless you change it, it is root.
    """,
    .key: """
    The key pair that proves to the other system who we are. Its public half stands in \
    authorized_keys over there, and its private half never leaves this system. Generate New \
    makes a pair for each connection, so that one can be withdrawn without the others. Without \
    a key there is no login, since passwords are never stored. Example: vault, the pair of the \
    connection vault.
    """,
    .hostKey: """
    The key by which we know the other system again. You compare its fingerprint once, on that \
    system's own console; afterwards every run checks it. If the machine ever shows another \
    key, nothing is sent, because somebody may stand in between. It is scanned when the \
    connection is made, and can be scanned again after a machine was set up anew. Example: \
    ssh-ed25519 followed by a long row of letters.
    """,
    .connectTimeout: """
    How many seconds to wait for the other system before it counts as not reachable. Ten are \
    enough on nearly every line. Make it longer for a link over satellite, or a machine that \
    has to wake up first. A run tries again after that, so a short time does no harm. Example: \
    30.
    """,
    .sudo: """
    Runs zfs through sudo on this host, for a user who is not root. sudo there has to allow it \
    without a password; the line for it is shown when the connection is set up. With root, or \
    where zfs allow gives the rights, leave it off. Every task that uses the connection goes \
    by it.
    """,
  ]
}
