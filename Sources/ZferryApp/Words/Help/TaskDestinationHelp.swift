import ReplicationModel

extension HelpText {
  /// What becomes of the destination.
  static let taskDestination: [TaskField: String] = [
    .targetDataset: """
    The dataset that receives the copy. Its pool has to exist; the dataset itself need not, \
    because the first run makes it. Choose a new name or an empty dataset: where something \
    else is already, the run stops and overwrites nothing. Afterwards leave it to zferry, \
    because a copy that was changed by others cannot simply be continued. Example: \
    backup/site-a, where backup is the pool.
    """,
    .readonly: """
    Whether anybody can write to the copy. SET makes it read-only, which keeps it from being \
    changed by accident; a changed copy would stop the next run. REQUIRE is stricter, and \
    refuses to run while an existing destination can be written to. IGNORE leaves it as it is, \
    for copies that people work with. Unless you choose otherwise it is SET.
    """,
    .allowFromScratch: """
    What happens where the two sides have no snapshot in common, so that nothing can be added \
    to the copy. Left off, the run stops, says so, and leaves the destination untouched. \
    Switched on, a run may destroy what is on the destination and send everything anew; the \
    plan lists what would go before it happens. Leave it off unless you are sure that nothing \
    there is needed. A new name for the destination is the gentler way.
    """,
    .properties: """
    Sends the properties of each dataset along, such as compression, quota and record size. \
    With an encrypted source it also makes the stream a raw send: the data stay encrypted, and \
    the destination never needs the key. It is on unless you change it, and right for a backup \
    that should be restored as it was. Mount points and shares of the source are not taken \
    over, so the copy never takes the place of the original. Switch it off to let the copy \
    follow the settings of its new pool.
    """,
    .propertiesExclude: """
    Properties that the copy does not take over, though the others come along. It then has \
    what the dataset above it has, or the usual value. Use it for what makes sense on the \
    source only. Left empty, all but mount points and shares come along. Example: quota, so \
    that a backup with a longer history does not run into the limit of its source.
    """,
    .propertiesOverride: """
    Properties that get another value on the destination, written as name=value. Use it where \
    the copy should be kept differently from the source. Left empty, the copy has the values \
    of the source. A value that the pool there does not know stops the run, and nothing is \
    sent. Example: compression=zstd, to pack a backup tighter.
    """,
    .replicate: """
    Copies a whole tree as one piece: all datasets, snapshots and properties, and what was \
    destroyed on the source goes from the copy too. It is meant for moving a pool, or for a \
    mirror that is the same in all things. It needs Recursive, the properties and Same as \
    Source, and nothing may be excluded. Left off, which is enough for nearly every backup, \
    each dataset is copied and checked by itself.
    """,
    .encryption: """
    Encrypts the copy with a key when the first run creates it. You want it for a source that \
    is not encrypted, on a destination that you do not trust fully. A dataset that exists \
    already cannot be encrypted afterwards, so choose a new one. An encrypted source that is \
    sent with its properties stays encrypted by its own key, and needs nothing here. Left off, \
    the copy is as the source is.
    """,
    .encryptionInherit: """
    Takes the encryption of the dataset above the destination instead of a key of its own. \
    That one has to be encrypted already. It leaves one key to load for a whole tree of \
    copies. Left off, you give a key or a passphrase for this copy. Example: backup is \
    encrypted, and backup/site-a takes after it.
    """,
    .encryptionKey: """
    What unlocks the copy: 64 hexadecimal digits, or a passphrase of at least eight \
    characters. It is kept with the task, in a file that only its owner can read, and is never \
    shown or logged. Keep another copy of it in a safe place, away from both machines. Whoever \
    loses it loses the backup, because nobody can read it without. An edit of the task never \
    changes the key.
    """,
    .encryptionKeyFormat: """
    The form of the key. HEX is 64 hexadecimal digits, best made by the program and kept in a \
    file. PASSPHRASE is a sentence that a person remembers and types when the dataset is to be \
    opened. HEX suits copies that are opened by scripts, PASSPHRASE those that only people \
    open. It is needed unless the encryption is inherited.
    """,
    .encryptionKeyLocation: """
    Where the destination finds the key: the path of a file on that host. After a restart zfs \
    load-key reads it from there. Whoever can read the file can open the copy, so keep it on \
    another disk than the copy, readable by root only. It is needed unless the encryption is \
    inherited. Example: /root/keys/site-a.
    """,
  ]
}
