import ReplicationModel

extension HelpText {
  /// How the data travel.
  static let taskTransport: [TaskField: String] = [
    .transport: """
    How the data get from one side to the other. SSH sends all through one encrypted login, \
    and is right nearly always. LOCAL copies between pools of this system, and needs no \
    connection. SSH+NETCAT logs in by SSH but sends the data unencrypted through a port of \
    their own: faster on slow processors, and only for a network on which nobody can listen or \
    meddle. A token, sent through SSH, lets in nobody else; ZFS checks the stream by its own \
    checksums, and zferry each snapshot that arrives by its GUID. \
    Unless you choose otherwise it is SSH.
    """,
    .connection: """
    A connection remembers how another system is reached: its address, the user, the key pair \
    to log in with, and the host key that proves that it is the right machine. Many tasks can \
    share one. Enter opens the list, and Generate New there sets one up step by step. A copy \
    within this system needs none. Example: vault, which is replica at vault.lan.
    """,
    .sudo: """
    Runs zfs through sudo on the other system, for a user who is not root. sudo there has to \
    allow zfs without a password, because nobody is there to type it. Without it, the user \
    needs the rights from zfs allow. For root, leave it off. If neither is in place the run \
    stops with a message about the missing right, and nothing is changed.
    """,
    .netcatActiveSide: """
    With SSH+NETCAT, the side that opens a port and waits for the data: LOCAL is this system, \
    REMOTE the other. Choose the side that the other one can reach; a firewall mostly decides. \
    LOCAL goes on waiting where a stranger comes first; REMOTE then takes another port. The \
    other system needs nc, socat or ncat; with LOCAL bash will do. Example: REMOTE, when this \
    system is behind a router that lets nobody in.
    """,
    .netcatActiveSideListenAddress: """
    The address on which the listening side waits for the data. Give one where the host has \
    several networks and the data should come over a certain one. Left empty, it waits on all \
    of them. Example: 10.0.5.2, the address in the storage network.
    """,
    .netcatActiveSidePortMin: """
    The lowest port that the listening side may open; it takes a free one of the range, any. \
    Give a range where a firewall lets only some ports through. It is a number from 1 to \
    65535. Left empty, it begins at 1024; with neither end any free port will do. Example: 50000, with 50100 as the highest.
    """,
    .netcatActiveSidePortMax: """
    The highest port that the listening side may open. It cannot be below the lowest one. Two \
    runs at the same time need two ports, so leave some room between them. Left empty, it is \
    65535. Example: 50100, with 50000 as the lowest.
    """,
    .netcatPassiveSideConnectAddress: """
    The address that the other side dials to bring the data. Give it where the host is reached \
    under another address than the one of the SSH connection, as behind a router. Left empty, \
    the address is taken from the SSH connection. Example: 203.0.113.9, the outer address of \
    the router.
    """,
    .compression: """
    Packs the stream while it travels, and unpacks it at the other end. It helps on slow links \
    with data that pack well, such as texts and databases; photos and films do not get \
    smaller. LZ4 is the fastest, PIGZ stands in the middle, PLZIP packs best and takes \
    longest, and ZSTD does well at both. ADAPTIVE measures the link and lz4 and zstd before a \
    large run and takes what is fastest, or none. Both hosts need the tool. Left empty, nothing is packed, though blocks that are compressed on disk \
    still travel that way.
    """,
    .speedLimit: """
    The most bytes a second that a run may send. Set it where others need the line too, for \
    example a tenth of an office's upload by day. A number without a unit counts in MiB; 500 \
    KiB, 20M and 2 GB are understood. Left empty, a run takes what the line gives. It works \
    over SSH only.
    """,
    .bandwidth: """
    Other limits for parts of the day, for a line that others need at certain hours. Each is two \
    times and a limit with a unit, or none for as fast as it goes; a semicolon stands between them, \
    and the first one that covers the time counts. At any other time, and with nothing here, Limit \
    counts. A window may go over midnight, and a run that goes on takes over the next one by \
    itself; zferry limit changes one run by hand. Example: 08:00-18:00 10M; 22:00-06:00 none.
    """,
    .parallel: """
    How many datasets are sent at the same time, from 1 to 16. The usual number is 2: while one \
    copy is written out and checked, the next one's data travel. More are faster for many small \
    datasets, on a line with long round trips and on pools of SSDs, where 4 or 8 are good. A pool \
    of spinning disks gets slower by them, as its heads go to and fro between the streams: choose \
    1 there if 2 is too much. What stands above goes before what stands below it, and a clone \
    after its origin. The limit counts for all of them together.
    """,
    .streams: """
    Over how many SSH connections one large stream goes, from 1 to 8. A single connection lets \
    little be under way, so that it cannot fill a fast line with long round trips. Left empty, \
    what settings.yaml says counts, or else as many as the measured line needs, shared out among \
    the datasets that are sent at the same time. 1 keeps each stream in one piece. A stream that \
    is packed, or smaller than 64 MiB, always goes over one.
    """,
    .largeBlock: """
    Lets blocks above 128 KiB travel as they are. It is on unless you change it, and right for \
    datasets with a large record size, such as films and backups. Switched off, large blocks \
    are cut up, and the copy is stored less well than the source. Once a copy was begun with \
    it, leave it on, because the two forms do not mix. Only a very old receiver cannot read \
    them.
    """,
    .compressed: """
    Sends blocks in the compressed form in which they lie on disk. This saves processor time \
    on both sides and bytes on the line, and is on unless you change it. Switched off, they \
    are unpacked before they are sent, and packed again by the rules of the destination. Do \
    that where the copy should use a better compression than the source. Example: off, with \
    compression=zstd in Properties Override.
    """,
    .embed: """
    Lets very small blocks travel inside their pointers, as ZFS may keep them on disk. It \
    makes streams of many tiny files a little smaller. The pool of the destination needs the \
    feature embedded_data, which every pool of recent years has. Left off, which is usual, \
    they travel as common blocks, and nothing is lost.
    """,
  ]
}
