extension Glossary {
  /// Its entries from G to O.
  static let fromGToO: [Entry] = [
    Entry(
      "GUID", also: ["GUIDs"],
      """
      The number that ZFS gives to each snapshot once and for all. It stays the same on every \
      copy and after a renaming, and so it tells whether two snapshots are really the same.
      """),
    Entry(
      "hexadecimal", also: ["HEX"],
      """
      Numbers written with the digits 0 to 9 and the letters a to f. A HEX key has 64 of them.
      """),
    Entry(
      "hold", also: ["held", "holds"],
      """
      A mark that keeps a snapshot from being destroyed until it is taken off. zferry never \
      removes a snapshot that is held.
      """),
    Entry(
      "host key", also: ["host keys"],
      """
      The key by which another system proves that it is itself. It is confirmed once, by its \
      fingerprint, and checked at each login.
      """),
    Entry(
      "incremental",
      """
      Sending only what changed between two snapshots. It is why a copy that is made each hour \
      costs next to nothing.
      """),
    Entry(
      "key format",
      """
      How the key of an encrypted dataset is given: as 64 hexadecimal digits, or as a \
      passphrase.
      """),
    Entry(
      "key pair", also: ["key pairs"],
      """
      Two keys that belong together. The public one is put on other systems; the private one \
      stays secret, and proves that it is us who log in.
      """),
    Entry(
      "lag",
      """
      How old the newest snapshot is that both sides hold, and how much was written since. It \
      says how much would be lost if the source were gone now.
      """),
    Entry(
      "lifetime", also: ["lifetimes", "retention"],
      """
      How long a snapshot is kept before it is removed. Each side can have its own.
      """),
    Entry(
      "login shell",
      """
      The program that runs what is asked for after a login. A user with nologin or false in its \
      place can log in, but run nothing.
      """),
    Entry(
      "MaxSessions",
      """
      A setting of sshd: how many commands may run over one login at the same time.
      """),
    Entry(
      "mountpoint", also: ["mount point", "mount points", "mounted", "mount"],
      """
      The folder under which a filesystem's files appear. A copy keeps its own, so that it never \
      takes the place of the original.
      """),
    Entry(
      "naming schema", also: ["naming schemas", "schema", "schemas"],
      """
      The form of snapshots' names, with %Y, %m, %d, %H and %M in the place of the time. \
      auto-%Y-%m-%d_%H-%M fits auto-2026-11-24_10-00.
      """),
    Entry(
      "netcat", also: ["SSH+NETCAT"],
      """
      A way to send the data through a port of their own without encryption, while login and \
      commands go over SSH. It is faster, and only for networks nobody can listen to.
      """),
    Entry(
      "OpenZFS",
      """
      The ZFS that runs on Linux and FreeBSD. zferry needs version 2.1 or later.
      """),
  ]
}
