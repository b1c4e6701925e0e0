extension HelpText {
  /// The sections of the advanced screen.
  static let sections: [String: String] = [
    "section.general": """
    What the task is called, which way the snapshots go, and how often a run tries. Enter, \
    Space or Right opens the section, Left closes it. Closed, its line says what is set in it. \
    The direction and the transport decide what else applies further down.
    """,
    "section.transport": """
    How the data travels to the other system: the SSH connection, and what is done with the \
    stream on its way. A task that stays on this system needs none of it. An option that does \
    not apply stays in sight and says why.
    """,
    "section.source": """
    The datasets that are copied, what is left out below them, and which of their properties \
    go along. Recursive decides whether anything below a source is copied at all. The list of \
    what is left out only counts together with it.
    """,
    "section.snapshots": """
    Which snapshots are sent. Snapshot tasks of this system make them and name them; a naming \
    schema or an expression selects snapshots that others made. A task needs at least one of \
    these, or nothing would ever be sent.
    """,
    "section.destination": """
    The dataset that receives the copies, and how it is protected. SET makes it read-only after \
    each run, so that nobody changes the copy by accident. Nothing that is there already is \
    destroyed, unless you say so here.
    """,
    "section.retention": """
    How long copies are kept on the destination. Same as Source follows the source, Never \
    Delete keeps all of them, and Custom counts from each snapshot's own time. The newest \
    snapshot that both sides hold always stays.
    """,
    "section.schedule": """
    When the task runs by itself. A task that is bound to snapshot tasks runs each time one of \
    them has finished, and needs no schedule of its own. A pull, or a push that selects by name, \
    needs one. Without Run Automatically it runs only when you start it.
    """,
    "section.notify": """
    Who is told how the task fares: by mail, by a program of yours, or by asking for a web \
    address after each run. Mail and program hear of what is marked here; the address hears of \
    every run. Whatever goes wrong with it changes no run.
    """,
  ]

  /// Help pages of the screens around the advanced one.
  static let advancedPages: [String: String] = [
    "advanced-plan": """
    This is what a run of the task would do now, if it were saved as it stands. For each \
    dataset it says from where to where, how many snapshots, and how many bytes. It also lists \
    what would be created, and what would be destroyed; that last list is empty unless you said \
    so. Both sides were looked at for it, and nothing was changed. Enter on a line leads to the \
    option it follows from. Save keeps the task; Save and run starts it at once.
    """,
    "choose-snapshot-tasks": """
    These are the snapshot tasks of this system. Space or Enter marks one, and marks it no more. \
    Those that concern a source of the task stand first; a task that snapshots other datasets \
    brings nothing to send. Whenever a marked one has finished, the replication task runs and \
    sends what is new. Marking changes nothing yet: it counts when you save.
    """,
  ]
}
