extension HelpText {
  /// Fields of Generate New.
  static let pairing: [String: String] = [
    "pair.host": """
    The name or address of the other system. It has to be reachable from the machine on which \
    zferry runs. A name is better where it is sure to stay, because addresses change. Example: \
    vault.lan, or 203.0.113.9. Nothing is sent there but a question for its host key, until \
    you have confirmed that key.
    """,
    "pair.port": """
    The port on which the SSH service of the other system listens. It is 22 unless somebody \
    changed it there. With a wrong port, the scan is refused or finds something that does not \
    speak SSH. Example: 2222, where a router passes it on.
    """,
    "pair.username": """
    The user that zferry logs in as over there. root may do everything; another user is safer, \
    and needs rights for zfs by sudo or by zfs allow. The user has to exist, with a home \
    directory and a login shell. Example: replica, made for this one purpose. At the end the \
    rights are tried out, and what is missing is shown.
    """,
    "pair.sudo": """
    Runs zfs through sudo on the other system. It is for a user who is not root and who may \
    call zfs by sudo without a password. Leave it off where the rights come from zfs allow. At \
    the end it is tried out; if it does not work, the line for the sudo settings is shown to \
    copy.
    """,
    "pair.name": """
    What the connection is called here; its key pair gets the same name. It follows the host \
    until you type a name of your own. It has no slash, and no other connection may have it. \
    Example: vault.
    """,
    "pair.password": """
    The password of that user on the other system. It is used once, to put the new public key \
    into authorized_keys, and is then forgotten: it is never stored, shown or logged. If the \
    system takes no passwords, put the key there by hand instead, as shown. A refused password \
    leads back here with the reason, and nothing is left behind.
    """,
    "pair.code": """
    Some systems ask for more than a password: a code from an app or a token, good for a short \
    while. This field comes up where the system asked for one. Type the code last. It answers only questions for a code, is used once, and is forgotten. \
    The new key needs neither afterwards, \
    unless that system asks for codes with keys as well.
    """,
  ]
}
