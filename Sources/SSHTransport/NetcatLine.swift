internal import ReplicationModel

/// What is asked of the other side's shell, so that a command's stream takes a TCP connection of its own.
///
/// The first line of standard input has all that differs from one stream to the next: a token, a name
/// for a folder, the address and the port; no list of arguments ever has the token. The connection is
/// made by what is there, and its first line is the token. Only when a second line says `go`, which
/// comes through SSH and after this side has seen the token arrive, does the command get to the
/// connection: whoever else is at its other end is never heard, and never sent anything.
///
/// Standard input stays open as long as the stream: where it ends, because a run was cancelled or its
/// host is gone, the connection is ended too, and with it the command.
enum NetcatLine {
  /// The line on standard error where nothing is there that makes a connection.
  static let noTool = "zferry-link:none\n"
  /// What the command is to begin with.
  static let go = "go\n"
  /// Stands for an address that nobody chose.
  static let noAddress = "-"
  /// Without one of these nothing can be done.
  static let tools = ["bash", "socat", "nc", "ncat"]

  /// What stands around the tool and its words.
  static func pipe(_ link: Command.Link) -> RemoteLine.Pipe {
    let listens = link.netcat.listener == .remote
    let isSending = link.place == .after
    let before =
      " s=1; \(pick(listens: listens)); [ -n \"$n\" ] || { echo \(noTool.dropLast()) >&2; \(leave); }; "
      + "exec 3<&0; read -r k f h p <&3; \(address(listens: listens)); "
      + "d=/tmp/zferry-$f; (umask 077; mkdir \"$d\" && mkfifo \"$d/0\") || { \(leave); }; "
      + "\(connector(listens: listens, isSending: isSending)); "
      + (isSending ? sending : receiving)
      + "g=; read -r g <&3; rm -rf \"$d\"; [ \"$g\" = go ] || { kill $q; \(leave); }; "
      + "{ while read -r g <&3; do :; done; kill $q; } 5<&- >/dev/null 2>&1 & w=$!;"
    let after =
      isSending
      ? " >&5 3<&- 5>&-; s=$?; exec 5>&-; wait $q; { kill $w; wait; } 2>/dev/null; }; "
      : " <&5 3<&- 5<&-; s=$?; exec 5<&-; { kill $w $q; wait; } 2>/dev/null; }; "
    return RemoteLine.Pipe(before: before, after: after + RemoteLine.told("$s"))
  }

  /// Says what would make the connection, for a doctor; nothing where nothing can.
  static func question(listens: Bool) -> String { "\(pick(listens: listens)); echo \"link=$n\"" }

  private static let leave = RemoteLine.told("1")

  /// Finds what makes a connection: its name in `n`, what has it end with its input in `o`, and in `m`
  /// whether the port it listens on is an option. A bash may be built without connections, and says so;
  /// none of them listens.
  private static func pick(listens: Bool) -> String {
    "n=; o=; m=; c() { command -v \"$1\" >/dev/null; }; "
      + (listens
        ? ""
        : "case \"$(c bash && bash --norc -c ': </dev/tcp/127.0.0.1/0' 2>&1)\" in "
          + "*refused*|*assign*) n=bash;; esac; ")
      + "[ -n \"$n\" ] || ! c socat || n=socat; "
      + "for x in nc ncat; do [ -n \"$n\" ] || ! c $x || case \"$($x -h 2>&1 </dev/null)\" in "
      + "*Ncat*) n=$x; o=--send-only;; *BusyBox*) n=$x; m=p;; "
      + "*hutdown*EOF*) n=$x; o=-N;; *-q*EOF*) n=$x; o='-q 0'; m=p;; esac; done"
  }

  /// The address as each tool wants it: `b` for socat.
  private static func address(listens: Bool) -> String {
    let own =
      listens
      ? "[ \"$h\" != \(noAddress) ] || h="
      : "[ \"$h\" != \(noAddress) ] || h=${SSH_CLIENT:-${SSH_CONNECTION:-}}; h=${h%% *}; "
        + "[ -n \"$h\" ] || { echo zferry: SSH tells no address of the host that connects >&2; "
        + "\(leave); }"
    return own + "; case $h in *:*) b=\"[$h]\";; *) b=$h;; esac"
  }

  /// The function that becomes the program between the connection and standard input and output. One
  /// that sends ends with its input, one that receives with the connection.
  private static func connector(listens: Bool, isSending: Bool) -> String {
    let toEnd = isSending ? " $o" : ""
    let socat = isSending ? "exec socat -u - " : "exec socat -t 9999999 - "
    let choices: String
    if listens {
      choices =
        "socat) \(socat)\"TCP-LISTEN:$p,reuseaddr${b:+,bind=$b}\";; "
        + "*) if [ -n \"$m\" ]; then exec $n -l\(toEnd) -p \"$p\" ${h:+-s \"$h\"}; "
        + "else exec $n -l\(toEnd) ${h:+\"$h\"} \"$p\"; fi;;"
    } else {
      let bash =
        isSending
        ? "exec cat >\"/dev/tcp/$1/$2\""
        : "exec 5<>\"/dev/tcp/$1/$2\" && read -r k && echo \"$k\" >&5 && exec cat <&5"
      choices =
        "bash) exec bash --norc -c '\(bash)' bash \"$h\" \"$p\";; "
        + "socat) \(socat)\"TCP:$b:$p\";; *) exec $n\(toEnd) \"$h\" \"$p\";;"
    }
    return "l() { case $n in \(choices) esac; }"
  }

  /// Runs the connector beside the shell. Where it fails before the command has begun, it ends the
  /// shell, so that nobody waits in vain; what it said tells why. `$!` names the connector from the moment it
  /// is there: a variable of ours would be set a moment later, and who is told to end in between forgets it.
  private static func beside(_ connector: String) -> String {
    "{ exec 3<&-; trap 'kill $! 2>/dev/null; exit' TERM; \(connector) & "
      + "wait $! || { [ -d \"$d\" ] && { rm -rf \"$d\"; kill $$; }; }; } & q=$!; "
  }

  private static let receiving = beside("echo \"$k\" | l >\"$d/0\"") + "exec 5<\"$d/0\"; "
  private static let sending =
    beside("l <\"$d/0\" >/dev/null") + "exec 5>\"$d/0\"; (echo \"$k\") >&5; "
}
