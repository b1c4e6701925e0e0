extension HelpText {
  /// Help pages of the wizard, of what it opens, and of the advanced screen.
  static let wizardPages: [String: String] = [
    "previous-tasks": """
    These are the tasks that are stored. Choose one, and the wizard is filled with its settings; \
    go through the steps and change what is to differ. The stored task is only read, and the new \
    one gets a name of its own. Where you have entered something already, you are asked before \
    it is replaced. What the wizard cannot hold is named, and has its place on the advanced \
    screen. Esc leads back, and fills in nothing.
    """,
    "wizard.source": """
    Here you say what is to be copied. Begin with the location: this system, or another one \
    that is reached over SSH. Then open Source and mark the datasets; the browser only looks \
    and changes nothing. With Recursive, everything below them comes along. Below the fields \
    you see how many snapshots would be sent as things stand. If there are none yet on this \
    system, the first one is taken for you when the task is saved. Nothing is written on this \
    step, and Esc leaves it after a question. Next leads to the destination.
    """,
    "wizard.destination": """
    Here you say where the copies go. Choose the location, then open Destination and mark the \
    dataset that should receive them; to have a new one, type its name in the browser. An \
    empty or new place is best, for a place with other data in it is never overwritten: the \
    review would say so, and stop there. If the source is on another system, the copies come \
    to this one. The task gets a name that follows from your choices until you type one. \
    Nothing is created on this step. Next leads on, and Back loses nothing.
    """,
    "wizard.connection": """
    Here you see how the other system is reached, and whether zfs runs there with all the \
    rights it needs. Choose a connection, or make one with Generate New. Then press Test: it \
    logs in, asks for zfs, and tells what works and what is missing. If the user is not root, \
    either sudo or zfs allow has to give the rights. The test only asks questions, and changes \
    nothing there. Next leads to the schedule.
    """,
    "wizard.schedule": """
    Here you say when copies are made, and how long snapshots are kept on each side. On a \
    schedule is right for a backup; once is right for a move. Daily is a good start, and can \
    be changed at any time. Then decide about the destination: Same as Source removes there \
    what has gone from the source, Never Delete keeps all, Custom keeps each snapshot for a \
    time of its own. Whatever you choose, the newest snapshot that both sides hold always \
    stays, for without it everything would have to be sent anew. Next leads to the review.
    """,
    "wizard.review": """
    Here you see everything as it will be, before anything happens. The upper part lists every \
    value, with the usual ones marked; Enter on a line leads to its field, and Next from there \
    leads back. The lower part is the plan of the first run, made by looking at both sides: \
    which dataset becomes which, how many snapshots and bytes are sent, what will be created, \
    and what would be destroyed, which is nothing unless it says so. Commands shows exactly \
    what will be run. Save keeps the task; Save and run also starts it. Until you press one of \
    them, nothing has been written or sent. If something is wrong, Save leads to it.
    """,
    "browser": """
    Here you choose datasets from a tree. Space marks one, Enter or Right opens it, Left \
    closes it. The slash filters by a part of the name, and Esc ends the filter. For a source \
    you may mark several; [+] stands for those that come along because one above is marked, \
    and [~] for those that have a marked one below. For a destination you mark one, and may \
    type the name of a new dataset below it. The browser asks the system only for what you \
    open, and creates nothing. Use takes over what is marked; Back leaves all as it was.
    """,
    "advanced": """
    Here are all the options of a task on one screen, in sections that open and close. Use it \
    to change a task, or for a new one that the wizard cannot describe. Begin with the \
    sections General, Source and Destination; everything else has a sensible value already. An \
    option that does not apply says why, and what would make it apply. Nothing is written \
    before you press Save, and Save leads to the first field that is wrong. From here you can \
    go to the wizard; what the wizard cannot hold is listed first, and you decide. Esc asks \
    before anything you entered is lost.
    """,
    "draft": """
    You left the wizard earlier before the task was saved, and asked to keep what you had \
    entered. Here you decide what becomes of it. Take it up again puts every answer back where \
    it was; Start empty leaves the draft for later; Discard removes it for good. A draft is no \
    task: it never runs, and nothing was created by it. It is kept in a file that only you can \
    read, and passwords are not in it.
    """,
    "schedule": """
    Here you make a time of your own for a schedule. Choose under How often what comes close, \
    then change the minutes, hours, days, months and weekdays. Below the fields stands in words \
    what they mean, and when it comes next; Calendar shows the whole month. If both days of the \
    month and weekdays are given, either is enough. All times are those of the system on which \
    zferry runs. Use it takes the schedule over; Esc leaves it as it was.
    """,
    "calendar": """
    This is the month with the days on which the schedule comes, in brackets. Below it stand \
    the first of these times, so that you can see whether it means what you meant. Later and \
    Earlier turn the page. Nothing can be changed here, and nothing is run by looking. Esc \
    leads back to the fields.
    """,
  ]
}
