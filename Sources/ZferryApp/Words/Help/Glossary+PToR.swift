extension Glossary {
  /// Its entries from P to R.
  static let fromPToR: [Entry] = [
    Entry(
      "passphrase",
      """
      A long password for a key or an encrypted dataset. It is typed by a person whenever the \
      dataset is opened.
      """),
    Entry(
      "plan",
      """
      What a run would do now, worked out by looking at both sides: what is sent, created and \
      destroyed. Making it changes nothing.
      """),
    Entry(
      "pool", also: ["pools"],
      """
      The disks that ZFS uses together, under one name such as tank. All datasets of a pool \
      share its space.
      """),
    Entry(
      "port", also: ["ports"],
      """
      The number of a service on a host. SSH mostly has 22.
      """),
    Entry(
      "property", also: ["properties"],
      """
      A setting of a dataset, as compression=zstd or quota=100G. Datasets below take it over \
      unless they have their own.
      """),
    Entry(
      "prune", also: ["prunes", "pruning"],
      """
      To remove snapshots whose lifetime is over. A run does it at its end, and only after it \
      has looked at both sides; from the source only where a schedule started it.
      """),
    Entry(
      "pull", also: ["pulls"],
      """
      A task that fetches snapshots from another system to this one.
      """),
    Entry(
      "push", also: ["pushes"],
      """
      A task that sends snapshots from this system to another place.
      """),
    Entry(
      "quota", also: ["quotas"],
      """
      The most space a dataset may use. A copy that reaches its quota cannot take any more.
      """),
    Entry(
      "raw send", also: ["raw"],
      """
      Sending an encrypted dataset as it is on disk. The destination stores it without ever \
      having the key.
      """),
    Entry(
      "read-only policy", also: ["read-only"],
      """
      What a task does about writing to the copy: make it read-only (SET), insist on it \
      (REQUIRE), or leave it (IGNORE).
      """),
    Entry(
      "record size",
      """
      The largest block that a filesystem uses for its files.
      """),
    Entry(
      "recursive",
      """
      With all the datasets below, and not just the one that is named.
      """),
    Entry(
      "regular expression", also: ["regular expressions"],
      """
      A pattern for texts: a dot stands for any letter, .* for any text, (a|b) for either of \
      two. It has to match a snapshot's whole name.
      """),
    Entry(
      "replication stream", also: ["stream", "streams"],
      """
      What zfs send puts out and zfs receive takes in: the content of snapshots as one row of \
      bytes.
      """),
    Entry(
      "replication task", also: ["replication tasks"],
      """
      What zferry does for you again and again: which datasets are copied where, when, and how \
      long copies are kept.
      """),
    Entry(
      "resume token", also: ["resume tokens"],
      """
      What the destination remembers of a transfer that was cut. With it the next run goes on at \
      the same byte.
      """),
    Entry(
      "rollback", also: ["roll back", "rolling back", "rolled back"],
      """
      To set a dataset back to one of its snapshots. Everything that is newer is lost, so zferry \
      never does it unasked.
      """),
    Entry(
      "root",
      """
      The user on a system who may do everything.
      """),
  ]
}
