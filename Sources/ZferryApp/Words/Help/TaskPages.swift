extension HelpText {
  /// Help pages of the tasks and of what can be done with one.
  static let taskPages: [String: String] = [
    "tasks": """
    This is the list of your replication tasks, and where zferry begins. Each line says what \
    is copied where, how the last run ended, when the next one comes, and the lag: how old the \
    newest snapshot is that both sides hold. A small lag means that the copy can be trusted. \
    If the list is empty, press New task, and the wizard leads you through it. Enter on a task \
    opens its page, with everything that can be done to it. Looking around changes nothing; \
    each thing that would is a button, and what cannot be taken back asks first.
    """,
    "task": """
    This is the page of one task. It shows its settings in short, its last and next run, its \
    lag, and the last error if there was one. Run now starts it at once; Plan shows what a run \
    would do, and does nothing. While another process runs it, Stop the run ends that run in \
    order, and the next one goes on where it ended. Edit opens all its options. Pause keeps \
    everything from running it until you press Resume; Disable keeps it only from starting by \
    itself. History shows \
    earlier runs with their logs, Kept what each side will hold on a later day, Restore brings data back from the copy, and Export writes \
    the task to a file. Delete removes the task only: the datasets and snapshots on both sides \
    stay where they are.
    """,
    "rights": """
    This is the least that each side has to allow for this task, found out with OpenZFS itself: \
    the zfs allow or sudoers lines, and what confines the key to this one task, so that whoever \
    steals it can do nothing else. Somebody who is root on that side types or pastes them; the \
    lines that begin with # only explain. Copy puts all of it on the clipboard of your terminal, \
    Write out into a file. Prove logs in and looks which rights are there; like all on this \
    screen it changes nothing. If a right is missing, the line with [!!] names it. A user who \
    logs in as root needs none of them, but a user of its own is the safer way.
    """,
    "before": """
    This is a list of what has to be in place before a copy can work, and it checks itself. \
    Each line is one thing: the programs, the user, the way to the other system, its rights, \
    the destination, the clocks. A line that is well says so; one that is not says what is \
    wrong and how to mend it. Where a field of the wizard is the reason, Go to the field leads \
    there. Nothing is changed. Work from the top: what hangs on a line that failed is not \
    reached, and not judged. When all lines are well, go on; if you change something \
    elsewhere, Check again looks anew. The same list without a screen is zferry doctor.
    """,
    "plan": """
    This is what a run would do now, if you started it. For each dataset it tells from which \
    snapshot to which it would send, how many bytes, and whether a transfer that was cut is \
    gone on with. It also lists what would be created, and what would be destroyed or rolled \
    back; that last list is empty unless the task was told to. To make the plan both sides \
    were looked at, and nothing was changed. If a conflict is shown, open it to see both sides \
    and to choose. Run now starts just this plan.
    """,
    "conflict": """
    Here the source and the copy do not fit together, and zferry needs a decision of yours. \
    The two columns show the snapshots of both sides, the newest at the bottom; those with the \
    same GUID are the same snapshot, even if their names differ. The line between them marks \
    the newest one that both hold. Below are the choices, and each says what it would cost: \
    rolling back loses what is newer on the copy, keeping it aside loses nothing and needs \
    space, skipping leaves the dataset out, and sending everything anew takes time. Until you \
    have chosen, nothing on either side is changed. What destroys something asks for the name \
    of the dataset, so that Enter alone can never do it.
    """,
    "run": """
    Here you watch a run. The line at the top says which dataset is being sent, how much has \
    gone of how much, how fast, and how long it will take. You can leave this screen, and the \
    run goes on. Cancel stops it after a question; what has arrived is kept, and the next run \
    goes on from there, so no byte is sent twice. A broken link is tried again by itself, and \
    the reason is shown meanwhile. At the end the result stays here until you close it, with \
    what to do next if something failed.
    """,
    "commands": """
    These are the very commands that the first run will use, in their order. For each dataset \
    there is one that sends and one that receives; the stream goes from one to the other. You \
    may read them, or show them to somebody who knows ZFS. Nothing here can be changed, and \
    nothing is run by looking. Esc leads back to the review.
    """,
    "restore": """
    Here you bring data back from a copy. First choose the dataset, then the snapshot: each is \
    the state of one moment. Then say how the new dataset should be called; a name beside the \
    original is proposed. It must not exist yet, so nothing can be overwritten, and the copy \
    itself is only read. The plan shows what will be sent and created before you start. \
    Afterwards look at what came back, and take over what you need.
    """,
    "retention": """
    This shows what each dataset and its copy will hold on a day: choose how many days ahead. It \
    is reckoned from what both sides really hold at this moment, as if a run began now and all \
    went on as it is set up. Behind each number stands how many of the snapshots of today are \
    gone by then, and below which go first. An outage is a time in which no run gets through; \
    it is said whether copying can go on after it. The newest snapshot that both sides hold, the \
    base, stays whatever its age. Looking removes nothing; a run does it at its end, and \
    zferry prune by hand. If you do not like it, change the lifetime of the task or of its \
    snapshot task, and look again. More than half of a dataset's snapshots never goes at once: \
    zferry prune --yes-many accepts that. zferry prune --dry-run prints the same as this.
    """,
    "retention-snapshots": """
    These are the snapshots of one dataset and its copy, the oldest first: those of now, and \
    those that are still to be made by the day. Each line says which side holds it then, and \
    which side it leaves until then. What leaves both is lost, and is marked. The base is \
    the newest one that both sides hold: the next copy starts from it, so it stays. Looking \
    removes nothing. Esc leads back to the numbers.
    """,
    "history": """
    These are the earlier runs of a task, the newest first. Each line says when it began, how \
    long it took, how much it sent, and how it ended. Enter opens the log of a run. A run that \
    was stopped or failed has lost nothing: the next one goes on from what has arrived. Looking \
    changes nothing.
    """,
    "log": """
    This is what one run wrote down, in the order in which it happened. The end is mostly what \
    you look for, and End takes you there. Each failure has a code in brackets, which stays \
    the same from version to version, so that it can be looked up or reported. Passwords and \
    keys are never in it. Esc leads back to the history.
    """,
    "snapshot-tasks": """
    These tasks make snapshots on this system by a schedule, and remove them when their time \
    is over. A replication task that sends their snapshots waits for them. The wizard makes \
    what it needs, so mostly there is nothing to do here. Add makes one by hand, and Enter \
    opens one to change it. One that a replication task needs cannot be \
    deleted before that task is changed. Deleting one leaves its snapshots where they are.
    """,
    "snapshot-task.edit": """
    Here you set which dataset gets snapshots, when, under which names, and for how long they \
    are kept. Choose the dataset first; then a schedule, and a lifetime. The naming schema is \
    right as it is for nearly everybody. Nothing is written before you press Save. If you \
    change the schema of a task that has run, its older snapshots are no longer cleared away \
    by it.
    """,
  ]
}
