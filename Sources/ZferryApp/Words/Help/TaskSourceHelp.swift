import ReplicationModel

extension HelpText {
  /// What is copied, and which of its snapshots.
  static let taskSource: [TaskField: String] = [
    .name: """
    The task's name is what lists, messages and commands call it; its file has the same name. \
    Pick something that still tells you in a year what is copied where, such as \
    offsite-photos. The wizard suggests a name from your answers, and a name you type yourself \
    is never replaced. Two tasks cannot have the same name, and a name has no slash in it.
    """,
    .direction: """
    Says which way snapshots travel, seen from this system. PUSH sends datasets of this system \
    to another place; PULL fetches datasets of another system, and keeps the copy here. \
    Pulling is the safer choice where the machine that is backed up should not be able to log \
    in to its backup. A copy within this system is a PUSH. Example: a backup server has one \
    PULL task for each file server.
    """,
    .sourceDatasets: """
    The datasets you want a copy of. You can mark several: with one source the destination \
    becomes its copy; with more, each becomes a dataset of its own below the destination. Only \
    snapshots are copied, so what changed after the newest snapshot comes with the next one. A \
    task without a source cannot be saved. Example: tank/home and tank/photos.
    """,
    .recursive: """
    Also copies every dataset below each source, in the same order on the destination. Switch \
    it on for a source that is only a roof over others, as tank mostly is; leave it off to \
    copy one dataset alone. Datasets that are made below it later come along by themselves. \
    Example: tank/home with Recursive brings tank/home/anna and tank/home/ben too.
    """,
    .exclude: """
    Datasets below a source to leave out, together with all that is below them. Use it for \
    caches, scratch space, and whatever is kept elsewhere anyway. Give whole names, as \
    tank/data/scratch, or a pattern in which a star stands for any text, as tank/*/cache. Left \
    empty, nothing is left out. It needs Recursive, because without it nothing below a source \
    is copied.
    """,
    .periodicSnapshotTasks: """
    The snapshot tasks whose snapshots are sent. They decide which snapshots belong to the \
    copy, and a task that runs automatically without a schedule of its own starts as soon as \
    one of them has taken a snapshot. Only a push has them, because the snapshots of a pull \
    are made by the other system. Left empty, a push needs a naming schema or a regular \
    expression instead. Example: hourly, which makes auto-2026-11-24_10-00 and so on.
    """,
    .namingSchema: """
    Chooses the snapshots to copy by the form of their names. A naming schema is a name with \
    signs in the place of the time: %Y year, %m month, %d day, %H hour, %M minute. Snapshots \
    with other names are left alone and never arrive on the destination. Most snapshots have \
    names like auto-2026-11-24_10-00, which is auto-%Y-%m-%d_%H-%M. If you do not know it, \
    look at the names with zfs list -t snapshot on the source.
    """,
    .alsoIncludeNamingSchema: """
    Names further snapshots that a push sends, beside those of its snapshot tasks. Use it for \
    snapshots that you or another program make, as manual-%Y-%m-%d_%H-%M. Several may be \
    given; a snapshot is sent if it fits one of them. Left empty, only the snapshots of the \
    snapshot tasks are sent. A push without snapshot tasks needs one here, or a regular \
    expression.
    """,
    .nameRegex: """
    Chooses snapshots by a regular expression instead of a naming schema. It has to match the \
    whole name after the @: (daily|weekly)-.* takes daily-2026-11-24, and not my-daily-1. Use \
    it for names in which no time can be read. Because of that, it cannot be used together \
    with snapshot tasks, naming schemas, a filter by time or a custom lifetime. Left empty, \
    the names are chosen by schema.
    """,
    .restrictSchedule: """
    Takes only those snapshots whose time, as their names tell it, fits a schedule. So you can \
    make a snapshot each hour and send only the one of midnight. The schedule is written in \
    the five fields of cron, and may have a begin and an end within the day. Left off, all \
    snapshots that are chosen by name are sent. Example: 0 0 * * * takes those of 00:00.
    """,
    .onlyMatchingSchedule: """
    Uses the task's own Schedule as a filter too: only snapshots whose time fits it are sent. \
    Switch it on where snapshots are made more often than you want them on the destination. It \
    needs a Schedule, and saves you from writing the same one twice. Left off, a run sends all \
    snapshots that were made since the last one. Example: snapshots each hour, Schedule at \
    00:00, and one snapshot a day on the copy.
    """,
    .holdPendingSnapshots: """
    Keeps snapshots on the source beyond their lifetime until they have arrived on the \
    destination. Switch it on where no gap may be in the copy, even when the destination is \
    away for weeks. The price is that snapshots pile up meanwhile, and the pool of the source \
    may fill. Left off, they go in their time; a bookmark of the newest one that arrived keeps \
    later runs incremental. Only a push can do this, because a pull does not rule the source.
    """,
  ]
}
