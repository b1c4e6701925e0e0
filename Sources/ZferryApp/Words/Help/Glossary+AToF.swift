extension Glossary {
  /// Its entries from A to F.
  static let fromAToF: [Entry] = [
    Entry(
      "administration user",
      """
      The user through whom zferry logs in to another system. It is root, or a user who was \
      given the rights it needs.
      """),
    Entry(
      "ASCII",
      """
      The plain letters, digits and signs that every terminal can show.
      """),
    Entry(
      "authorized_keys",
      """
      A file in a user's home directory, .ssh/authorized_keys, with the public keys that may log \
      in as that user. One line is one key.
      """),
    Entry(
      "backup",
      """
      A copy that is kept so that something can be brought back. A copy on the same pool is \
      none, because it is lost together with the original.
      """),
    Entry(
      "base", also: ["incremental base"],
      """
      The newest snapshot or bookmark that both sides hold. What comes after it can be sent as a \
      difference; without one, everything has to be sent anew.
      """),
    Entry(
      "baud",
      """
      The speed of a serial line. At 9600 baud a full screen takes two seconds, so basic mode \
      sends little.
      """),
    Entry(
      "block", also: ["blocks"],
      """
      A piece of a file as ZFS stores it. Only blocks that changed since the base are sent.
      """),
    Entry(
      "bookmark", also: ["bookmarks"],
      """
      A note of the moment a snapshot was made, without its data. It takes no space, and lets \
      later runs stay incremental after the snapshot itself has gone.
      """),
    Entry(
      "clone", also: ["clones", "cloned"],
      """
      A dataset that begins as a snapshot's content and can be written to. The snapshot cannot \
      be destroyed while the clone is there.
      """),
    Entry(
      "compression", also: ["compress", "compressed"],
      """
      Storing or sending data in fewer bytes. ZFS does it for blocks on disk; zferry can also do \
      it for the stream on its way.
      """),
    Entry(
      "conflict", also: ["conflicts"],
      """
      A state of both sides in which the copy cannot simply be continued, for example because it \
      was changed. zferry then changes nothing, shows both sides, and asks.
      """),
    Entry(
      "connection", also: ["connections"],
      """
      What zferry knows about another system: address, port, user, key pair and host key. Tasks \
      refer to it by its name.
      """),
    Entry(
      "cron",
      """
      The usual way to write a schedule, in five fields: minute, hour, day of the month, month, \
      weekday. 30 2 * * mon-fri is 02:30 on working days.
      """),
    Entry(
      "dataset", also: ["datasets"],
      """
      What a pool is divided into, with a name like tank/data: a filesystem or a volume. Each \
      has its own snapshots and properties.
      """),
    Entry(
      "delegation",
      """
      Giving a user some of root's rights over a dataset, with zfs allow, instead of all of \
      them.
      """),
    Entry(
      "destination",
      """
      The side that receives the copy: a dataset on this system or on another one.
      """),
    Entry(
      "encryption", also: ["encrypt", "encrypted", "encrypts"],
      """
      Keeping data so that they can be read only with a key. ZFS encrypts whole datasets; SSH \
      encrypts what travels.
      """),
    Entry(
      "encryption root",
      """
      The dataset whose key unlocks it and all that took their encryption from it. Loading that \
      one key opens them all.
      """),
    Entry(
      "filesystem", also: ["filesystems"],
      """
      A dataset with files and folders in it, to be mounted somewhere. The other kind is the \
      volume.
      """),
    Entry(
      "fingerprint", also: ["fingerprints"],
      """
      A short form of a key, as SHA256: and a row of letters, made for people to compare. Two keys with the \
      same fingerprint are the same key.
      """),
    Entry(
      "firewall",
      """
      What decides on the way between two hosts, or on one of them, which ports can be reached.
      """),
    Entry(
      "forced command",
      """
      A setting in authorized_keys that lets a key run one command only, whatever was asked for. \
      zferry needs a key without one.
      """),
    Entry(
      "full send", also: ["full"],
      """
      Sending a dataset whole, because the destination has nothing of it yet. The runs after it \
      are incremental.
      """),
  ]
}
