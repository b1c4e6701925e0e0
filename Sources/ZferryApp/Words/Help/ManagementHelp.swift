extension HelpText {
  /// Fields that only the screens of management have.
  static let management: [String: String] = [
    "entry.text": """
    The one thing that is asked for here. For a new key pair it is a name, by which connections \
    refer to it; for an import the file of the private key, and the pair gets that file's name; \
    to unlock a pair its passphrase, which is kept in memory only. For something that is written out it is a file: a name alone stands for a file \
    in the folder where zferry was started, and one that begins with a slash for a whole path. \
    A file that is there already is never replaced without asking.
    """,
    "settings.drawing": """
    How the screens are drawn on this kind of terminal. Rich has lines, boxes and colours. \
    Basic has letters only, and is best on a slow line, on an old terminal, or with a braille \
    display. Automatic takes what is right for the line and the terminal, each time anew. What \
    you choose here, or with Ctrl-T, is kept for terminals of this kind.
    """,
    "retention.day": """
    How many days ahead you want to look. Today shows what a run that begins now would leave; a \
    later day counts all the runs and snapshots that are set up until then. Other lets you type \
    a number of your own. Nothing is removed by looking.
    """,
    "retention.days": """
    The number of days from today, where none of those offered is right. It is a whole number \
    from 0 to 3650, which is ten years. While you type, the numbers below are reckoned anew; a \
    day that is far ahead can take a while.
    """,
    "retention.outage": """
    How many days you want to be without the other system and still go on. Below the list stands \
    for the dataset under the cursor whether a copy can go on from the base after that time. If \
    the base does not live that long, keep snapshots longer on the source. The usual number is \
    7; think of a holiday, or of a pool that has to be bought anew.
    """,
    "import.form": """
    The program whose work zferry is to take over. With the first answer the text of the file \
    tells by itself, and it nearly always can. TrueNAS is read from what midclt call \
    replication.query prints, and syncoid from the lines that call it, as they stand in a crontab.
    """,
    "import.path": """
    The file that the other program was set up with: /etc/sanoid/sanoid.conf, \
    /etc/zrepl/zrepl.yml, or the crontab that calls syncoid or zfs-autobackup. What zfs list -H \
    -t all -o name printed on some system can be read in its place. It may be empty where \
    this system's zfs is asked.
    """,
    "import.asks": """
    With this zferry asks zfs on this system for the names of all snapshots and bookmarks, and for \
    the properties that somebody set. sanoid's and zrepl's snapshots tell how often they were \
    taken and how long they are kept; zfs-autobackup's properties tell which datasets it takes. \
    What is read off in this way is a guess, and is said to be one.
    """,
    "import.target": """
    A sending job of zrepl does not know where its copies are: only the sink on the other side \
    does. It is that sink's root_fs, a slash, and the name that the sender has there, as \
    backup/zrepl/web. The copies below it go on as they are, and nothing is sent anew.
    """,
    "import.connection": """
    Addresses and keys are not carried over. Make a connection first, and type its name here: \
    all tasks to another system use it then. Where this is empty each task keeps the name that \
    it has in the file, and a connection of that name has to be there.
    """,
    "settings.asks": """
    How much the wizard asks. Everything shows each field with its usual value, so that you \
    can change it on the way. Only what is needed leaves out the fields whose usual value is \
    right for most, and the review lists them. Either way the task is the same, if you change \
    none of them.
    """,
  ]

  /// Help pages of the screens that look after what is set up.
  static let managementPages: [String: String] = [
    "ssh-connections": """
    These are the other systems that zferry knows, and how it reaches each of them. Enter opens \
    one, to see or change it. Generate New sets one up step by step, with a key pair of its \
    own; Add by hand is for a key that is in place there already. Test logs in and tells what \
    works and what is missing, and changes nothing there. One that a task uses, enabled or not, \
    cannot be deleted before that task has another.
    """,
    "task-import": """
    Here tasks are made of what another program left: TrueNAS, zettarepl, syncoid, sanoid, zrepl or \
    zfs-autobackup. Name its file, and press Look. The next screen shows what would be made, and \
    line by line what is not carried over and why. Nothing is saved before you have seen that. \
    Snapshots and copies that are there already are used as they are. zferry task import does \
    the same on the command line.
    """,
    "import-preview": """
    These are the tasks that would be made. A line marked [!!] keeps all of them from being saved: go \
    back, mend it in the file or name what is missing, and look again. A line marked [!] says \
    what is left out, or is done in another way than it was. Save asks once more. \
    Until the other program's own timer is off, both take and remove the same snapshots.
    """,
    "outlived": """
    These snapshots have outlived the lifetime that the snapshot task of their name gives them: \
    this one, or another of the same datasets. Only datasets count \
    that no replication task copies or writes to, for such a task prunes them itself. What is held, \
    has a clone, or is the newest of its schema stays. Let go destroys those marked [!!], \
    after you have typed the task's name, and only what a second look finds as well. Where more \
    than half of a dataset's would be lost at once, none goes unless you take those too.
    """,
    "entry": """
    Here one thing is asked for: the name of a new key pair, or the file that something is \
    written to. Type it, then press the button beside Back. Where a file of that name is there \
    already, you are asked before it is replaced. What is written can be read by its owner \
    only. Esc leaves everything as it is.
    """,
  ]
}
