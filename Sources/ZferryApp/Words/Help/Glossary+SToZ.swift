extension Glossary {
  /// Its entries from S to Z.
  static let fromSToZ: [Entry] = [
    Entry(
      "serial line",
      """
      A cable from the first days of terminals, still used as the last way into a machine. It is \
      slow, and carries letters only.
      """),
    Entry(
      "snapshot", also: ["snapshots"],
      """
      The state of a dataset at one moment. It takes no time to make, cannot be changed, and \
      uses only the space of what was changed since.
      """),
    Entry(
      "snapshot task", also: ["snapshot tasks"],
      """
      What makes snapshots by a schedule, and removes them when their lifetime is over.
      """),
    Entry(
      "source",
      """
      The side that is copied. zferry reads it and takes snapshots there, and changes nothing \
      else.
      """),
    Entry(
      "SSH",
      """
      The usual way to log in to another system over an encrypted line. zferry uses it for \
      commands and data.
      """),
    Entry(
      "sshd",
      """
      The program on the other system that answers when somebody comes by SSH. Its settings are \
      in sshd_config.
      """),
    Entry(
      "sshd_config",
      """
      The file with the settings of sshd, mostly /etc/ssh/sshd_config.
      """),
    Entry(
      "sudo",
      """
      A program that runs another one as root. For zferry it has to allow zfs without a \
      password.
      """),
    Entry(
      "sudoers", also: ["sudoers.d"],
      """
      The settings of sudo: which user may run what, and whether a password is asked for. Files \
      in /etc/sudoers.d are read too.
      """),
    Entry(
      "terminal", also: ["terminals"],
      """
      The window or screen in which zferry shows itself and takes keys.
      """),
    Entry(
      "volume", also: ["volumes", "zvol"],
      """
      A dataset that looks like a disk, mostly for a virtual machine. It is copied like a \
      filesystem, and has no files to look at.
      """),
    Entry(
      "ZFS",
      """
      The storage system that zferry copies: it keeps pools, datasets and snapshots, and knows \
      exactly what changed between two of them.
      """),
    Entry(
      "zfs allow",
      """
      The command that gives a user single rights over a dataset, such as send, receive and \
      snapshot.
      """),
    Entry(
      "zstd", also: ["LZ4", "PIGZ", "PLZIP"],
      """
      Ways to compress a stream. LZ4 is the fastest, PLZIP packs best, ZSTD does well at both.
      """),
  ]
}
