extension HelpText {
  /// Fields that only the wizard and the browser have.
  static let wizard: [String: String] = [
    "source_location": """
    Where the datasets are now that you want a copy of. On this System means the machine on \
    which zferry runs; then it pushes, and the copy may go to another pool here or to another \
    machine. On a Different System means that they are fetched from there, and the copy comes \
    to this machine. One of both sides is always this system. If you change it later, the \
    chosen sources are asked for again.
    """,
    "load_previous": """
    Fills the wizard with the settings of a task that is stored, so that you only change what \
    differs. It makes a new task of its own; the stored one stays as it is. You are asked before \
    it replaces something you entered, and told what the wizard cannot hold. Left at None, \
    nothing is filled in. Clearing it again is leaving the wizard and opening it anew.
    """,
    "destination_location": """
    Where the copy goes. On this System is for another pool of the same machine, as a second \
    set of disks; On a Different System sends it over SSH. A copy on the same pool would be \
    lost together with it. For a backup, another machine is the better place, and another \
    building the best. If you change it later, the destination is asked for again.
    """,
    "destination_fixed": """
    Where the copy goes. The source is on another system, and so the destination is this one: \
    zferry runs on one of both sides. To copy between two other machines, run zferry on one of \
    them. Nothing has to be chosen here.
    """,
    "custom_snapshots": """
    Chooses by name which snapshots are sent. Left off, zferry makes snapshots by the schedule \
    you choose later and sends those; this is right for most. Switch it on if another program \
    already makes snapshots, or if you want to send some that were made by hand. You are then \
    asked for the form of their names.
    """,
    "schema_or_regex": """
    How you tell which snapshots are meant. A naming schema describes names with a date in \
    them, and is best wherever it fits, because zferry can then read the time of each \
    snapshot. A regular expression fits any names, and says nothing of their time. With an \
    expression, a custom lifetime on the destination is not possible. Example: \
    auto-%Y-%m-%d_%H-%M as a schema, (daily|weekly)-.* as an expression.
    """,
    "schedule_method": """
    Whether the copy is kept up to date. Run On a Schedule repeats it by itself and sends only \
    what is new; that is what a backup needs. Run Once makes one copy when you start it, as \
    for a move to new disks. A task that runs once stays in the list, and can be run again by \
    hand. You can change your mind later.
    """,
    "schedule_picker": """
    How often the copy is brought up to date. If the source is on this system, snapshots are \
    made at these times and sent at once; if it is on another, they are fetched at these \
    times. Daily is a good start: at worst the work of one day is lost. Hourly costs little \
    more, because only changes travel. Custom takes a time of your own, in the form of cron.
    """,
    "schedule_custom": """
    The times, in the five fields of cron: minute, hour, day, month, weekday. A star means \
    each one, */2 each second one, 1-5 a row, and 1,15 a list; weekdays and months have names \
    as well. Where both day and weekday are given, either is enough. The review shows the next \
    three times, so that you can see whether it was understood. Example: 30 2 * * mon-fri is \
    02:30 on working days.
    """,
    "source_lifetime_value": """
    How long snapshots stay on the source before they are removed there. It is a number from 1 \
    upwards, with the unit below. Longer times let you go back further without the backup, and \
    need more space. Keep it longer than the destination may ever be away. Unless you change \
    it, it is two weeks.
    """,
    "source_lifetime_unit": """
    The unit of the number above: hours, days, weeks, months or years. A month counts as 30 \
    days and a year as 365. Unless you change it, it is weeks. Example: 2 and Weeks.
    """,
    "exist_replication": """
    Settings of a task that you have already, as a start for a new one. Choose one, and the \
    fields take its values; then change what is different, the name in any case. The task you \
    started from is not touched. Left empty, every field has its usual value. Example: the \
    same source, sent to a second place.
    """,
    "browser.child": """
    The name of a new dataset below the one that is marked. Leave it empty to use the marked \
    dataset itself. Nothing is made now: the first run does it, after you have seen the plan. \
    Example: with backup marked and site-a typed, the copy becomes backup/site-a.
    """,
    "question.typed": """
    Typing the name shows that you mean just this dataset. What follows cannot be taken back, \
    so a button alone is not enough for it. Type the name as it stands in the question; the \
    button works once both are the same. Esc leaves the question, and nothing happens.
    """,
    "schedule.minute": """
    The minutes of the hour at which it starts, from 0 to 59. A star is each minute, */15 each \
    quarter of an hour, 0,30 the full and the half hour. Choose an odd minute, as 7, where \
    many machines would start at the full hour. Unless you change it, it is 0.
    """,
    "schedule.hour": """
    The hours of the day at which it starts, from 0 to 23. A star is each hour, 8-18 the hours \
    of a working day, */6 each sixth one. The hours are those of this system. Left at the \
    star, it starts each hour.
    """,
    "schedule.dom": """
    The days of the month on which it starts, from 1 to 31. A star is each day, 1,15 the first \
    and the fifteenth. If a weekday is given too, either of them is enough. Months that lack \
    the day are passed over, so 31 comes seven times a year.
    """,
    "schedule.month": """
    The months in which it starts, from 1 to 12, or jan to dec. A star is each month, and that \
    is what you want nearly always. Example: 1,4,7,10 for the first month of each quarter.
    """,
    "schedule.dow": """
    The weekdays on which it starts, from sun to sat. A star is each day, mon-fri the working \
    days. If a day of the month is given too, either of them is enough. Example: sun for a \
    weekly copy.
    """,
    "schedule.begin": """
    The time of day from which it may start, as 22:00. Together with the end it keeps runs \
    away from the hours in which people work. Left at 00:00, it may start at any time. A run \
    that has begun goes on, whatever the time.
    """,
    "schedule.end": """
    The time of day until which it may start, as 05:59. It cannot be before the begin. Left at \
    23:59, it may start at any time. A run that is still going at that time is not stopped.
    """,
    "schedule.preset": """
    A start for the fields below: each hour, day, week or month. Choose what comes close, and \
    change what is different; then it is called Custom. Daily is at midnight, Weekly on Sunday, \
    Monthly on the first of the month. The times of the day stay as they are.
    """,
    "restore.source": """
    The dataset you want something back of. A task that copies several brings back one at a \
    time. Choose another, and its snapshots on the copy are listed instead. The copy is only \
    read.
    """,
    "restore.target": """
    The name of the dataset that is made of the copy, on the side of the source. A name beside \
    the original is proposed, and nothing that is there already is overwritten. Where the \
    original is lost, its own name lets the task go on from what came back. Example: \
    tank/data-restored.
    """,
  ]
}
