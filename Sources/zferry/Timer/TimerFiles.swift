internal import ReplicationModel

/// The files that call `zferry tick` once a minute, as texts.
struct TimerFiles {
  /// What calls it.
  enum Kind: String {
    case systemd, systemdUser, cron
  }
  struct File {
    var path: String
    var text: String
  }
  let kind: Kind
  /// The folder of the files.
  let folder: String
  /// The program and its arguments.
  let command: [String]
  let searchPath: String

  /// The first words of each file that is ours.
  static let mark = "# Written by zferry timer install;"

  private var head: String { "\(Self.mark) zferry timer remove takes it away.\n" }

  var files: [File] {
    switch kind {
    case .cron: [File(path: "\(folder)/zferry", text: cron)]
    case .systemd, .systemdUser:
      [
        File(path: "\(folder)/zferry.service", text: service),
        File(path: "\(folder)/zferry.timer", text: timer),
      ]
    }
  }

  /// What makes systemd take them up, or let them go.
  func commands(installing: Bool) -> [[String]] {
    let systemctl = ["systemctl"] + (kind == .systemdUser ? ["--user"] : [])
    switch kind {
    case .cron: return []
    case .systemd, .systemdUser:
      return installing
        ? [systemctl + ["daemon-reload"], systemctl + ["enable", "--now", "zferry.timer"]]
        : [systemctl + ["disable", "--now", "zferry.timer"]]
    }
  }

  private var timer: String {
    head + """
      [Unit]
      Description=Calls zferry once a minute
      Documentation=man:zferry(8)

      [Timer]
      OnCalendar=minutely
      AccuracySec=1s

      [Install]
      WantedBy=timers.target

      """
  }

  /// Nothing here gives the service mounts of its own: filesystems that are unmounted or destroyed
  /// elsewhere would stay busy in it, and what is mounted here would be seen by nobody. Nor are devices
  /// shut off: `zfs` works through /dev/zfs.
  private var service: String {
    head + """
      [Unit]
      Description=zferry: takes the snapshots and runs the tasks that are due
      Documentation=man:zferry(8)
      \(kind == .systemd ? "After=zfs.target network-online.target\nWants=network-online.target\n" : "")
      [Service]
      Type=exec
      ExecStart=\(command.map(Self.unitWord).joined(separator: " "))
      Environment=\(Self.unitWord("PATH=\(searchPath)"))
      # The runs are ended in order, so that they go on where they were.
      KillMode=mixed
      TimeoutStopSec=90
      UMask=0077
      LockPersonality=yes
      RestrictRealtime=yes
      RestrictNamespaces=yes
      RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
      SystemCallArchitectures=native
      \(kind == .systemd ? Self.rootOnly : "")
      """
  }

  /// A user's own systemd cannot take away what that user does not have, and sendmail may need its group.
  private static let rootOnly = """
    NoNewPrivileges=yes
    RestrictSUIDSGID=yes
    CapabilityBoundingSet=~CAP_SYS_BOOT CAP_SYS_PTRACE CAP_SYS_TIME CAP_AUDIT_CONTROL

    """

  private var cron: String {
    let line = command.map(Command.quoted).joined(separator: " ")
    return head + """
      SHELL=/bin/sh
      PATH=\(searchPath)
      * * * * * root \(line.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "\\%")) 2>&1 | logger -t zferry

      """
  }

  /// A word of a unit's line: systemd takes `%` and `$` as its own, and quotes as C does.
  static func unitWord(_ text: String) -> String {
    var word = ""
    for character in text {
      switch character {
      case "%": word += "%%"
      case "$": word += "$$"
      case "\\": word += "\\\\"
      case "\"": word += "\\\""
      default: word.append(character)
      }
    }
    return "\"\(word)\""
  }
}
