import ReplicationModel

extension HelpText {
  /// The fields of a snapshot task.
  static let snapshotTask: [SnapshotTaskField: String] = [
    .name: """
    What this snapshot task is called in lists; its file has the same name. Tasks that send \
    its snapshots refer to it by this name. It has no slash, and no other snapshot task may \
    have it. Example: tank-data-daily.
    """,
    .dataset: """
    The dataset that gets snapshots. A snapshot keeps the state of that moment, costs nothing \
    at first, and later only as much as was changed since. It has to be on this system. \
    Example: tank/data. To snapshot a whole tree, name its top and switch on Recursive.
    """,
    .recursive: """
    Also takes a snapshot of every dataset below, all at the same moment. Switch it on if a \
    replication task copies the tree with Recursive, because datasets without snapshots cannot \
    be copied. Left off, only the dataset itself gets one. Example: tank/home with all the \
    homes below it.
    """,
    .exclude: """
    Datasets below that get no snapshot, together with all that is below them. Use it for \
    caches and scratch space, whose old states nobody wants. A replication task that sends \
    these snapshots has to leave the same datasets out. Left empty, all of them get one. \
    Example: tank/data/scratch.
    """,
    .lifetimeValue: """
    How many units a snapshot is kept on this system, counted from its time. After that it \
    goes, except where a copy still needs it. Longer times need more space, as changed and \
    deleted files stay in the older snapshots. Unless you change it, it is 2, with weeks \
    beside it. Keep it longer than the longest time your destination may be away.
    """,
    .lifetimeUnit: """
    The unit of the number beside it: hours, days, weeks, months or years. A month counts as \
    30 days and a year as 365. Unless you change it, it is weeks. Example: 48 and Hours for \
    snapshots that are made each quarter of an hour.
    """,
    .namingSchema: """
    How the snapshots are called. %Y, %m, %d, %H and %M stand for year, month, day, hour and \
    minute, and all five have to be in it, so that the time can be read from the name. By its \
    name each snapshot finds its task again when its lifetime is over. Unless you change it, \
    it is auto-%Y-%m-%d_%H-%M. If you change it later, older snapshots keep their names and \
    are no longer cleared away.
    """,
    .schedule: """
    When snapshots are made, in the five fields of cron: minute, hour, day, month, weekday. 0 \
    * * * * is each full hour, 0 0 * * * is each midnight. More snapshots mean that less is \
    lost when something is deleted, and cost next to nothing. A begin and an end limit it to \
    some hours of the day. Unless you change it, it is each full hour.
    """,
    .allowEmpty: """
    Whether a snapshot is kept when nothing has changed since the one before. Switched on, \
    there is one for every time of the schedule, and you can see that all went well. Switched \
    off, there are fewer of them, and only those with something in them. It is on unless you \
    change it.
    """,
    .enabled: """
    A snapshot task that is not enabled makes no snapshots and removes none. Use it to pause \
    for a while, and keep the settings. Replication tasks that wait for its snapshots then \
    have nothing new to send. New ones are enabled.
    """,
  ]
}
