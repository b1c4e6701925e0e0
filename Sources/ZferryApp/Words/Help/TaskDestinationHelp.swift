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
    to the copy. REFUSE, which is the usual choice, stops the run and leaves the \
    destination untouched. ASIDE gives the old copy a name with the day and the task, and \
    sends everything anew; nothing is destroyed. REPLACE sends everything anew beside the old \
    copy, and destroys what the plan listed once the new one is complete and has its place. \
    Both need room for two copies for a while.
    """,
    .conflict: """
    What a run does when one of its datasets needs a decision, as when somebody has written into \
    its copy. STOP, which is the usual choice, sends nothing at all until you have decided. SKIP \
    leaves that dataset and all below it as they are, sends the others, and ends as done in part \
    (exit code 2) until you have decided. Neither destroys anything. What is wrong with the whole \
    task, such as a source that is gone, stops the run with both. Choose SKIP where one dataset \
    must not hold up hundreds.
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
    Copies a whole tree with all that hangs on it: clones stay clones, which keeps a copy \
    small, and a dataset that is renamed on the source is renamed in the copy. It is meant for \
    moving a pool, or for a mirror. What was destroyed on the source stays in the copy, and \
    the run tells of it. It needs Recursive, the properties and Same as Source, and nothing \
    may be excluded. Left off, which is enough for nearly every backup, a clone is copied in \
    full, and a dataset with a new name is a new one.
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
    characters. It is kept in a file of its own that only its owner can read, and is never \
    shown or logged. Left empty with HEX, one is made when the task is saved. Keep another copy of it in a safe place, away from both machines. Whoever \
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
    another disk than the copy, readable by root only. Left empty, the key is kept by zferry \
    alone, which loads it when a run needs it. Example: /root/keys/site-a.
    """,
  ]
}
