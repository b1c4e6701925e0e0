import ReplicationModel

extension HelpText {
  /// When it runs, and how long copies are kept.
  static let taskRun: [TaskField: String] = [
    .auto: """
    Whether the task runs without being asked to. Switched on, it starts by its Schedule, or \
    after one of its snapshot tasks has made a snapshot. Switched off, it runs only when you \
    start it, with Run now or with zferry run. It is on unless you change it. Switch it off \
    for a copy that is made once, as when you move to a new machine.
    """,
    .schedule: """
    When the task runs, in the five fields of cron: minute, hour, day, month, weekday. 0 2 * * \
    * is each night at 02:00, and */15 * * * * is each quarter of an hour; the times are those \
    of this system. A begin and an end limit it to some hours of the day. A pull that runs \
    automatically needs a schedule. A push that has snapshot tasks needs none, because it \
    follows them.
    """,
    .enabled: """
    A task that is not enabled stays in the list with all its settings, and never starts by \
    itself. Use it to pause a copy, for example while the destination is being rebuilt. You \
    can still run it by hand. New tasks are enabled. While it is off the copy grows older, and \
    the lag in the task list says by how much.
    """,
    .retentionPolicy: """
    When old snapshots go from the destination. Same as Source removes there what no longer \
    exists on the source; Custom keeps each one for a time of its own, mostly a longer one; \
    None removes nothing, so the pool fills in the end. Nothing is removed before both sides \
    were looked at in the same run, the newest snapshot that both hold always stays, and more \
    than half never goes at once. The \
    wizard begins with Same as Source. Example: two weeks on the source, one year on the \
    backup.
    """,
    .lifetimeValue: """
    With a custom lifetime, how many units a snapshot stays on the destination, counted from \
    the time in its name. It is a whole number from 1 upwards, and the unit is chosen beside \
    it. With every other policy it stays empty. A longer time needs more space: only what \
    changed between two snapshots counts, but it adds up. Example: 6, and Months.
    """,
    .lifetimeUnit: """
    The unit of the number beside it: hours, days, weeks, months or years. A month counts as \
    30 days and a year as 365. It is needed with a custom lifetime and stays empty otherwise. \
    Example: 2 and Weeks keep a snapshot for fourteen days.
    """,
    .lifetimes: """
    Longer lifetimes for some of the snapshots, so that the history grows thinner with age. \
    Each entry is a schedule and a lifetime; a snapshot whose time fits the schedule is kept \
    that long, and where several fit, the longest counts. Example: everything for two weeks, \
    the snapshots of Sunday midnight for three months, those of the first of a month for two \
    years. Left empty, all snapshots have the one custom lifetime.
    """,
    .retries: """
    How many attempts a run has when something fails that may pass, such as a link that breaks \
    or a dataset that is busy. Each attempt goes on from what has arrived, so no byte is sent \
    twice. What cannot pass by itself, such as a full pool or a missing right, is tried once. \
    The usual number is 5; with 1 the first failure ends the run.
    """,
    .retryMinutes: """
    How long a run goes on trying when nothing gets through at all. Each bit of progress \
    starts the time anew, so a slow link that moves is never given up. Once it is over the run \
    ends as failed, what has arrived is kept, and the next run goes on from there. The usual \
    time is 30 minutes. Make it longer for a link that is down for hours now and then.
    """,
    .loggingLevel: """
    How much of a run goes into its log. ERROR and WARNING tell only of trouble, INFO adds \
    each step, and DEBUG adds the commands and what they answered. Left empty, the level of \
    the program counts, which is enough nearly always. Choose DEBUG while you look for the \
    cause of a failure, and go back afterwards. Passwords and keys are never written to it.
    """,
    .notify: """
    Who is told how the task fares: addresses for mail through this system's sendmail, a program \
    that gets the facts as JSON, and a web address that is asked for after each run, with /fail \
    behind it where the run failed. Mail and program hear of failures and of the recovery \
    unless you choose otherwise; each success and a copy that is too old can be added. Whatever \
    goes wrong with it changes no run and stands in the log. Try it with zferry notify test. Left \
    empty, nobody is told.
    """,
  ]
}
