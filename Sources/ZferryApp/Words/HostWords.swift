extension Words {
  /// `vault, port 22` of `vault:22`.
  static func place(_ subject: String) -> String {
    guard let colon = subject.lastIndex(of: ":"), colon != subject.startIndex,
      subject[subject.index(after: colon)...].allSatisfy(\.isNumber)
    else { return subject.isEmpty ? "the other system" : subject }
    return "\(subject[..<colon]), port \(subject[subject.index(after: colon)...])"
  }

  /// What the local adapter calls the machine it runs on.
  static let thisHost = "this host"

  /// Why sudo does not run `zfs`.
  static let sudoWords: [String: Sentence] = [
    "sudo": { subject, detail in
      Explanation(
        "[EPERM] \(place(subject)): sudo asks for a password\(said(detail)).",
        "Let the user run zfs without one: USER ALL=(root) NOPASSWD: /usr/sbin/zfs in"
          + " /etc/sudoers.d, or switch sudo off and use zfs allow.")
    },
    "sudo.tty": { subject, detail in
      Explanation(
        "[EPERM] \(place(subject)): sudo wants a terminal\(said(detail)).",
        "Write into /etc/sudoers.d there: Defaults:USER !requiretty.")
    },
    "sudo.missing": { subject, detail in
      Explanation(
        "[ENOENT] \(place(subject)): there is no sudo\(said(detail)).",
        "Install it there, or switch sudo off in the connection and use zfs allow.")
    },
    "sudo.not_allowed": { subject, detail in
      Explanation(
        "[EPERM] \(place(subject)): sudo does not let this user run zfs\(said(detail)).",
        "Add to /etc/sudoers.d there: USER ALL=(root) NOPASSWD: /usr/sbin/zfs, with the path that"
          + " zfs has there.")
    },
    "sudo.failed": { subject, detail in
      Explanation(
        "[EPERM] \(place(subject)): zfs failed under sudo\(said(detail)).",
        "Run it there by hand and see: sudo -n zfs version.")
    },
  ]

  /// Why a host could not be reached, logged in to, or asked.
  static let hostWords: [String: Sentence] = [
    "resolve": { subject, detail in
      Explanation(
        "[ENOTFOUND] \(place(subject)): no address is known for this name\(said(detail)).",
        "Check the spelling, or use the address itself, then try again.")
    },
    "connect.refused": { subject, _ in
      Explanation(
        "[ECONNREFUSED] \(place(subject)): nothing listens there (connection refused).",
        "Start sshd there or check the port, then try again.")
    },
    "connect.unreachable": { subject, detail in
      Explanation(
        "[EHOSTUNREACH] \(place(subject)): there is no way to this host\(said(detail)).",
        "Check the network, the route and the firewall, then try again.")
    },
    "connect.timeout": { subject, _ in
      Explanation(
        "[ETIMEDOUT] \(place(subject)): no answer in time.",
        "The host may be off, or a firewall drops the packets. Check both, then try again.")
    },
    "memory": { subject, detail in
      Explanation(
        "[ENOMEM] \(place(subject)): the listing does not fit the memory that zferry may"
          + " use\(said(detail)).",
        "Nothing was changed. Raise the limit (ulimit -v, or LimitAS of the service), or make"
          + " several tasks of fewer datasets.")
    },
    "banner": { subject, detail in
      Explanation(
        "[EPROTO] \(place(subject)): something answers, but it does not speak SSH\(said(detail)).",
        "Check the port: another service may be listening there.")
    },
    "banner.timeout": { subject, _ in
      Explanation(
        "[ETIMEDOUT] \(place(subject)): the connection stands, but no SSH greeting comes.",
        "Its sshd may hang or be overloaded, or something in between holds the line. Log in there on"
          + " its console, look at sshd, and try again.")
    },
    "banner.closed": { subject, detail in
      Explanation(
        "[ECONNRESET] \(place(subject)): it hangs up before it greets\(said(detail)).",
        "It takes no more logins just now (MaxStartups), bars this address, or is starting up."
          + " Wait a minute and try again; if it stays so, look into its log.")
    },
    "handshake": { subject, detail in
      Explanation(
        "[EPROTO] \(place(subject)): both sides found no encryption in common\(said(detail)).",
        "Allow aes128-ctr and hmac-sha2-256 in the sshd_config there, and restart sshd.")
    },
    "handshake.timeout": { subject, detail in
      Explanation(
        "[ETIMEDOUT] \(place(subject)): it greets, but the key exchange does not end"
          + "\(said(detail)).",
        "Large packets may be lost on the way: compare the MTU of both systems and of a VPN in"
          + " between. Or sshd hangs: restart it.")
    },
    "handshake.closed": { subject, detail in
      Explanation(
        "[ECONNRESET] \(place(subject)): it hangs up during the key exchange\(said(detail)).",
        "Look into the log of sshd there: it says why.")
    },
    "host_key.unknown": { subject, detail in
      Explanation(
        "[EHOSTKEY] \(place(subject)): nobody has confirmed this host's key yet\(said(detail)).",
        "Set the connection up again with Generate New, and compare the fingerprint.")
    },
    "host_key.changed": { subject, detail in
      Explanation(
        "[EHOSTKEY] \(place(subject)): the host shows another key than the one that was"
          + " confirmed\(said(detail)).",
        "Nothing was sent. Someone may be in between, or the host was set up again: ask who runs"
          + " it, then make the connection anew.")
    },
    "host_key.other": { subject, detail in
      Explanation(
        "[EHOSTKEY] \(place(subject)): the host shows another key than the one you named"
          + "\(said(detail)).",
        "Nothing was sent. Read the key on the host's own console, and correct the fingerprint.")
    },
    "auth": { subject, detail in
      Explanation(
        "[EACCES] \(place(subject)): the login was refused\(said(detail)).",
        "Check the username or password, and that the key is in ~/.ssh/authorized_keys there. The"
          + " home must exist, and like .ssh and that file belong to the user, with nobody else"
          + " writing to it. The account may be locked or expired, or kept out by AllowUsers or"
          + " PermitRootLogin. The log of sshd there says which.")
    },
    "auth.method": { subject, detail in
      Explanation(
        "[EACCES] \(place(subject)): it takes no login with a key\(said(detail)).",
        "Set PubkeyAuthentication yes in the sshd_config there, also in Match blocks that apply to"
          + " this user, and restart sshd.")
    },
    "auth.timeout": { subject, detail in
      Explanation(
        "[ETIMEDOUT] \(place(subject)): no answer to the login\(said(detail)).",
        "It may be slow to look up names or users (UseDNS, LDAP, PAM). Try again, or raise Connect"
          + " Timeout.")
    },
    "auth.closed": { subject, detail in
      Explanation(
        "[EACCES] \(place(subject)): it hangs up during the login\(said(detail)).",
        "The key was refused and no further try is allowed (MaxAuthTries), or nobody may log in"
          + " now. Check the username and authorized_keys, and look into the log of sshd there.")
    },
    "key_file": { subject, detail in
      Explanation(
        "[EKEY] The key of this connection cannot be read: \(subject)\(said(detail)).",
        "Make the connection again with Generate New.")
    },
    "key_locked": { subject, detail in
      Explanation(
        "[EKEY] The key \(subject) is locked with a passphrase\(said(detail)).",
        "Unlock it on its page under SSH key pairs, load it into an ssh-agent, or run zferry in a"
          + " terminal, where it can ask.")
    },
    "auth.code": { subject, detail in
      Explanation(
        "[EACCES] \(place(subject)): the host asks for a one-time code\(said(detail)).",
        "Type the password again, with a fresh code beside it.")
    },
    "channel": { subject, detail in
      Explanation(
        "[ECHANNEL] \(place(subject)): the login works, but sshd opens no session\(said(detail)).",
        "Raise MaxSessions in the sshd_config there; 0 allows none.")
    },
    "exec": { subject, detail in
      Explanation(
        "[ECHANNEL] \(place(subject)): sshd did not start the command\(said(detail)).",
        "The key's line in authorized_keys or a Match block may forbid commands, or the user's"
          + " shell does not exist. Check both.")
    },
    "exec.no_status": { subject, detail in
      Explanation(
        "[ECONNRESET] \(place(subject)): the command ended without saying how\(said(detail)).",
        "It may have been killed, as when memory runs out: look into the system's log there"
          + " (dmesg). A forced command that ends at once looks the same.")
    },
    "connection_lost": { subject, detail in
      Explanation(
        "[ECONNRESET] \(place(subject)): the connection ended in the middle\(said(detail)).",
        "What has arrived is kept; the next run goes on from there.")
    },
    "stalled": { subject, _ in
      Explanation(
        "[ETIMEDOUT] \(place(subject)): nothing moved for too long.",
        "What has arrived is kept; the next run goes on from there. Check the link and the disks.")
    },
    "zfs.missing": { subject, _ in
      subject == thisHost
        ? Explanation(
          "[ENOENT] There is no zfs command on this host.",
          "Install OpenZFS (Debian and Ubuntu: the package zfsutils-linux), then try again. To"
            + " practise without it: zferry demo.")
        : Explanation(
          "[ENOENT] \(place(subject)): there is no zfs command.",
          "Install OpenZFS there (Debian and Ubuntu: the package zfsutils-linux), then try again.")
    },
    "packer.missing": { subject, detail in
      Explanation(
        "[ENOENT] \(place(subject)): there is no \(detail), and both sides need it for the task's"
          + " compression.",
        "Install it there (its package has the same name), or choose another compression.")
    },
    "link.tool": { subject, _ in
      Explanation(
        "[ENOENT] \(place(subject)): there is nothing that can make the connection for the data.",
        "Install nc there (Debian and Ubuntu: the package netcat-openbsd) or socat; where this side"
          + " listens bash will do. Or set Transport to SSH.")
    },
    "link.port": { subject, detail in
      Explanation(
        "[EADDRINUSE] \(place(subject)): no port could be opened for the data\(said(detail)).",
        "Check Netcat Active Side Listen Address, and make the range of ports larger.")
    },
    "link.failed": { subject, detail in
      Explanation(
        "[ECONNREFUSED] \(place(subject)): the connection for the data did not come"
          + " about\(said(detail)).",
        "Check the address and ports under Transport, and the firewalls. zferry doctor tries it;"
          + " SSH needs no such connection.")
    },
    "link.timeout": { subject, detail in
      Explanation(
        "[ETIMEDOUT] \(place(subject)): nobody with the right token came to the connection for the"
          + " data in time\(said(detail)).",
        "Check the address and ports under Transport, and the firewalls: the side that does not"
          + " listen has to reach the other. zferry doctor tries it.")
    },
    "shell": { subject, detail in
      Explanation(
        "[ESHELL] \(place(subject)): something else runs in place of the command\(said(detail)).",
        "Look for a forced command (ForceCommand in sshd_config, command= in authorized_keys), and"
          + " at the user's shell; a plain one is set with: usermod -s /bin/sh USER.")
    },
    "shell.nologin": { subject, detail in
      Explanation(
        "[ESHELL] \(place(subject)): the user has no login shell\(said(detail)).",
        "Give the user one there: usermod -s /bin/sh USER.")
    },
    "install.home_unusable": { subject, detail in
      Explanation(
        "[ENOTDIR] \(place(subject)): the user's home directory is none a key can be kept in"
          + "\(said(detail)).",
        "Give the user a home there, as with: usermod -d /home/USER -m USER, then try again.")
    },
    "install.home_missing": { subject, detail in
      Explanation(
        "[ENOENT] \(place(subject)): the user's home directory does not exist\(said(detail)).",
        "Make it there, owned by the user, then try again.")
    },
    "install.home_not_writable": { subject, detail in
      Explanation(
        "[EACCES] \(place(subject)): the user may not write to the home directory"
          + "\(said(detail)).",
        "Correct its owner and mode there, then try again.")
    },
    "system": { subject, detail in
      Explanation(
        "[EIO] \(subject.isEmpty ? "A program" : subject) could not be run\(said(detail)).",
        "See what the system says, mend it, and try again.")
    },
    "cancelled": { _, _ in
      Explanation("It was stopped by you.", "What has arrived is kept; run it again to go on.")
    },
  ]
}
