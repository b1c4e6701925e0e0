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
    "banner": { subject, detail in
      Explanation(
        "[EPROTO] \(place(subject)): something answers, but it does not speak SSH\(said(detail)).",
        "Check the port: another service may be listening there.")
    },
    "handshake": { subject, detail in
      Explanation(
        "[EPROTO] \(place(subject)): both sides found no encryption in common\(said(detail)).",
        "Allow aes128-ctr and hmac-sha2-256 in the sshd_config there, and restart sshd.")
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
        "Check the username and the password, and that sshd there allows this kind of login.")
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
        "[ECHANNEL] \(place(subject)): sshd did not start the command\(said(detail)).",
        "It may limit sessions (MaxSessions), or the user has no shell. Check both.")
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
    "shell": { subject, detail in
      Explanation(
        "[ESHELL] \(place(subject)): the user's login shell does not run what it is given"
          + "\(said(detail)).",
        "Give the user a shell there, as with: usermod -s /bin/sh USER. A forced command in"
          + " authorized_keys has the same effect.")
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
    "sudo": { subject, detail in
      Explanation(
        "[EPERM] \(place(subject)): sudo asks for a password, or is not there\(said(detail)).",
        "Let the user run zfs without one: USER ALL=(root) NOPASSWD: /usr/sbin/zfs in"
          + " /etc/sudoers.d, or switch sudo off and use zfs allow.")
    },
    "cancelled": { _, _ in
      Explanation("It was stopped by you.", "What has arrived is kept; run it again to go on.")
    },
  ]
}
